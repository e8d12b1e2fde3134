//! Steps of assignments; their pages are the request's.

use axum::extract::Path;
use huiqi_casework::inbox;
use huiqi_casework::team::{self, MANAGERS, Mode, Place};
use huiqi_kernel::people::Role;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::{Answer, Failure, Form, Route, Visit};

use super::actions::{Said, take};
use super::flow::Action;
use crate::requests::pages;
use crate::t;

/// Everybody who may take some step of an assignment; which one, the flow table decides.
const ANY: &[Role] = &[
    Role::WindowAgent,
    Role::WindowManager,
    Role::ProviderAgent,
    Role::ProviderManager,
    Role::DepartmentOfficer,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::BureauOfficer,
];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/assignments/{number}", open).staff(),
        Route::post("/assignments/{number}/give", give).roles(&[
            Role::WindowManager,
            Role::ProviderManager,
            Role::WindowAgent,
            Role::ProviderAgent,
            Role::DepartmentOfficer,
        ]),
        Route::post("/assignments/{number}/{action}", step).roles(ANY).under(art(11)),
    ]
}

async fn open(visit: Visit, Path(number): Path<String>) -> Answer {
    visit.to(format!("/cases/{number}")).now()
}

async fn step(visit: Visit, Path((number, action)): Path<(String, String)>, form: Form) -> Answer {
    let action = Action::from_code(&action).ok_or_else(Failure::not_found)?;
    let said = Said {
        words: form.value("words").to_owned(),
        version: Some(form.version()).filter(|v| *v >= 0),
        files: form.files().to_vec(),
    };
    match take(visit.ctx(), visit.viewer(), &number, action, &said).await {
        Ok(_) => {
            let used: Vec<String> = form.all("used").map(str::to_owned).collect();
            crate::knowledge::actions::used(visit.ctx(), visit.viewer(), &used).await?;
            let m = t(visit.locale());
            let words = match action {
                Action::Take => m.assignment_done_take(),
                Action::Receive => m.transfer_done_receive(),
                Action::Decline => m.assignment_done_decline(),
                Action::Contact => m.assignment_done_contact(),
                Action::Unreachable => m.assignment_done_unreachable(),
                Action::Report => m.assignment_done_report(),
                Action::GiveUp => m.assignment_done_give_up(),
                _ => m.assignment_done_other(),
            };
            visit.to(format!("/cases/{number}")).good(words).now()
        }
        Err(Fault::Invalid { field, message }) => {
            pages::show_with_error(&visit, &number, (&format!("a-{}", action.code()), field, message), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// A manager gives an assignment to a colleague; a colleague passes it on.
async fn give(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    let work = visit.ctx().write(visit.viewer()).await?;
    let case = inbox::visible_in(&work, visit.viewer(), &number).await?;
    super::actions::may_give(visit.viewer(), &case)?;
    let place = Place::of(visit.actor()?);
    if !visit.viewer().is(MANAGERS) && team::queries::mode_in(&work, place).await? == Mode::Given {
        return Err(Fault::Refused(team::actions::by_manager()).into());
    }
    let person = huiqi_identity::people::id_by_number_in(&work, form.value("person")).await?;
    inbox::give_in(&work, &case, person).await?;
    team::actions::tell_given(&work, visit.viewer(), person, std::slice::from_ref(&case)).await?;
    work.commit().await?;
    visit.to(format!("/cases/{number}")).good(t(visit.locale()).assignment_given()).now()
}
