//! People, their accounts, and their memberships.
//!
//! A **person** is entered once. A **membership** is person × organisation × role (× window for window staff); a
//! person acts as one of them at a time. Nobody holds two of the three administrators' roles. Managers look after the
//! people of their own organisation (and window); the system administrator after everybody. An **invitation** lets a
//! colleague make the account alone: the link is shown once.

mod actions;
mod invitations;
mod inviting;
mod inviting_routes;
mod migrations;
mod pages;
pub(crate) mod queries;
mod routes;
pub(crate) mod rules;

use huiqi_web::Slice;

pub use actions::{
    NewMembership, NewPerson, add_membership_in, correct_name_in, create_admin, create_person_in, end_membership_in,
    reveal_phone, set_account_in, set_password_in, set_state_in, update_person_in, verify_membership_in,
};
pub use invitations::{NewInvitation, invite_in};
pub use queries::{
    Acting, PersonName, acting, actor, actor_in, colleagues, find_by_login, find_by_login_in, firm_members_in,
    id_by_number_in, members_in, names, names_in, role_holders_in,
};
pub use rules::{can_be_looked_after, mask_phone};

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("people");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice
}
