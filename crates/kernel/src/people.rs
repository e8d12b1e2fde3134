//! Who acts: organisations, roles, and the person behind a request.

use crate::locale::Locale;

codes! {
    /// What an organisation is in the network. One organisation may have several capacities.
    pub enum Capacity {
        /// 市工信局: guides, supervises, approves (Art. 4).
        Bureau = "bureau",
        /// 服务中心: owns the hub, runs the hall, commissions and assesses (Art. 6, 7).
        Centre = "centre",
        /// 枢纽平台运营服务机构: runs intake, dispatch and content (Art. 8).
        Operator = "operator",
        /// 窗口平台运营管理单位: runs one or more windows (Art. 10, 11).
        Window = "window",
        /// 服务机构: offers products and takes assignments.
        Provider = "provider",
        /// 中小企业: asks, confirms, rates.
        Enterprise = "enterprise",
        /// Another department or district office: receives transferred matters.
        Department = "department",
        /// Experts, who belong to the centre's pool.
        Expert = "expert",
        /// The three administrators of the system, kept apart.
        System = "system",
    }
}

codes! {
    /// A role inside one capacity. A person holds roles by membership and acts in one of them at a time.
    pub enum Role {
        /// Prepares the bureau's decisions.
        BureauOfficer = "bureau-officer",
        /// Takes the bureau's decisions.
        BureauApprover = "bureau-approver",
        /// Prepares the centre's decisions.
        CentreOfficer = "centre-officer",
        /// Takes the centre's decisions.
        CentreApprover = "centre-approver",
        /// Serves firms at the hall's counters.
        CentreAgent = "centre-agent",
        /// Takes in requests at the desk and on the hotline.
        OperatorAgent = "operator-agent",
        /// Sends accepted requests to those who can help.
        OperatorDispatcher = "operator-dispatcher",
        /// Writes news and notices.
        OperatorEditor = "operator-editor",
        /// Reviews content before publication.
        OperatorReviewer = "operator-reviewer",
        /// Answers for the operator's work.
        OperatorManager = "operator-manager",
        /// Handles matters in a window.
        WindowAgent = "window-agent",
        /// Answers for a window.
        WindowManager = "window-manager",
        /// Handles matters at a provider.
        ProviderAgent = "provider-agent",
        /// Answers for a provider.
        ProviderManager = "provider-manager",
        /// Acts for a firm.
        EnterpriseMember = "enterprise-member",
        /// Acts for a firm and names who else may.
        EnterpriseRepresentative = "enterprise-representative",
        /// Receives transferred matters in a department.
        DepartmentOfficer = "department-officer",
        /// Scores applications and evaluation items.
        Expert = "expert",
        /// 系统管理员: accounts, settings, jobs.
        SystemAdmin = "system-admin",
        /// 安全管理员: security settings.
        SecurityAdmin = "security-admin",
        /// 审计管理员: reads the audit log.
        AuditAdmin = "audit-admin",
    }
}

/// Everybody who acts for a firm.
pub const FIRM: &[Role] = &[Role::EnterpriseMember, Role::EnterpriseRepresentative];
/// Everybody at the operator who takes in and sends on.
pub const OPERATOR_DESK: &[Role] = &[Role::OperatorAgent, Role::OperatorDispatcher, Role::OperatorManager];
/// Everybody who can be given an assignment to work on.
pub const HANDLERS: &[Role] =
    &[Role::WindowAgent, Role::WindowManager, Role::ProviderAgent, Role::ProviderManager, Role::DepartmentOfficer];
/// Everybody who watches over the network.
pub const OVERSEERS: &[Role] =
    &[Role::BureauOfficer, Role::BureauApprover, Role::CentreOfficer, Role::CentreApprover, Role::OperatorManager];

impl Role {
    /// The capacity an organisation must have for somebody to hold this role in it.
    pub const fn capacity(self) -> Capacity {
        match self {
            Role::BureauOfficer | Role::BureauApprover => Capacity::Bureau,
            Role::CentreOfficer | Role::CentreApprover | Role::CentreAgent => Capacity::Centre,
            Role::OperatorAgent
            | Role::OperatorDispatcher
            | Role::OperatorEditor
            | Role::OperatorReviewer
            | Role::OperatorManager => Capacity::Operator,
            Role::WindowAgent | Role::WindowManager => Capacity::Window,
            Role::ProviderAgent | Role::ProviderManager => Capacity::Provider,
            Role::EnterpriseMember | Role::EnterpriseRepresentative => Capacity::Enterprise,
            Role::DepartmentOfficer => Capacity::Department,
            Role::Expert => Capacity::Expert,
            Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin => Capacity::System,
        }
    }

    /// Whether this role works in the workbench (everybody but firms and the public).
    pub const fn is_staff(self) -> bool {
        !matches!(self.capacity(), Capacity::Enterprise)
    }

    /// Whether the role belongs to the three administrators, of whom nobody may hold two.
    pub const fn is_admin(self) -> bool {
        matches!(self.capacity(), Capacity::System)
    }

    /// Whether the role may invite colleagues into its own organisation.
    pub const fn may_invite(self) -> bool {
        matches!(
            self,
            Role::OperatorManager
                | Role::CentreApprover
                | Role::BureauApprover
                | Role::WindowManager
                | Role::ProviderManager
                | Role::EnterpriseRepresentative
                | Role::SystemAdmin
        )
    }
}

/// The person who acts, as whom, and for which organisation. Row ids; they never leave the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Row id of the person.
    pub person: i64,
    /// Row id of the membership acted under.
    pub membership: i64,
    /// Row id of the organisation acted for.
    pub organisation: i64,
    /// Row id of the window acted for, with window roles.
    pub window: Option<i64>,
    /// The role.
    pub role: Role,
    /// The person's name.
    pub name: String,
    /// The person's name in English, where there is one.
    pub name_en: Option<String>,
    /// The organisation's (or window's) name.
    pub organisation_name: String,
    /// The same in English, where there is one.
    pub organisation_name_en: Option<String>,
    /// The district or zone a department's officer answers for; `None` means the whole city.
    pub territory: Option<String>,
    /// Whether the acting firm's link to the organisation has been checked by the desk; always true for staff.
    pub verified: bool,
}

impl Actor {
    /// The person's name for a reader of this language.
    pub fn shown(&self, locale: Locale) -> &str {
        locale.pick(&self.name, self.name_en.as_deref().unwrap_or(&self.name))
    }

    /// The name of the organisation or window acted for, for a reader of this language.
    pub fn place(&self, locale: Locale) -> &str {
        locale.pick(&self.organisation_name, self.organisation_name_en.as_deref().unwrap_or(&self.organisation_name))
    }

    /// Whether the actor holds one of these roles.
    pub fn is(&self, roles: &[Role]) -> bool {
        roles.contains(&self.role)
    }
}

/// Whoever looks at a page. Every query takes one and returns only what it may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Nobody signed in.
    Public,
    /// A signed-in person, acting as one membership.
    Signed(Actor),
    /// The program itself: jobs, imports, the demo.
    System,
}

impl Viewer {
    /// The signed-in actor, if any.
    pub fn actor(&self) -> Option<&Actor> {
        match self {
            Viewer::Signed(actor) => Some(actor),
            _ => None,
        }
    }

    /// Whether the viewer acts in one of these roles.
    pub fn is(&self, roles: &[Role]) -> bool {
        self.actor().is_some_and(|a| a.is(roles))
    }

    /// The role, if signed in.
    pub fn role(&self) -> Option<Role> {
        self.actor().map(|a| a.role)
    }
}

/// Something that has a name in both languages: states, actions, roles, kinds.
pub trait Label {
    /// The name as shown to a reader of this language.
    fn label(self, locale: Locale) -> String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_return() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(*role));
            assert!(role.code().starts_with(role.capacity().code()) || role.is_admin());
        }
        let mut codes: Vec<_> = Role::ALL.iter().map(|r| r.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Role::ALL.len());
    }
}
