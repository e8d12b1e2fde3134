//! The organisations, windows, providers and people of the city, entered through their registers.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use huiqi_identity::consent;
use huiqi_identity::organisations::{self, NewOrganisation, WindowState};
use huiqi_identity::people::{self, NewMembership, NewPerson};
use huiqi_kernel::people::{Actor, Capacity, Role, Viewer};
use huiqi_registers::Source;
use huiqi_registers::products::{self, NewProduct};
use huiqi_registers::providers::{self, NewProvider};
use huiqi_registers::windows::{self, ClusterRow, Kind, Level, NewWindow};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};
use rand_chacha::ChaCha20Rng;

use super::content::{CastWindow, Content, Named};
use super::firms::{self, Firms};
use super::{Progress, Scale, draw};

/// Organisation and window of a handler.
pub(super) type Key = (i64, Option<i64>);

/// A window, provider or department, and how it works.
pub(super) struct Handler {
    pub key: Key,
    /// Everybody who may take an assignment there.
    pub agents: Vec<Viewer>,
    /// Pace, 1 usual, higher is faster.
    pub speed: f64,
    /// Chance that an answer satisfies.
    pub quality: f64,
    /// Wanted share of the work, 1 usual.
    pub load: f64,
    /// Never takes anything.
    pub dead: bool,
    /// Gets more than it can do.
    pub overloaded: bool,
    pub trades: Vec<String>,
    pub categories: Vec<String>,
    pub district: String,
    pub department: bool,
    /// Serves a whole district.
    pub comprehensive: bool,
}

/// People of a firm with an account.
pub(super) struct Account {
    pub people: Vec<Viewer>,
    pub memberships: Vec<i64>,
}

/// Everybody who acts.
#[derive(Default)]
pub(super) struct Players {
    pub handlers: Vec<Handler>,
    pub by_key: HashMap<Key, usize>,
    pub accounts: Vec<Account>,
    pub account_of: HashMap<usize, usize>,
    pub bureau: Vec<Viewer>,
    pub centre_officers: Vec<Viewer>,
    pub hall: Vec<Viewer>,
    pub desk: Vec<Viewer>,
    pub hotline: Vec<Viewer>,
    pub dispatchers: Vec<Viewer>,
    pub managers: Vec<Viewer>,
    /// All staff, for reading notices.
    pub staff: Vec<Viewer>,
    pub operator: i64,
    pub centre: i64,
    /// Memberships that can be found again by a name: keys of the cast, `window:manager`, `window:0`.
    pub seats: BTreeMap<String, i64>,
}

impl Players {
    pub fn handler(&self, key: Key) -> Option<&Handler> {
        self.by_key.get(&key).map(|i| &self.handlers[*i])
    }

    /// The provider in which a membership is held.
    pub fn provider_of(&self, membership: i64) -> Option<i64> {
        self.staff
            .iter()
            .filter_map(Viewer::actor)
            .find(|a| a.membership == membership && a.window.is_none())
            .map(|a| a.organisation)
    }

    fn manager(&self, key: Key) -> Option<&Actor> {
        self.staff
            .iter()
            .filter_map(Viewer::actor)
            .find(|a| a.role == Role::WindowManager && (a.organisation, a.window) == key)
    }

    /// The membership of a window's manager.
    pub fn manager_of(&self, key: Key) -> Option<i64> {
        self.manager(key).map(|a| a.membership)
    }

    /// Whether one person is agent and manager of a window.
    pub fn manager_is_agent(&self, handler: &Handler) -> bool {
        let manager = self.manager(handler.key).map(|a| a.person);
        handler.agents.iter().any(|v| v.actor().map(|a| a.person) == manager)
    }

    fn add(&mut self, handler: Handler) {
        self.by_key.insert(handler.key, self.handlers.len());
        self.handlers.push(handler);
    }
}

/// Enters people one after another; phones and account names follow from the count.
struct Registrar<'a> {
    work: &'a Work,
    people: u64,
    codes: u64,
}

impl Registrar<'_> {
    async fn person(
        &mut self,
        name: &str,
        name_en: Option<&str>,
        phone: Option<&str>,
        login: &str,
    ) -> Result<i64, Fault> {
        self.people += 1;
        let own = firms::phone(7_000 + self.people);
        let new = NewPerson { name, name_en, phone: Some(phone.unwrap_or(&own)), email: None };
        let person = people::create_person_in(self.work, &new).await?;
        people::set_account_in(self.work, person, login, None).await?;
        Ok(person)
    }

    async fn seat(&mut self, new: NewMembership<'_>) -> Result<(i64, Viewer), Fault> {
        let membership = people::add_membership_in(self.work, new).await?;
        let actor = people::actor_in(self.work, membership).await?.ok_or(Fault::NotFound)?;
        Ok((membership, Viewer::Signed(actor)))
    }

    fn code(&mut self, authority: &str, region: &str) -> Result<String, Fault> {
        self.codes += 1;
        firms::code(authority, region, self.codes)
    }
}

/// Codes of offices, institutions, associations and companies differ in their first two characters.
fn authority(name: &str) -> &'static str {
    if name.contains("中心") || name.contains("研究院") {
        "12"
    } else if name.contains("促进会") || name.contains("协会") {
        "51"
    } else {
        "91"
    }
}

fn role(kind: &str, code: &str) -> Result<Role, Fault> {
    let wanted = match code {
        "system-administrator" => "system-admin".to_owned(),
        "security-administrator" => "security-admin".to_owned(),
        "audit-administrator" => "audit-admin".to_owned(),
        other => format!("{kind}-{other}"),
    };
    Role::from_code(&wanted).ok_or_else(|| Fault::internal(format!("no role {wanted}")))
}

/// Enters the hub, the bureau, the departments, the windows, the providers with their products, and the accounts of
/// some firms.
///
/// # Errors
/// When the database fails or the content contradicts the registers' rules.
pub(super) async fn fill(
    ctx: &Ctx,
    content: &Content,
    random: &mut ChaCha20Rng,
    scale: &Scale,
    firms: &Firms,
    as_of: NaiveDate,
    progress: &mut Progress<'_>,
) -> Result<Players, Fault> {
    let mut players = Players::default();
    let work = ctx.write(&Viewer::System).await?;
    let mut registrar = Registrar { work: &work, people: 0, codes: 0 };
    offices(&mut registrar, content, &mut players).await?;
    let windows = content.cast.window.len() as u64;
    progress("windows", 0, windows);
    let mut hosts: BTreeMap<String, i64> = BTreeMap::new();
    for (done, window) in content.cast.window.iter().enumerate() {
        enter_window(&mut registrar, window, &mut hosts, as_of, &mut players).await?;
        progress("windows", done as u64 + 1, windows);
    }
    progress("providers", 0, scale.providers as u64);
    let step = (content.providers.len() / scale.providers.max(1)).max(1);
    let mut kept: BTreeMap<&str, i64> = BTreeMap::new();
    for (done, one) in content.providers.iter().step_by(step).take(scale.providers).enumerate() {
        let first = match one.nature.as_str() {
            "public-institution" => "12",
            "association" => "51",
            "private-non-enterprise" => "52",
            _ => "91",
        };
        let nature = match one.nature.as_str() {
            "public-institution" => "institution",
            "association" => "association",
            "private-non-enterprise" => "nonprofit",
            "partnership" | "sole-trader" => "other",
            _ => "enterprise",
        };
        let contact = firms::person(&content.names, random);
        let phone = firms::phone(6_500 + done as u64);
        let new = NewProvider {
            name: one.name.clone(),
            code: Some(registrar.code(first, &one.district)?),
            district: Some(one.district.clone()),
            nature: Some(nature.to_owned()),
            categories: one.categories.clone(),
            profile: Some(one.profile.clone()),
            contact: Some(contact.clone()),
            phone: Some(phone.clone()),
            address: Some(firms::address(&content.names, random, &one.district)),
        };
        let organisation = providers::create_in(&work, &new, Source::Demo).await?;
        kept.insert(&one.id, organisation);
        let person = registrar.person(&contact, None, Some(&phone), &one.id).await?;
        let mut agents = Vec::new();
        for role in [Role::ProviderAgent, Role::ProviderManager] {
            let (membership, viewer) = registrar
                .seat(NewMembership { person, organisation, window: None, role, territory: None, verified: true })
                .await?;
            players.staff.push(viewer.clone());
            players.seats.insert(format!("{}:{}", one.id, role.code()), membership);
            agents.push(viewer);
        }
        agents.truncate(1);
        players.add(Handler {
            key: (organisation, None),
            agents,
            speed: one.speed,
            quality: one.quality,
            load: 1.0,
            dead: false,
            overloaded: false,
            trades: Vec::new(),
            categories: one.categories.clone(),
            district: one.district.clone(),
            department: false,
            comprehensive: false,
        });
        progress("providers", done as u64 + 1, scale.providers as u64);
    }
    work.commit().await?;
    offer(ctx, content, &kept, progress).await?;
    enrol(ctx, content, random, scale, firms, &mut players).await?;
    Ok(players)
}

/// Bureau, centre, operator, departments and their people.
async fn offices(registrar: &mut Registrar<'_>, content: &Content, players: &mut Players) -> Result<(), Fault> {
    for office in &content.cast.organisation {
        let (capacities, first): (&[Capacity], &str) = match office.kind.as_str() {
            "bureau" => (&[Capacity::Bureau], "11"),
            // The three administrators belong to the houses that run the system.
            "centre" => (&[Capacity::Centre, Capacity::System], "12"),
            "operator" => (&[Capacity::Operator, Capacity::System], "91"),
            _ => (&[Capacity::Department], "11"),
        };
        let region = if office.district.is_empty() { "350203" } else { &office.district };
        let code = registrar.code(first, region)?;
        let new = NewOrganisation { code: Some(&code), name: &office.zh, name_en: Some(&office.en), capacities };
        let organisation = organisations::create_in(registrar.work, &new).await?;
        match office.kind.as_str() {
            "operator" => players.operator = organisation,
            "centre" => players.centre = organisation,
            _ => {}
        }
        let mut officers = Vec::new();
        for one in content.cast.person.iter().filter(|p| p.organisation == office.key) {
            let person = registrar.person(&one.zh, Some(&one.en), None, &one.key).await?;
            for code in &one.roles {
                let role = role(&office.kind, code)?;
                let territory =
                    Some(office.district.as_str()).filter(|d| role == Role::DepartmentOfficer && !d.is_empty());
                let (membership, viewer) = registrar
                    .seat(NewMembership { person, organisation, window: None, role, territory, verified: true })
                    .await?;
                players.staff.push(viewer.clone());
                players.seats.insert(one.key.clone(), membership);
                match role {
                    Role::BureauOfficer => players.bureau.push(viewer),
                    Role::CentreOfficer => players.centre_officers.push(viewer),
                    Role::CentreAgent => players.hall.push(viewer),
                    Role::OperatorAgent if one.desk == "hotline" => players.hotline.push(viewer),
                    Role::OperatorAgent => players.desk.push(viewer),
                    Role::OperatorDispatcher => players.dispatchers.push(viewer),
                    Role::OperatorManager => players.managers.push(viewer),
                    Role::DepartmentOfficer => officers.push(viewer),
                    _ => {}
                }
            }
        }
        if office.kind == "department" {
            players.add(Handler {
                key: (organisation, None),
                agents: officers,
                speed: 0.9,
                quality: 0.88,
                load: 0.0,
                dead: false,
                overloaded: false,
                trades: Vec::new(),
                categories: Vec::new(),
                district: office.district.clone(),
                department: true,
                comprehensive: false,
            });
        }
    }
    Ok(())
}

/// A window, who runs it and who works there. `hosts` are the running organisations entered so far, by name.
async fn enter_window(
    registrar: &mut Registrar<'_>,
    one: &CastWindow,
    hosts: &mut BTreeMap<String, i64>,
    as_of: NaiveDate,
    players: &mut Players,
) -> Result<(), Fault> {
    let work = registrar.work;
    let organisation = match hosts.get(&one.run_by.zh) {
        Some(host) => *host,
        None => {
            let code = registrar.code(authority(&one.run_by.zh), &one.district)?;
            let host = organisations::create_in(
                work,
                &NewOrganisation {
                    code: Some(&code),
                    name: &one.run_by.zh,
                    name_en: Some(&one.run_by.en),
                    capacities: &[Capacity::Window],
                },
            )
            .await?;
            hosts.insert(one.run_by.zh.clone(), host);
            host
        }
    };
    let kind = Kind::from_code(&one.kind).ok_or_else(|| Fault::internal(format!("no kind of window {}", one.kind)))?;
    let cluster = (kind == Kind::Cluster).then(|| one.key.clone());
    if let Some(code) = &cluster {
        let english = one.en.trim_end_matches(" service window (sample)").trim_end_matches(" enterprise");
        let row = ClusterRow {
            code: code.clone(),
            name: one.cluster.clone(),
            name_en: Some(english.to_owned()),
            district: Some(one.district.clone()),
        };
        windows::put_cluster_in(work, &row).await?;
    }
    let titled = kind.has_level();
    let filled = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    // Titles last three years; they end one after another after the day the city is shown on.
    let left = 120 + 35 * (players.handlers.len() as u64 % 24);
    let until = as_of + Days::new(left);
    let since = if titled {
        until - Days::new(3 * 365)
    } else {
        as_of - Days::new(900 + 13 * (players.handlers.len() as u64 % 31))
    };
    let window = windows::create_in(
        work,
        &NewWindow {
            organisation,
            name: one.zh.clone(),
            name_en: Some(one.en.clone()),
            state: WindowState::Connected,
            kind,
            level: Level::from_code(&one.level).filter(|_| titled),
            district: filled(&one.district),
            cluster,
            categories: one.categories.clone(),
            address: filled(&one.address),
            phone: filled(&one.phone),
            hours: filled(&one.hours),
            hours_en: filled(&one.hours_en),
            since: Some(since.to_string()),
            until: titled.then(|| until.to_string()),
            exception: None,
        },
    )
    .await?;
    let mut agents = Vec::new();
    let mut known: Vec<(&str, i64)> = Vec::new();
    let everybody: Vec<(&Named, Role)> =
        one.agents.iter().map(|a| (a, Role::WindowAgent)).chain([(&one.manager, Role::WindowManager)]).collect();
    for (place, (named, role)) in everybody.into_iter().enumerate() {
        // In a small window one person is agent and manager.
        let person = match known.iter().find(|(name, _)| *name == named.zh) {
            Some((_, person)) => *person,
            None => registrar.person(&named.zh, Some(&named.en), None, &format!("{}-{}", one.key, place + 1)).await?,
        };
        known.push((&named.zh, person));
        let (membership, viewer) = registrar
            .seat(NewMembership { person, organisation, window: Some(window), role, territory: None, verified: true })
            .await?;
        players.staff.push(viewer.clone());
        if role == Role::WindowAgent {
            players.seats.insert(format!("{}:{place}", one.key), membership);
            agents.push(viewer);
        } else {
            players.seats.insert(format!("{}:manager", one.key), membership);
        }
    }
    players.add(Handler {
        key: (organisation, Some(window)),
        agents,
        speed: one.speed,
        quality: one.quality,
        load: one.load,
        dead: one.dead,
        overloaded: one.overloaded,
        trades: one.trades.clone(),
        categories: one.categories.clone(),
        district: one.district.clone(),
        department: false,
        comprehensive: kind == Kind::Comprehensive,
    });
    Ok(())
}

/// What the providers offer.
async fn offer(
    ctx: &Ctx,
    content: &Content,
    kept: &BTreeMap<&str, i64>,
    progress: &mut Progress<'_>,
) -> Result<(), Fault> {
    let offered: Vec<_> = content.products.iter().filter_map(|p| Some((p, *kept.get(p.provider.as_str())?))).collect();
    let total = offered.len() as u64;
    progress("products", 0, total);
    let work = ctx.write(&Viewer::System).await?;
    for (done, (one, provider)) in offered.into_iter().enumerate() {
        let modes = one
            .modes
            .iter()
            .filter_map(|m| {
                Some(match m.as_str() {
                    "1" => "counter",
                    "2" => "phone",
                    "3" => "onsite",
                    "4" => "print",
                    "5" => "letter",
                    "6" => "online",
                    "7" => "other",
                    _ => return None,
                })
            })
            .map(str::to_owned)
            .collect();
        let new = NewProduct {
            provider,
            provider_code: None,
            name: one.name.clone(),
            category: one.category.clone(),
            description: Some(one.description.clone()),
            fee: Some(one.fee.clone()),
            price: Some(format!("{}{}", one.price, one.unit)),
            modes,
            days: Some(one.limit),
        };
        products::create_in(&work, &new, Source::Demo).await?;
        progress("products", done as u64 + 1, total);
    }
    work.commit().await
}

/// Some firms have accounts: at least one in every trade.
async fn enrol(
    ctx: &Ctx,
    content: &Content,
    random: &mut ChaCha20Rng,
    scale: &Scale,
    firms: &Firms,
    players: &mut Players,
) -> Result<(), Fault> {
    let work = ctx.write(&Viewer::System).await?;
    let mut registrar = Registrar { work: &work, people: 1_500, codes: 90_000 };
    for firm in 0..scale.accounts.min(firms.all.len()) {
        let known = &firms.all[firm];
        let mut account = Account { people: Vec::new(), memberships: Vec::new() };
        let several = draw::chance(random, 0.35);
        for role in [Role::EnterpriseRepresentative, Role::EnterpriseMember] {
            let first = role == Role::EnterpriseRepresentative;
            if !first && !several {
                break;
            }
            let name = if first { known.contact.clone() } else { firms::person(&content.names, random) };
            let phone = first.then_some(known.phone.as_str());
            let login = format!("qy-{:03}-{}", firm + 1, if first { 1 } else { 2 });
            let person = registrar.person(&name, None, phone, &login).await?;
            consent::record_in(&work, consent::By::Person(person), "registration").await?;
            let (membership, viewer) = registrar
                .seat(NewMembership {
                    person,
                    organisation: known.id,
                    window: None,
                    role,
                    territory: None,
                    verified: true,
                })
                .await?;
            account.people.push(viewer);
            account.memberships.push(membership);
        }
        players.account_of.insert(firm, players.accounts.len());
        players.accounts.push(account);
    }
    work.commit().await
}

/// A firm that entered itself on the last morning and waits for the desk's check; returns the membership.
///
/// # Errors
/// When the database fails.
pub(super) async fn newcomer(ctx: &Ctx, content: &Content, random: &mut ChaCha20Rng, n: u64) -> Result<i64, Fault> {
    let trade = draw::one(random, &content.trades);
    let district = trade.districts.keys().next().map_or("350206", String::as_str);
    let contact = firms::person(&content.names, random);
    let phone = firms::phone(9_900 + n);
    let work = ctx.write(&Viewer::System).await?;
    let new = huiqi_registers::enterprises::NewEnterprise {
        name: format!("厦门{}{}有限公司", ["禾岸里", "澄圃湾", "汐坞桥"][n as usize % 3], trade.words[0]),
        code: Some(firms::code("91", district, 99_000 + n)?),
        district: Some(district.to_owned()),
        industry: Some(trade.industry.clone()),
        staff: Some(trade.staff[0] + 3),
        contact: Some(contact.clone()),
        phone: Some(phone.clone()),
        ..Default::default()
    };
    let organisation = huiqi_registers::enterprises::create_in(&work, &new, Source::Own).await?;
    let mut registrar = Registrar { work: &work, people: 1_900 + n, codes: 0 };
    let person = registrar.person(&contact, None, Some(&phone), &format!("xin-{:03}", n + 1)).await?;
    consent::record_in(&work, consent::By::Person(person), "registration").await?;
    let (membership, _) = registrar
        .seat(NewMembership {
            person,
            organisation,
            window: None,
            role: Role::EnterpriseRepresentative,
            territory: None,
            verified: false,
        })
        .await?;
    work.commit().await?;
    Ok(membership)
}

#[derive(FromQueryResult)]
struct PersonNumber {
    number: String,
}

/// The bureau names one officer for reports; nobody else sees them from then on.
///
/// # Errors
/// When the database fails.
pub(super) async fn name_report_officer(ctx: &Ctx, players: &Players) -> Result<(), Fault> {
    let seat = |key: &str| players.seats.get(key).copied();
    let (Some(officer), Some(approver)) = (seat("bureau-officer"), seat("bureau-approver")) else { return Ok(()) };
    let Some(approver) = people::actor(ctx, approver).await?.map(Viewer::Signed) else { return Ok(()) };
    let named: Option<PersonNumber> = ctx::one(
        ctx,
        "SELECT p.number FROM person p JOIN membership m ON m.person = p.id WHERE m.id = ?",
        [Value::from(officer)],
    )
    .await?;
    if let Some(named) = named {
        huiqi_casework::settings::name_report_officers(ctx, &approver, &[&named.number]).await?;
    }
    Ok(())
}
