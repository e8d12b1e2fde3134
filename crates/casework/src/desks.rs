//! Which desk stands above an organisation: nobody checks himself.

use huiqi_identity::organisations::capacities_in;
use huiqi_kernel::people::Capacity;
use huiqi_store::{Fault, Work};

use crate::record::Desk;

fn over(capacities: &[Capacity]) -> Desk {
    let is = |c: Capacity| capacities.contains(&c);
    if is(Capacity::Bureau) || is(Capacity::Centre) {
        Desk::Bureau
    } else if is(Capacity::Operator) {
        Desk::Centre
    } else {
        Desk::Operator
    }
}

/// The desk one level above an organisation. Above the bureau there is nobody: it is its own.
///
/// # Errors
/// When the database fails.
pub async fn over_in(work: &Work, organisation: i64) -> Result<Desk, Fault> {
    Ok(over(&capacities_in(work, organisation).await?))
}

/// The desk that judges what an organisation did: one level above it, and not below `least`. Nobody judges the bureau.
///
/// # Errors
/// When the database fails.
pub async fn judging_in(work: &Work, organisation: i64, least: Desk) -> Result<Option<Desk>, Fault> {
    let capacities = capacities_in(work, organisation).await?;
    Ok((!capacities.contains(&Capacity::Bureau)).then(|| over(&capacities).or_above(least)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_stands_above_himself() {
        assert_eq!(over(&[]), Desk::Operator);
        assert_eq!(over(&[Capacity::Provider, Capacity::Operator]), Desk::Centre);
        assert_eq!(over(&[Capacity::Operator, Capacity::Centre]), Desk::Bureau);
        assert_eq!(over(&[Capacity::Bureau]), Desk::Bureau);
    }
}
