//! The enterprises of the city: invented names, codes from a block that no office issues, figures by trade.

use std::collections::{BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use huiqi_kernel::credit;
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_registers::Source;
use huiqi_registers::enterprises::{self, NewEnterprise};
use huiqi_store::{Ctx, Fault};
use rand::Rng;
use rand_chacha::ChaCha20Rng;

use super::Progress;
use super::content::{Content, Names, Trade};
use super::draw;

/// A firm as the generator knows it.
pub(super) struct Firm {
    /// Row id of the organisation.
    pub id: i64,
    pub name: String,
    pub district: String,
    pub staff: i64,
    pub contact: String,
    pub phone: String,
}

/// The firms, and which of them are in which trade.
pub(super) struct Firms {
    pub all: Vec<Firm>,
    pub by_trade: HashMap<String, Vec<usize>>,
}

/// Phones of firms begin with 100, which is no mobile prefix; codes have a subject part that begins with Y, which no
/// office issues.
pub(super) fn phone(n: u64) -> String {
    format!("100{:08}", 20_000_000 + n * 7919 % 79_999_999)
}

/// A credit code of the unissued block: authority and kind, region, a subject part beginning with Y.
///
/// # Errors
/// When authority or region are no part of a code.
pub(super) fn code(authority: &str, region: &str, n: u64) -> Result<String, Fault> {
    // A zone lies across districts and has no region of its own.
    let region = if credit::is_known_region(region) { region } else { "350206" };
    let body = format!("Y{n:07}");
    let digit = credit::organisation_check(&body).ok_or_else(|| Fault::internal("no organisation code"))?;
    credit::with_check(&format!("{authority}{region}{body}{digit}"))
        .map(|code| code.as_str().to_owned())
        .ok_or_else(|| Fault::internal("no credit code"))
}

/// An invented person's name.
pub(super) fn person(names: &Names, random: &mut ChaCha20Rng) -> String {
    let surname = draw::place(random, names.surnames.iter().map(|s| f64::from(s.weight))).unwrap_or_default();
    format!("{}{}", names.surnames[surname].zh, draw::one(random, &names.given))
}

/// An invented address in a district.
pub(super) fn address(names: &Names, random: &mut ChaCha20Rng, district: &str) -> String {
    let place = draw::one(random, &names.places).replace('#', &random.random_range(1..260).to_string());
    let area = District::by_code(district).map_or("", |d| d.name(Locale::Zh));
    format!("厦门市{area}{}{place}", draw::one(random, &names.streets))
}

fn name(names: &Names, trade: &Trade, random: &mut ChaCha20Rng, used: &mut BTreeSet<String>) -> String {
    loop {
        let form =
            &names.forms[draw::place(random, names.forms.iter().map(|f| f64::from(f.weight))).unwrap_or_default()];
        let word = draw::one(random, &trade.words);
        let mut end = form.zh.as_str();
        for twice in ["科技", "贸易", "实业"] {
            if word.contains(twice) {
                end = end.strip_prefix(twice).unwrap_or(end);
            }
        }
        let city = if form.prefix {
            match random.random_range(0..100) {
                0..=57 => "厦门",
                58..=69 => "厦门市",
                _ => "",
            }
        } else {
            ""
        };
        let name = format!("{city}{}{word}{end}", draw::one(random, &names.brands));
        if used.insert(name.clone()) {
            return name;
        }
    }
}

/// A figure between two bounds on a logarithmic scale.
fn scaled(range: [i64; 2], at: f64) -> i64 {
    let (low, high) = (range[0].max(1) as f64, range[1].max(2) as f64);
    (low * (high / low).powf(at.clamp(0.0, 1.0))).round() as i64
}

/// Fen of 10,000 yuan.
const WAN: i64 = 1_000_000;

/// Fills the register of enterprises; `first` is the day of the first request.
///
/// # Errors
/// When the database fails.
pub(super) async fn fill(
    ctx: &Ctx,
    content: &Content,
    random: &mut ChaCha20Rng,
    count: usize,
    first: NaiveDate,
    progress: &mut Progress<'_>,
) -> Result<Firms, Fault> {
    const PART: usize = 500;
    let mut used = BTreeSet::new();
    let mut firms = Firms { all: Vec::with_capacity(count), by_trade: HashMap::new() };
    let weights: Vec<f64> = content.trades.iter().map(|t| f64::from(t.weight)).collect();
    progress("enterprises", 0, count as u64);
    while firms.all.len() < count {
        let part = PART.min(count - firms.all.len());
        let mut new = Vec::with_capacity(part);
        let mut trades = Vec::with_capacity(part);
        for i in 0..part {
            let n = firms.all.len() + i;
            // Every trade has some firms, however small the city.
            let trade = if n < content.trades.len() {
                &content.trades[n]
            } else {
                &content.trades[draw::place(random, weights.iter().copied()).unwrap_or_default()]
            };
            let districts: Vec<(&str, f64)> =
                trade.districts.iter().map(|(code, weight)| (code.as_str(), f64::from(*weight))).collect();
            let district = districts[draw::place(random, districts.iter().map(|d| d.1)).unwrap_or_default()].0;
            let at = random.random::<f64>().powf(1.7);
            let mut near = || (at + (random.random::<f64>() - 0.5) * 0.3).clamp(0.0, 1.0);
            let (revenue, assets) = (scaled(trade.revenue, near()), scaled(trade.assets, near()));
            let name = name(&content.names, trade, random, &mut used);
            let authority = if name.ends_with("商行") || name.ends_with("加工厂") || name.ends_with("工作室") {
                "92"
            } else {
                "91"
            };
            let age = random.random_range(200..8_400);
            // A few files lack a figure, as files do.
            let known = |random: &mut ChaCha20Rng, value: i64| (!draw::chance(random, 0.02)).then_some(value);
            new.push(NewEnterprise {
                code: Some(code(authority, district, 100_000 + n as u64)?),
                name,
                district: Some(district.to_owned()),
                industry: Some(trade.industry.clone()),
                staff: known(random, scaled(trade.staff, at)),
                revenue: known(random, revenue * WAN),
                assets: known(random, assets * WAN),
                founded: Some((first - Days::new(age)).to_string()),
                legal_representative: Some(person(&content.names, random)),
                contact: Some(person(&content.names, random)),
                phone: Some(phone(n as u64 + 1)),
                address: Some(address(&content.names, random, district)),
            });
            trades.push(trade.id.clone());
        }
        let work = ctx.write(&Viewer::System).await?;
        let ids = enterprises::create_many_in(&work, &new, Source::Demo).await?;
        work.commit().await?;
        for ((id, one), trade) in ids.into_iter().zip(new).zip(trades) {
            firms.by_trade.entry(trade).or_default().push(firms.all.len());
            firms.all.push(Firm {
                id,
                name: one.name,
                district: one.district.unwrap_or_default(),
                staff: one.staff.unwrap_or(20),
                contact: one.contact.unwrap_or_default(),
                phone: one.phone.unwrap_or_default(),
            });
        }
        progress("enterprises", firms.all.len() as u64, count as u64);
    }
    Ok(firms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_right_and_visibly_unissued() {
        for region in ["350203", "350298"] {
            let code = code("91", region, 100_004).unwrap();
            let checked = credit::check(&code).unwrap();
            assert!(checked.warnings.is_empty(), "{code}: {:?}", checked.warnings);
            assert!(code[8..].starts_with('Y'));
        }
    }

    #[test]
    fn phones_are_of_no_mobile_network_and_differ() {
        let phones: BTreeSet<String> = (0..6000).map(phone).collect();
        assert_eq!(phones.len(), 6000);
        for phone in phones {
            assert_eq!(huiqi_kernel::text::phone_check(&phone).unwrap(), phone);
        }
    }
}
