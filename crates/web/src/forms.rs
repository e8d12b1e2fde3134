//! Forms: raw input, read once, kept whole, with errors beside the fields.

use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;
use huiqi_kernel::locale::{Bilingual, Locale};

use crate::dates::number;
use crate::{Failure, t};

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Name of the field.
    pub field: String,
    /// Name of the file as the person's machine had it.
    pub name: String,
    /// Content.
    pub content: Bytes,
}

/// What was typed, and what is wrong with it. Nothing typed is ever thrown away: a page that shows errors shows the
/// values too.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    files: Vec<Upload>,
    errors: Vec<(String, Bilingual)>,
}

/// Longest text one field may hold, in characters, unless the form says otherwise.
pub const MAX_TEXT: usize = 4000;

impl Form {
    /// A form with these values, for a first showing or a test.
    pub fn with(values: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Form {
        Form { values: values.into_iter().map(|(k, v)| (k.into(), v.into())).collect(), ..Form::default() }
    }

    /// Reads `a=1&b=2`.
    pub fn parse(text: &[u8]) -> Form {
        Form {
            values: url::form_urlencoded::parse(text).map(|(k, v)| (k.into_owned(), clean(&v))).collect(),
            ..Form::default()
        }
    }

    /// The value of a field without blanks around it; empty where it was not sent.
    pub fn value(&self, field: &str) -> &str {
        self.values.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.trim())
    }

    /// All values of a field (check boxes).
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.trim())
    }

    /// Whether a box was ticked or a field sent at all.
    pub fn has(&self, field: &str) -> bool {
        self.values.iter().any(|(name, value)| name == field && !value.is_empty())
    }

    /// Sets a value, as when a register fills it in.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.values.retain(|(name, _)| name != field);
        self.values.push((field.to_owned(), value.into()));
    }

    /// Adds one more value of a field that may have several.
    pub fn add(&mut self, field: &str, value: impl Into<String>) {
        self.values.push((field.to_owned(), value.into()));
    }

    /// Every value sent.
    pub fn values(&self) -> &[(String, String)] {
        &self.values
    }

    /// Files sent with the form, empty file inputs left out.
    pub fn files(&self) -> &[Upload] {
        &self.files
    }

    /// Notes what is wrong with a field.
    pub fn fail(&mut self, field: &str, text: impl Fn(Locale) -> String) {
        self.errors.push((field.to_owned(), Bilingual::say(text)));
    }

    /// Notes what is wrong with a field, already said in both languages.
    pub fn fail_with(&mut self, field: &str, message: Bilingual) {
        self.errors.push((field.to_owned(), message));
    }

    /// What is wrong with this field.
    pub fn error(&self, field: &str, locale: Locale) -> Option<&str> {
        self.errors.iter().find(|(name, _)| name == field).map(|(_, message)| message.get(locale))
    }

    /// Everything that is wrong: field and what to change, for the summary.
    pub fn errors(&self, locale: Locale) -> Vec<(String, String)> {
        self.errors.iter().map(|(field, message)| (field.clone(), message.get(locale).to_owned())).collect()
    }

    /// Whether nothing is wrong so far.
    pub fn ok(&self) -> bool {
        self.errors.is_empty()
    }

    /// A text that must be there, at most `max` characters; notes an error and gives back what there is.
    pub fn required(&mut self, field: &str, max: usize, what: impl Fn(Locale) -> String) -> String {
        let value = self.value(field).to_owned();
        if value.is_empty() {
            self.fail(field, |l| t(l).field_required(what(l)));
        } else {
            self.bounded(field, &value, max, what);
        }
        value
    }

    /// A text that may be left out, at most `max` characters.
    pub fn optional(&mut self, field: &str, max: usize, what: impl Fn(Locale) -> String) -> Option<String> {
        let value = self.value(field).to_owned();
        self.bounded(field, &value, max, what);
        (!value.is_empty()).then_some(value)
    }

    fn bounded(&mut self, field: &str, value: &str, max: usize, what: impl Fn(Locale) -> String) {
        let count = value.chars().count();
        if count > max {
            let (most, over) = (number(max as i64), number((count - max) as i64));
            self.fail(field, |l| t(l).field_too_long(what(l), most.as_str(), over.as_str()));
        }
    }

    /// One of the codes of a list; notes an error when nothing fitting was chosen.
    pub fn choice<T>(
        &mut self,
        field: &str,
        parse: impl Fn(&str) -> Option<T>,
        what: impl Fn(Locale) -> String,
    ) -> Option<T> {
        let found = parse(self.value(field));
        if found.is_none() {
            self.fail(field, |l| t(l).field_choose(what(l)));
        }
        found
    }

    /// The version of the record the form was shown with.
    pub fn version(&self) -> i64 {
        self.value("version").parse().unwrap_or(-1)
    }
}

/// Control characters other than line breaks are dropped, line ends become `\n`.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect()
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Form, Failure> {
        let kind = request
            .headers()
            .get(axum::http::header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        if kind.starts_with("multipart/form-data") {
            let mut multipart = Multipart::from_request(request, state).await.map_err(|_| Failure::unreadable())?;
            let mut form = Form::default();
            while let Some(field) = multipart.next_field().await.map_err(|_| Failure::unreadable())? {
                let name = field.name().unwrap_or_default().to_owned();
                if let Some(file) = field.file_name().map(str::to_owned) {
                    let content = field.bytes().await.map_err(|_| Failure::too_large())?;
                    if !file.is_empty() && !content.is_empty() {
                        form.files.push(Upload { field: name, name: base_name(&file), content });
                    }
                } else {
                    let text = field.text().await.map_err(|_| Failure::unreadable())?;
                    form.values.push((name, clean(&text)));
                }
            }
            Ok(form)
        } else {
            let body = Bytes::from_request(request, state).await.map_err(|_| Failure::too_large())?;
            Ok(Form::parse(&body))
        }
    }
}

/// The last part of a file name, without folders and control characters, at most 120 characters.
pub fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays() {
        let mut form = Form::parse("a=+x+&b=%00y%0D%0Az".as_bytes());
        assert_eq!(form.value("a"), "x");
        assert_eq!(form.value("b"), "y\nz");
        form.required("c", 10, |_| "C".into());
        form.required("a", 10, |_| "A".into());
        assert!(!form.ok());
        assert_eq!(form.errors(Locale::En).len(), 1);
        assert_eq!(form.value("a"), "x");
    }

    #[test]
    fn folders_are_cut_from_file_names() {
        assert_eq!(base_name("C:\\fakepath\\样品.pdf"), "样品.pdf");
        assert_eq!(base_name("../../etc/passwd"), "passwd");
    }
}
