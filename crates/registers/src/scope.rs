//! Who may look at the registers, and who may change them.

use huiqi_kernel::people::{Capacity, Role, Viewer};
use huiqi_store::sea_orm::Value;

/// Who may open the registers at all. What stands in a list is decided by [`Scope`].
pub const READERS: &[Role] = &[
    Role::BureauOfficer,
    Role::BureauApprover,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::CentreAgent,
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorEditor,
    Role::OperatorReviewer,
    Role::OperatorManager,
    Role::WindowAgent,
    Role::WindowManager,
    Role::DepartmentOfficer,
];

/// Who may also look at the lists of providers, products and windows: everybody above, and providers themselves, who
/// see their own.
pub(crate) const READERS_AND_PROVIDERS: &[Role] = &[
    Role::BureauOfficer,
    Role::BureauApprover,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::CentreAgent,
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorEditor,
    Role::OperatorReviewer,
    Role::OperatorManager,
    Role::WindowAgent,
    Role::WindowManager,
    Role::DepartmentOfficer,
    Role::ProviderAgent,
    Role::ProviderManager,
];

/// Who keeps the registers: the operator's desk and the centre's officer (Art. 5, 8).
pub const EDITORS: &[Role] =
    &[Role::OperatorAgent, Role::OperatorDispatcher, Role::OperatorManager, Role::CentreOfficer];

/// Who may look behind a masked phone number, each look being logged: whoever keeps the registers or serves firms.
pub(crate) const CALLERS: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreOfficer,
    Role::CentreAgent,
    Role::WindowAgent,
    Role::WindowManager,
];

/// Who keeps a provider's products: those who keep the registers, and the provider's own people.
pub(crate) const PRODUCT_EDITORS: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreOfficer,
    Role::ProviderAgent,
    Role::ProviderManager,
];

/// Whose records a viewer may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everybody's.
    All,
    /// Those of a district or zone.
    District(String),
    /// Those of one organisation.
    Own(i64),
    /// Nobody's.
    Nothing,
}

impl Scope {
    /// Whose enterprises this viewer may see.
    pub(crate) fn enterprises(viewer: &Viewer) -> Scope {
        match viewer {
            Viewer::System => Scope::All,
            Viewer::Public => Scope::Nothing,
            Viewer::Signed(actor) => match actor.role.capacity() {
                Capacity::Bureau | Capacity::Centre | Capacity::Operator | Capacity::Window => Scope::All,
                Capacity::Department => actor.territory.clone().map_or(Scope::All, Scope::District),
                Capacity::Enterprise => {
                    if actor.verified {
                        Scope::Own(actor.organisation)
                    } else {
                        Scope::Nothing
                    }
                }
                Capacity::Provider | Capacity::Expert | Capacity::System => Scope::Nothing,
            },
        }
    }

    /// Whose provider record and products this viewer may see. Departments see all: providers are no secret.
    pub(crate) fn providers(viewer: &Viewer) -> Scope {
        match viewer {
            Viewer::System => Scope::All,
            Viewer::Public => Scope::Nothing,
            Viewer::Signed(actor) => match actor.role.capacity() {
                Capacity::Bureau | Capacity::Centre | Capacity::Operator | Capacity::Window | Capacity::Department => {
                    Scope::All
                }
                Capacity::Provider => Scope::Own(actor.organisation),
                Capacity::Enterprise | Capacity::Expert | Capacity::System => Scope::Nothing,
            },
        }
    }

    /// The scope as a condition; `district` and `organisation` are the columns.
    pub(crate) fn condition(&self, organisation: &str, district: &str) -> (String, Vec<Value>) {
        match self {
            Scope::All => ("1 = 1".to_owned(), Vec::new()),
            Scope::District(code) => (format!("{district} = ?"), vec![code.clone().into()]),
            Scope::Own(id) => (format!("{organisation} = ?"), vec![(*id).into()]),
            Scope::Nothing => ("1 = 0".to_owned(), Vec::new()),
        }
    }
}

/// Notes that somebody took a list away as a file.
pub(crate) async fn note_export(
    visit: &huiqi_web::Visit,
    register: &str,
    format: &str,
) -> Result<(), huiqi_store::Fault> {
    let work = visit.ctx().write(visit.viewer()).await?;
    work.audit("registers.exported", register, "", serde_json::json!({ "format": format })).await?;
    work.commit().await
}
