//! Names of capacities and roles in both languages.

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Role};

use crate::t;

/// Name of a capacity.
pub fn capacity_label(capacity: Capacity, locale: Locale) -> String {
    let m = t(locale);
    match capacity {
        Capacity::Bureau => m.capacity_bureau(),
        Capacity::Centre => m.capacity_centre(),
        Capacity::Operator => m.capacity_operator(),
        Capacity::Window => m.capacity_window(),
        Capacity::Provider => m.capacity_provider(),
        Capacity::Enterprise => m.capacity_enterprise(),
        Capacity::Department => m.capacity_department(),
        Capacity::Expert => m.capacity_expert(),
        Capacity::System => m.capacity_system(),
    }
}

/// Name of a role, as it stands after the name of the organisation.
pub fn role_label(role: Role, locale: Locale) -> String {
    let m = t(locale);
    match role {
        Role::BureauOfficer => m.role_bureau_officer(),
        Role::BureauApprover => m.role_bureau_approver(),
        Role::CentreOfficer => m.role_centre_officer(),
        Role::CentreApprover => m.role_centre_approver(),
        Role::CentreAgent => m.role_centre_agent(),
        Role::OperatorAgent => m.role_operator_agent(),
        Role::OperatorDispatcher => m.role_operator_dispatcher(),
        Role::OperatorEditor => m.role_operator_editor(),
        Role::OperatorReviewer => m.role_operator_reviewer(),
        Role::OperatorManager => m.role_operator_manager(),
        Role::WindowAgent => m.role_window_agent(),
        Role::WindowManager => m.role_window_manager(),
        Role::ProviderAgent => m.role_provider_agent(),
        Role::ProviderManager => m.role_provider_manager(),
        Role::EnterpriseMember => m.role_enterprise_member(),
        Role::EnterpriseRepresentative => m.role_enterprise_representative(),
        Role::DepartmentOfficer => m.role_department_officer(),
        Role::Expert => m.role_expert(),
        Role::SystemAdmin => m.role_system_admin(),
        Role::SecurityAdmin => m.role_security_admin(),
        Role::AuditAdmin => m.role_audit_admin(),
    }
}
