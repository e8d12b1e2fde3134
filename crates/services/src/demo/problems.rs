//! Common problems of the last morning: one just gathered, one proposed, one adopted.

use chrono::Days;
use huiqi_kernel::category::Category;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};

use super::cast::Players;
use super::city::plainly;
use crate::problems::actions::{self, Draft, Input};
use crate::problems::flow::Action;
use crate::problems::queries;

/// How many are made.
const PROBLEMS: usize = 3;
/// Days until an adopted proposal is carried out.
const CARRIED_OUT: u64 = 45;

#[derive(FromQueryResult)]
struct Given {
    answer: String,
}

/// Gathers the largest groups of requests that say the same.
///
/// # Errors
/// When a step is refused, or the database fails.
pub(super) async fn gather(ctx: &Ctx, players: &Players) -> Result<(), Fault> {
    let (Some(dispatcher), Some(officer)) = (players.dispatchers.first(), players.bureau.first()) else {
        return Ok(());
    };
    let groups = queries::groups_of(ctx, dispatcher, 2).await?;
    for (n, group) in groups.iter().take(PROBLEMS).enumerate() {
        let marks = vec!["?"; group.numbers.len()].join(", ");
        let text = format!(
            "SELECT r.answer FROM request r JOIN case_record c ON c.id = r.case_id
             WHERE c.number IN ({marks}) AND r.answer IS NOT NULL ORDER BY c.id DESC LIMIT 1"
        );
        let given: Option<Given> = ctx::one(ctx, &text, group.numbers.iter().map(|n| Value::from(n.clone()))).await?;
        let draft = Draft {
            title: plainly(&group.title).to_owned(),
            description: format!("近两个月里，{} 家企业问到同样的事：“{}”。", group.firms, plainly(&group.title)),
            category: Category::by_code(&group.category),
            numbers: group.numbers.clone(),
        };
        let problem = actions::open(ctx, dispatcher, &draft).await?;
        let Some(given) = given.filter(|_| n > 0) else { continue };
        let step = |action: Action, words: String| Input {
            words,
            day: (action == Action::Adopt).then(|| ctx.today() + Days::new(CARRIED_OUT)),
            ..Input::default()
        };
        let answer = step(Action::Answer, given.answer);
        actions::take(ctx, dispatcher, &problem.number, Action::Answer, &answer).await?;
        let words = "这类事由枢纽统一整理一份说明，请市工信局会同有关部门确认口径，放到门户上，企业不用一家一家来问。";
        let proposal = step(Action::Propose, words.to_owned());
        actions::take(ctx, dispatcher, &problem.number, Action::Propose, &proposal).await?;
        if n + 1 == PROBLEMS {
            let adopted = step(Action::Adopt, "同意。说明由我局会同有关部门定稿，在门户公布。".to_owned());
            actions::take(ctx, officer, &problem.number, Action::Adopt, &adopted).await?;
        }
    }
    Ok(())
}
