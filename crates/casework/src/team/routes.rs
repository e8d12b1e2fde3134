//! URLs of teams, then their handlers in this order.

use axum::extract::RawQuery;
use huiqi_kernel::people::HANDLERS;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::{Answer, Form, Route, Visit};

use super::actions::{self, Away};
use super::{MANAGERS, Mode, pages};
use crate::t;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/team", show).roles(HANDLERS).under(art(11)).named(|l| t(l).team_title()),
        Route::post("/team/mode", mode).roles(MANAGERS).under(art(11)),
        Route::post("/team/absences", go_away).roles(HANDLERS).under(art(11)),
        Route::post("/team/absences/end", come_back).roles(HANDLERS).under(art(11)),
        Route::post("/team/hand-over", hand_over).roles(MANAGERS).under(art(11)),
        Route::get("/team/give", choose).roles(MANAGERS).under(art(11)).named(|l| t(l).team_give_title()),
        Route::post("/team/give", give).roles(MANAGERS).under(art(11)),
    ]
}

/// Most matters given together.
const MOST: usize = 60;

async fn show(visit: Visit) -> Answer {
    pages::show(&visit, &Form::default()).await
}

async fn mode(visit: Visit, form: Form) -> Answer {
    let Some(mode) = Mode::from_code(form.value("mode")) else { return visit.to("/team").now() };
    actions::set_mode(visit.ctx(), visit.viewer(), mode).await?;
    let m = t(visit.locale());
    let words = match mode {
        Mode::Shared => m.team_mode_done_shared(),
        Mode::Given => m.team_mode_done_given(),
    };
    visit.to("/team").good(words).now()
}

/// The page again with what was typed, where a value did not fit.
async fn wrong(visit: &Visit, mut form: Form, fault: Fault) -> Answer {
    match fault {
        Fault::Invalid { field, message } => {
            form.fail_with(field, message);
            pages::show(visit, &form).await
        }
        fault => Err(fault.into()),
    }
}

async fn go_away(visit: Visit, mut form: Form) -> Answer {
    let away = Away {
        person: form.value("person").to_owned(),
        deputy: form.value("deputy").to_owned(),
        from: form.value("from").parse().ok(),
        to: form.value("to").parse().ok(),
    };
    // Everything that is missing is said at once; what does not fit with what is stored, afterwards.
    let today = visit.ctx().today();
    if away.from.is_none_or(|day| day < today) {
        form.fail("from", |l| t(l).team_wrong_from());
    }
    if away.to.is_none_or(|day| day < away.from.unwrap_or(today)) {
        form.fail("to", |l| t(l).team_wrong_to());
    }
    if away.deputy.is_empty() {
        form.fail("deputy", |l| t(l).team_deputy_missing());
    }
    if !form.ok() {
        return pages::show(&visit, &form).await;
    }
    match actions::go_away(visit.ctx(), visit.viewer(), &away).await {
        Ok(()) => visit.to("/team").good(t(visit.locale()).team_absence_done()).now(),
        Err(fault) => wrong(&visit, form, fault).await,
    }
}

async fn come_back(visit: Visit, form: Form) -> Answer {
    actions::come_back(visit.ctx(), visit.viewer(), form.value("person"), form.value("from")).await?;
    visit.to("/team").good(t(visit.locale()).team_back_done()).now()
}

async fn hand_over(visit: Visit, mut form: Form) -> Answer {
    if form.value("holder").is_empty() {
        form.fail("holder", |l| t(l).team_holder_missing());
    }
    if form.value("receiver").is_empty() {
        form.fail("receiver", |l| t(l).team_receiver_missing());
    }
    if !form.ok() {
        return pages::show(&visit, &form).await;
    }
    match actions::hand_over(visit.ctx(), visit.viewer(), form.value("holder"), form.value("receiver")).await {
        Ok(n) => visit.to("/team").good(t(visit.locale()).team_hand_over_done(n)).now(),
        Err(fault) => wrong(&visit, form, fault).await,
    }
}

async fn choose(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    pages::choose(&visit, &form).await
}

async fn give(visit: Visit, mut form: Form) -> Answer {
    let m = t(visit.locale());
    let numbers: Vec<String> = form.all("n").take(MOST).map(str::to_owned).collect();
    let person = form.value("person").to_owned();
    if person.is_empty() {
        form.fail("person", |l| t(l).team_give_nobody());
        return pages::choose(&visit, &form).await;
    }
    let person = Some(person.as_str()).filter(|p| *p != pages::POOL);
    match actions::give(visit.ctx(), visit.viewer(), &numbers, person).await {
        Ok(0) => visit.to("/inbox").warn(m.team_give_none()).now(),
        Ok(n) => visit.to("/inbox").good(m.team_given(n)).now(),
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            pages::choose(&visit, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}
