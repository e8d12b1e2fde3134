//! From what was typed to a window.

use huiqi_identity::organisations::WindowState;
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_web::Form;

use super::{ClusterRow, Kind, Level, NewWindow};
use crate::imports::cells;
use crate::{parts, t};

/// Reads a window run by an organisation; `None` where something is wrong, noted beside its field.
pub(super) fn read(form: &mut Form, organisation: i64, clusters: &[ClusterRow]) -> Option<NewWindow> {
    let name = form.required("name", 100, |l| t(l).registers_name());
    let kind = form.choice("kind", Kind::from_code, |l| t(l).registers_kind());
    let state = form.choice("state", WindowState::from_code, |l| t(l).registers_state());
    let mut categories: Vec<String> =
        form.all("categories").filter_map(Category::by_code).map(|c| c.code().to_owned()).collect();
    categories.sort_unstable();
    categories.dedup();
    let level = Level::from_code(form.value("level"));
    let district = parts::read_code(form, "district", |c| District::by_code(c).is_some());
    let cluster = parts::read_code(form, "cluster", |c| clusters.iter().any(|k| k.code == c));
    match kind {
        Some(Kind::Comprehensive) if district.is_none() => form.fail("district", |l| t(l).windows_district_missing()),
        Some(Kind::Cluster) if cluster.is_none() => form.fail("cluster", |l| t(l).windows_cluster_missing()),
        Some(kind) if kind.has_level() && level.is_none() => form.fail("level", |l| t(l).windows_level_missing()),
        _ => {}
    }
    let since = parts::read_day(form, "since", None);
    let until = parts::read_day(form, "until", None);
    if let (Some(from), Some(to)) = (&since, &until)
        && from > to
    {
        form.fail("until", |l| t(l).windows_until_before());
    }
    let new = NewWindow {
        organisation,
        name: cells::tidy_name(&name),
        name_en: form.optional("name_en", 200, |l| t(l).registers_name_en()),
        state: state.unwrap_or(WindowState::Preparing),
        kind: kind.unwrap_or(Kind::Comprehensive),
        level: level.filter(|_| kind.is_some_and(Kind::has_level)),
        district,
        cluster: cluster.filter(|_| kind == Some(Kind::Cluster)),
        categories,
        address: form.optional("address", 200, |l| t(l).registers_address()),
        phone: parts::read_phone(form, "phone"),
        hours: form.optional("hours", 200, |l| t(l).registers_hours()),
        hours_en: form.optional("hours_en", 300, |l| t(l).registers_hours_en()),
        since,
        until,
        exception: form.optional("exception", 500, |l| t(l).registers_exception()),
    };
    form.ok().then_some(new)
}
