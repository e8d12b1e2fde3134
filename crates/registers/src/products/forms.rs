//! From what was typed to a product.

use huiqi_kernel::category::Category;
use huiqi_web::Form;

use super::NewProduct;
use crate::imports::{cells, list_code};
use crate::{parts, t};

/// Reads a product of a provider; `None` where something is wrong, noted beside its field.
pub(super) fn read(form: &mut Form, provider: i64) -> Option<NewProduct> {
    let name = form.required("name", 100, |l| t(l).registers_name());
    let category = form.choice("category", Category::by_code, |l| t(l).registers_category());
    let modes: Vec<String> =
        form.all("modes").filter(|m| list_code("mode", m) == Some(*m)).map(str::to_owned).collect();
    let new = NewProduct {
        provider,
        provider_code: None,
        name: cells::tidy(&name),
        category: category.map_or_else(String::new, |c| c.code().to_owned()),
        description: form.optional("description", 2000, |l| t(l).registers_description()),
        fee: parts::read_code(form, "fee", |c| list_code("fee", c).is_some()),
        price: form.optional("price", 200, |l| t(l).registers_price()),
        modes,
        days: parts::read_count(form, "days"),
    };
    form.ok().then_some(new)
}
