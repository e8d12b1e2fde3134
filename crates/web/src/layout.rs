//! The frame of every page: one struct around a body.
//!
//! Two rooms of one house (portal and workbench), a portal room with one question a screen, and the plain room of
//! official papers. Pages render their body first and hand it over; nothing extends anything.

use std::fmt;

use askama::Template;
use chrono::NaiveDate;

use crate::components::icon;
use crate::kernel::locale::Locale;
use crate::l10n::L10nLanguage;
use crate::{assets, dates, t};

/// Markup that is already escaped and goes into a page as it stands.
///
/// The only ways in are [`Html::text`], which escapes, and [`Html::raw`] and the public field, which promise that the
/// content is markup of our own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl Html {
    /// Plain words, escaped.
    pub fn text(words: &str) -> Html {
        let mut out = String::with_capacity(words.len() + 8);
        for c in words.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                _ => out.push(c),
            }
        }
        Html(out)
    }

    /// Markup of our own, taken as it stands.
    pub fn raw(markup: impl Into<String>) -> Html {
        Html(markup.into())
    }

    /// Nothing at all.
    pub const fn empty() -> Html {
        Html(String::new())
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup as text, for templates that test or measure it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Adds more markup at the end.
    #[must_use]
    pub fn and(mut self, more: &Html) -> Html {
        self.0.push_str(&more.0);
        self
    }

    /// Adds words at the end, escaped.
    #[must_use]
    pub fn say(self, words: &str) -> Html {
        self.and(&Html::text(words))
    }

    /// Several pieces, one after the other.
    pub fn concat(pieces: impl IntoIterator<Item = Html>) -> Html {
        Html(pieces.into_iter().map(|piece| piece.0).collect())
    }

    /// Puts markup in the place of a token of a message, whose other words are escaped.
    ///
    /// For sentences with a link or a date in their middle: format the message with `"{0}"`, `"{1}"` … as arguments,
    /// then fill them here.
    pub fn fill(message: &str, pieces: &[Html]) -> Html {
        let escaped = Html::text(message).0;
        let mut out = String::with_capacity(escaped.len() + pieces.iter().map(|piece| piece.0.len()).sum::<usize>());
        let mut rest = escaped.as_str();
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            rest = &rest[open..];
            let token = rest.find('}').and_then(|close| {
                let piece = rest[1..close].parse::<usize>().ok().and_then(|i| pieces.get(i))?;
                Some((piece, close + 1))
            });
            match token {
                Some((piece, length)) => {
                    out.push_str(&piece.0);
                    rest = &rest[length..];
                }
                None => {
                    out.push('{');
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
        Html(out)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// Words become markup by being escaped.
impl From<&str> for Html {
    fn from(words: &str) -> Html {
        Html::text(words)
    }
}

/// Words become markup by being escaped.
impl From<String> for Html {
    fn from(words: String) -> Html {
        Html::text(&words)
    }
}

/// Words become markup by being escaped.
impl From<&String> for Html {
    fn from(words: &String) -> Html {
        Html::text(words)
    }
}

/// Which frame a page stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// The wide teal head, dark nav, 17 px text: firms and the public.
    #[default]
    Portal,
    /// The slim head with search, white nav, dense rows: people at work.
    Desk,
    /// The portal without nav and search: one question a screen.
    Focus,
    /// The ground under an official paper: no head at all.
    Paper,
}

/// One entry of the main navigation.
#[derive(Clone, Debug, Default)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Its word.
    pub label: String,
    /// How many wait there, if it says so.
    pub count: Option<u64>,
    /// Whether the page shown is there.
    pub current: bool,
    /// Whether it and what follows stand at the far end.
    pub push: bool,
    /// Name of an icon before the word.
    pub icon: Option<&'static str>,
    /// The lists of this part, in a second row while one of them is open.
    pub below: Vec<NavItem>,
}

/// A membership a person may change to.
#[derive(Clone, Debug, Default)]
pub struct Switch {
    /// What is posted to `/acting`.
    pub membership: String,
    /// The capacity and organisation in words.
    pub label: String,
}

/// Who is signed in.
#[derive(Clone, Debug, Default)]
pub struct Who {
    /// Name of the person.
    pub name: String,
    /// Organisation and role in which the person acts now.
    pub acting_as: String,
    /// Notices not read yet.
    pub unread: u64,
    /// The person's other memberships.
    pub others: Vec<Switch>,
}

/// The tone of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FlashKind {
    /// It is done.
    Good,
    /// Look before you go on.
    Warn,
    /// It went wrong.
    Bad,
    /// Worth knowing.
    #[default]
    Info,
}

impl FlashKind {
    /// Class of a notice, with a blank before it; none for [`FlashKind::Info`].
    pub(crate) const fn class(self) -> &'static str {
        match self {
            FlashKind::Good => " is-good",
            FlashKind::Warn => " is-warn",
            FlashKind::Bad => " is-bad",
            FlashKind::Info => "",
        }
    }

    /// Name of the icon.
    pub(crate) const fn icon(self) -> &'static str {
        match self {
            FlashKind::Good => "done",
            FlashKind::Warn => "alert",
            FlashKind::Bad => "stop",
            FlashKind::Info => "info",
        }
    }
}

/// What the step before this page has to say; shown once.
#[derive(Clone, Debug, Default)]
pub struct Flash {
    /// Its tone.
    pub kind: FlashKind,
    /// One or two sentences; may hold a number or a link.
    pub text: Html,
}

/// Where a person's notices are; the bell in the head leads there.
pub const NOTICES: &str = "/notices";
/// Where a person's own account and sessions are.
pub const ACCOUNT: &str = "/me";

/// What stands under every page. Empty texts are left out.
#[derive(Clone, Debug, Default)]
pub struct FootInfo {
    /// Phone number of the hotline.
    pub hotline: String,
    /// When it is answered.
    pub hours: String,
    /// Whether it is answered at this moment.
    pub now: String,
    /// The closure of now or of the next days.
    pub closure: String,
    /// Address of the hall.
    pub hall: String,
    /// Who guides the network (Article 4).
    pub guide: String,
    /// Who manages it.
    pub manage: String,
    /// Who operates it.
    pub operate: String,
    /// Filing number of the site.
    pub filing: String,
    /// Groups of links to pages that exist: heading, then address and words of each.
    pub links: Vec<(String, Vec<(String, String)>)>,
}

/// Everything around a body.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Language of the page.
    pub locale: Locale,
    /// What the page is, for the tab; the product's name is added.
    pub title: String,
    /// The frame.
    pub room: Room,
    /// Entries of the main navigation.
    pub nav: Vec<NavItem>,
    /// Who is signed in, if anybody.
    pub who: Option<Who>,
    /// What the step before has to say.
    pub flash: Option<Flash>,
    /// Whether the data is made up, which every page then says.
    pub sample_note: bool,
    /// Which rule is in force, in one line of the foot.
    pub rule_line: Option<String>,
    /// The day it is in the network's place.
    pub today: NaiveDate,
    /// Whether it is a working day; unknown where the calendar ends.
    pub is_working: Option<bool>,
    /// Time of day at which the page was made, such as `10:42`.
    pub made_at: String,
    /// Path and query of this page, to come back to after the language was changed.
    pub path_for_switch: String,
    /// The foot.
    pub foot: FootInfo,
    /// Everything inside `<main>`.
    pub body: Html,
}

/// Where the body wants the message of the step before; without it the message stands on top.
const FLASH_SLOT: &str = "<!--flash-->";

/// Marks the place of the flash message within a body; `components::page_head` ends with one.
pub fn flash_slot() -> Html {
    Html(FLASH_SLOT.to_string())
}

#[derive(Template)]
#[template(path = "layout.html")]
struct Frame<'a> {
    l: &'a Layout,
    t: &'a L10nLanguage,
    body_class: &'static str,
    portal: bool,
    desk: bool,
    paper: bool,
    home: &'a str,
    switch: String,
    today: Html,
    main: Html,
}

impl Frame<'_> {
    fn icon(&self, name: &str) -> Html {
        icon(name)
    }

    fn use_of(&self, name: &str) -> Html {
        Html(format!("<use href=\"{}#i-{name}\"/>", assets::icons_url()))
    }

    /// The lists of the part that is open.
    fn below(&self) -> &[NavItem] {
        self.l.nav.iter().find(|item| item.current).map_or(&[], |item| &item.below)
    }

    fn network(&self) -> Html {
        Html(Html::text(&self.t.web_network()).0.replace('|', "<wbr>"))
    }
}

impl Layout {
    /// The whole page.
    pub fn render(&self) -> String {
        let t = t(self.locale);
        let main = match &self.flash {
            None => Html(self.body.0.replacen(FLASH_SLOT, "", 1)),
            Some(flash) => {
                let notice = crate::components::notice(flash.kind, None, &flash.text);
                if self.body.0.contains(FLASH_SLOT) {
                    Html(self.body.0.replacen(FLASH_SLOT, &notice.0, 1))
                } else {
                    Html(format!("<div class=\"wrap\">{notice}</div>{}", self.body))
                }
            }
        };
        let weekday = dates::date_full(self.today, self.locale);
        let weekday_word = dates::weekday_for(self.today, self.locale);
        let words = match self.is_working {
            Some(true) => t.web_today_is_working("{0}", weekday_word),
            Some(false) => t.web_today_is_off("{0}", weekday_word),
            None => t.web_today_is("{0}", weekday_word),
        };
        let other = self.locale.other().tag();
        let frame = Frame {
            l: self,
            t,
            body_class: match self.room {
                Room::Portal | Room::Focus => "portal",
                Room::Desk => "desk",
                Room::Paper => "papers",
            },
            portal: matches!(self.room, Room::Portal | Room::Focus),
            desk: self.room == Room::Desk,
            paper: self.room == Room::Paper,
            home: match self.room {
                Room::Desk => self.nav.first().map_or("/", |item| item.href.as_str()),
                _ => "/",
            },
            switch: format!("/language?to={other}&back={}", query_value(&self.path_for_switch)),
            today: Html::fill(&words, &[weekday]),
            main,
        };
        // Writing into a String fails only when a value's own Display fails, and none of ours does.
        frame.render().unwrap_or_default()
    }
}

/// A value made safe for a query string.
pub(crate) fn query_value(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(room: Room, locale: Locale) -> Layout {
        Layout {
            locale,
            room,
            title: "<b>&".into(),
            nav: vec![NavItem {
                href: "/inbox".into(),
                label: "收件箱".into(),
                count: Some(24),
                current: true,
                ..NavItem::default()
            }],
            who: Some(Who {
                name: "林<示宁".into(),
                acting_as: "派单员".into(),
                unread: 3,
                others: vec![Switch { membership: "m\"2".into(), label: "坐席".into() }],
            }),
            flash: Some(Flash { kind: FlashKind::Good, text: Html::text("a<b") }),
            today: NaiveDate::from_ymd_opt(2026, 10, 12).expect("day"),
            is_working: Some(true),
            made_at: "10:42".into(),
            path_for_switch: "/requests?q=电&x=1".into(),
            body: Html::raw(format!("<div class=\"wrap\"><h1>x</h1>{FLASH_SLOT}</div>")),
            ..Layout::default()
        }
    }

    #[test]
    fn words_are_escaped_markup_is_not() {
        assert_eq!(Html::text("<a href='x'>&\"").0, "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
        let page = sample(Room::Desk, Locale::Zh).render();
        assert!(page.contains("<title>&#60;b&#62;&#38; - ") || page.contains("<title>&lt;b&gt;&amp; - "));
        assert!(!page.contains("林<示宁"));
        assert!(!page.contains("value=\"m\"2\""));
        assert!(page.contains("<h1>x</h1><div class=\"notice is-good\" role=\"status\">"));
        assert!(page.contains("a&lt;b"));
        assert!(!page.contains(FLASH_SLOT));
    }

    #[test]
    fn the_language_switch_comes_back_here() {
        let page = sample(Room::Portal, Locale::Zh).render();
        assert!(page.contains("/language?to=en&#38;back=/requests%3Fq%3D%E7%94%B5%26x%3D1"), "{page}");
        assert!(sample(Room::Desk, Locale::En).render().contains("to=zh-CN"));
    }

    #[test]
    fn rooms_differ_in_their_frame_only() {
        for locale in Locale::ALL {
            let desk = sample(Room::Desk, locale).render();
            assert!(
                desk.contains("<body class=\"desk\">")
                    && desk.contains("action=\"/search\"")
                    && desk.contains("<nav class=\"nav\"")
            );
            let focus = sample(Room::Focus, locale).render();
            assert!(focus.contains("<body class=\"portal\">") && !focus.contains("<nav class=\"nav\""));
            let paper = sample(Room::Paper, locale).render();
            assert!(paper.contains("<body class=\"papers\">") && !paper.contains("<header class=\"masthead\""));
            for page in [desk, focus, paper] {
                assert!(!page.contains("style=") && !page.contains("onclick"));
                assert_eq!(page.matches("<main id=\"main\">").count(), 1);
            }
        }
    }

    #[test]
    fn no_flash_leaves_no_trace() {
        let mut page = sample(Room::Desk, Locale::Zh);
        page.flash = None;
        let page = page.render();
        assert!(!page.contains(FLASH_SLOT) && !page.contains("class=\"notice"));
    }

    #[test]
    fn fill_puts_markup_between_escaped_words() {
        let out = Html::fill("a<{0}>{1}", &[Html::raw("<i>{1}</i>"), Html::raw("<b/>")]);
        assert_eq!(out.0, "a&lt;<i>{1}</i>&gt;<b/>");
    }
}
