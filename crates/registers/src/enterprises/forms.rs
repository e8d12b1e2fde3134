//! From what was typed to a record.

use huiqi_kernel::credit;
use huiqi_kernel::district::District;
use huiqi_kernel::industry::Industry;
use huiqi_web::Form;

use super::NewEnterprise;
use crate::imports::cells;
use crate::{parts, said, t};

/// Longest name of an organisation, in characters.
const NAME: usize = 100;

/// Reads a record; `None` where something is wrong, noted beside its field. `kept_phone` stays where the phone was left
/// empty.
pub(crate) fn read(
    form: &mut Form,
    today: chrono::NaiveDate,
    code: Option<String>,
    kept_phone: Option<String>,
) -> Option<NewEnterprise> {
    let name = form.required("name", NAME, |l| t(l).registers_name());
    let industry = form.optional("industry", 20, |l| t(l).registers_industry()).and_then(|typed| {
        Industry::parse(&typed)
            .map(|industry| industry.code().to_owned())
            .map_err(|_| form.fail("industry", |l| t(l).imports_industry(t(l).registers_industry())))
            .ok()
    });
    let new = NewEnterprise {
        name: cells::tidy_name(&name),
        code,
        district: parts::read_code(form, "district", |c| District::by_code(c).is_some()),
        industry,
        staff: parts::read_count(form, "staff"),
        revenue: parts::read_wan(form, "revenue"),
        assets: parts::read_wan(form, "assets"),
        founded: parts::read_day(form, "founded", Some(today)),
        legal_representative: form.optional("legal_representative", 60, |l| t(l).registers_legal()),
        contact: form.optional("contact", 60, |l| t(l).registers_contact()),
        phone: parts::read_phone(form, "phone").or(kept_phone),
        address: form.optional("address", 200, |l| t(l).registers_address()),
    };
    form.ok().then_some(new)
}

/// Reads a credit code that may be left out. A code that is right but unusual is taken when the box says so.
pub fn read_credit_code(form: &mut Form) -> Option<String> {
    let typed = form.optional("code", 60, |l| t(l).registers_code())?;
    match credit::check(&typed) {
        Ok(checked) => {
            if let Some(warning) = checked.warnings.first()
                && form.value("code_anyway") != "yes"
            {
                form.fail("code", |l| said::code_warning(warning, l));
                form.set("code_warned", "yes");
            }
            Some(checked.code.as_str().to_owned())
        }
        Err(error) => {
            form.fail("code", |l| said::code_error(error, l));
            None
        }
    }
}
