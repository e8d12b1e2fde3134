//! From what was typed to a record.

use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_web::Form;

use super::NewProvider;
use crate::imports::{cells, list_code};
use crate::{parts, t};

/// Reads a record; `None` where something is wrong, noted beside its field. `kept_phone` stays where the phone was left
/// empty.
pub(super) fn read(form: &mut Form, code: Option<String>, kept_phone: Option<String>) -> Option<NewProvider> {
    let name = form.required("name", 100, |l| t(l).registers_name());
    let mut categories: Vec<String> =
        form.all("categories").filter_map(Category::by_code).map(|c| c.code().to_owned()).collect();
    categories.sort_unstable();
    categories.dedup();
    if categories.is_empty() {
        form.fail("categories", |l| t(l).providers_categories_missing());
    }
    let new = NewProvider {
        name: cells::tidy_name(&name),
        code,
        district: parts::read_code(form, "district", |c| District::by_code(c).is_some()),
        nature: parts::read_code(form, "nature", |c| list_code("nature", c).is_some()),
        categories,
        profile: form.optional("profile", 2000, |l| t(l).registers_profile()),
        contact: form.optional("contact", 60, |l| t(l).registers_contact()),
        phone: parts::read_phone(form, "phone").or(kept_phone),
        address: form.optional("address", 200, |l| t(l).registers_address()),
    };
    form.ok().then_some(new)
}
