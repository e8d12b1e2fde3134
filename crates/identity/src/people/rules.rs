//! Who looks after whom, and what is shown of a phone number.

use huiqi_kernel::people::{Actor, Role};

use super::queries::MembershipLine;

/// Whoever may see the list of people: managers for their own organisation, the system administrator for all.
pub(super) const MANAGERS: &[Role] = &[
    Role::OperatorManager,
    Role::CentreApprover,
    Role::BureauApprover,
    Role::WindowManager,
    Role::ProviderManager,
    Role::EnterpriseRepresentative,
    Role::SystemAdmin,
];

/// Whether the actor manages this membership: the administrator all of them, a manager those of the own organisation
/// in the same capacity, a window's manager those of that window.
pub(crate) fn manages(actor: &Actor, membership: &MembershipLine) -> bool {
    if actor.role == Role::SystemAdmin {
        return true;
    }
    actor.role.may_invite()
        && membership.organisation == actor.organisation
        && membership.role.capacity() == actor.role.capacity()
        && (actor.role != Role::WindowManager || membership.window == actor.window)
}

/// Whether the actor looks after this person at all: manages one of the current memberships.
pub(crate) fn looks_after(actor: &Actor, memberships: &[MembershipLine]) -> bool {
    actor.role == Role::SystemAdmin || memberships.iter().any(|m| m.until.is_none() && manages(actor, m))
}

/// Whether the actor may open the person's account anew with a one-time code.
///
/// A manager may when every current membership of the person is theirs to manage, so that nobody reaches a role
/// elsewhere by it. The desk may for firms, providers and windows. The system administrator may for everybody but the
/// holders of the two other administrators' roles, which are kept apart from it.
pub fn can_be_looked_after(actor: &Actor, roles: &[(Role, bool)]) -> bool {
    use huiqi_kernel::people::Capacity;
    if roles.is_empty() {
        return actor.role == Role::SystemAdmin;
    }
    if actor.role == Role::SystemAdmin {
        return roles.iter().all(|(role, _)| !matches!(role, Role::SecurityAdmin | Role::AuditAdmin));
    }
    if is_desk(actor.role)
        && roles
            .iter()
            .all(|(role, _)| matches!(role.capacity(), Capacity::Enterprise | Capacity::Provider | Capacity::Window))
    {
        return true;
    }
    actor.role.may_invite() && roles.iter().all(|(_, managed)| *managed)
}

/// The roles of the desk, which helps people who come or call.
pub(crate) const DESK: &[Role] =
    &[Role::OperatorAgent, Role::OperatorDispatcher, Role::OperatorManager, Role::CentreAgent, Role::SystemAdmin];

fn is_desk(role: Role) -> bool {
    DESK.contains(&role) && role != Role::SystemAdmin
}

/// The roles an actor may give away by invitation: those of the own capacity; the administrator any.
pub(super) fn roles_to_give(actor: &Actor) -> Vec<Role> {
    Role::ALL
        .iter()
        .copied()
        .filter(|role| actor.role == Role::SystemAdmin || role.capacity() == actor.role.capacity())
        .collect()
}

/// A phone number for those outside the handling chain: three digits, stars, four digits.
pub fn mask_phone(phone: &str) -> String {
    huiqi_kernel::text::mask_phone(phone)
}

/// A mail address for those who only need to recognise it: first letter and domain.
pub(crate) fn mask_mail(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => format!("{}***@{domain}", local.chars().next().unwrap_or('*')),
        None => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Role, organisation: i64, window: Option<i64>) -> Actor {
        Actor {
            person: 1,
            membership: 1,
            organisation,
            window,
            role,
            name: "周".into(),
            name_en: None,
            organisation_name: "甲".into(),
            organisation_name_en: None,
            territory: None,
            verified: true,
        }
    }

    fn line(role: Role, organisation: i64, window: Option<i64>) -> MembershipLine {
        MembershipLine::sample(role, organisation, window)
    }

    #[test]
    fn a_manager_manages_the_own_house_only() {
        let manager = actor(Role::WindowManager, 7, Some(3));
        assert!(manages(&manager, &line(Role::WindowAgent, 7, Some(3))));
        assert!(!manages(&manager, &line(Role::WindowAgent, 7, Some(4))));
        assert!(!manages(&manager, &line(Role::ProviderAgent, 7, None)));
        assert!(!manages(&manager, &line(Role::WindowAgent, 8, Some(3))));
        assert!(!manages(&actor(Role::WindowAgent, 7, Some(3)), &line(Role::WindowAgent, 7, Some(3))));
        assert!(manages(&actor(Role::SystemAdmin, 1, None), &line(Role::ProviderAgent, 9, None)));
    }

    #[test]
    fn codes_do_not_reach_roles_elsewhere() {
        let admin = actor(Role::SystemAdmin, 1, None);
        assert!(can_be_looked_after(&admin, &[(Role::OperatorManager, true)]));
        assert!(!can_be_looked_after(&admin, &[(Role::OperatorAgent, true), (Role::AuditAdmin, true)]));
        let desk = actor(Role::OperatorAgent, 2, None);
        assert!(can_be_looked_after(&desk, &[(Role::EnterpriseMember, false)]));
        assert!(!can_be_looked_after(&desk, &[(Role::EnterpriseMember, false), (Role::SystemAdmin, false)]));
        assert!(!can_be_looked_after(&desk, &[(Role::OperatorManager, false)]));
        let manager = actor(Role::ProviderManager, 3, None);
        assert!(can_be_looked_after(&manager, &[(Role::ProviderAgent, true)]));
        assert!(!can_be_looked_after(&manager, &[(Role::ProviderAgent, true), (Role::EnterpriseMember, false)]));
    }

    #[test]
    fn addresses_are_masked() {
        assert_eq!(mask_mail("zhang@example.com"), "z***@example.com");
    }
}
