//! `huiqi audit verify`: recomputes the chain of the audit log.

use std::process::ExitCode;

use huiqi_store::audit::{self, Bad};

use crate::Problem;
use crate::cli::Audit;
use crate::config::Config;
use crate::folder::{self, Tables};
use crate::problem::EXIT_NO;

pub(super) async fn run(config: &Config, command: Audit) -> Result<ExitCode, Problem> {
    let Audit::Verify { head } = command;
    let head = head.as_deref().map(parse_head).transpose()?;
    let db = folder::database(config, Tables::Expect).await?;
    let verdict = audit::verify(&db, head.as_ref().map(|(seq, hash)| (*seq, hash.as_str()))).await;
    db.close().await;
    let verdict = verdict?;
    crate::say(format!("entries in order: {}", verdict.good));
    if let Some((seq, hash)) = &verdict.head {
        crate::say(format!("head: {seq}:{hash}"));
    }
    crate::say(format!("not sealed yet: {}", verdict.open));
    let Some(bad) = verdict.bad else {
        crate::say("the chain is whole");
        return Ok(ExitCode::SUCCESS);
    };
    match bad {
        Bad::Altered { seq, id } => {
            crate::say(format!("entry {seq} (row {id}) is not what was sealed: it was edited, inserted or moved"));
        }
        Bad::Missing { seq } => crate::say(format!("entry {seq} is missing")),
        Bad::Head { seq } => {
            crate::say(format!(
                "the head noted at entry {seq} is not in this chain: its end was cut off, or it was written anew"
            ));
        }
    }
    Ok(ExitCode::from(EXIT_NO))
}

fn parse_head(text: &str) -> Result<(i64, String), Problem> {
    text.split_once(':')
        .and_then(|(seq, hash)| Some((seq.parse::<i64>().ok().filter(|seq| *seq > 0)?, hash.to_ascii_lowercase())))
        .filter(|(_, hash)| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
        .ok_or_else(|| Problem::setup(format!("--head: {text:?} is not SEQ:HASH as `huiqi audit verify` prints it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_a_place_and_a_hash() {
        let hash = "A1".repeat(32);
        assert_eq!(parse_head(&format!("12:{hash}")).unwrap(), (12, hash.to_lowercase()));
        for wrong in ["", "12", ":x", "0:aa", "12:zz", "-1:aa"] {
            assert!(parse_head(wrong).is_err(), "{wrong}");
        }
    }
}
