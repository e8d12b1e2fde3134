//! Settings of the gateway. They hold secrets, so they stand in the program's configuration and never in the database;
//! the program hands them over once, at start.

use std::collections::BTreeMap;
use std::sync::Arc;

use huiqi_store::Ctx;

use super::templates::{TEXTS, Template};

/// How messages reach phones.
#[derive(Clone)]
pub struct GatewayConfig {
    /// Who sends text messages; `None`: messages wait on the outbox page.
    pub sms: Option<SmsConfig>,
    /// A WeChat service account, for people who have bound theirs; tried before text messages.
    pub wechat: Option<WechatConfig>,
    /// A short address of this site for links; `None`: its public address.
    pub link_url: Option<String>,
    /// From when nothing goes out, in minutes of the day.
    pub quiet_from: u16,
    /// Until when; the same as `quiet_from` means no quiet hours.
    pub quiet_until: u16,
    /// Messages to one phone on one day, codes apart.
    pub per_person: i64,
    /// Messages to all phones on one day. Codes count, but are not held back by it.
    pub per_day: i64,
    /// Calls before a message is given up.
    pub tries: i64,
    /// How long a call may take, in milliseconds.
    pub timeout_ms: u64,
}

impl Default for GatewayConfig {
    fn default() -> GatewayConfig {
        GatewayConfig {
            sms: None,
            wechat: None,
            link_url: None,
            quiet_from: 21 * 60,
            quiet_until: 8 * 60,
            per_person: 5,
            per_day: 2000,
            tries: 8,
            timeout_ms: 10_000,
        }
    }
}

/// A provider of text messages.
#[derive(Clone)]
pub struct SmsConfig {
    /// Address before `/messages`.
    pub url: String,
    /// Name of our account there.
    pub account: String,
    /// The secret both sides sign with.
    pub secret: String,
    /// Signature before the text, without its brackets.
    pub sign: String,
    /// Names of our texts at the provider, by our codes; a text that is not named goes under our code.
    pub templates: BTreeMap<String, String>,
}

/// A service account of WeChat.
#[derive(Clone)]
pub struct WechatConfig {
    /// Address of WeChat, `https://api.weixin.qq.com`.
    pub url: String,
    /// Name of the account, as people find it.
    pub name: String,
    /// AppID.
    pub app_id: String,
    /// AppSecret.
    pub secret: String,
    /// Token of the message push.
    pub token: String,
    /// Templates by our codes; a text without one goes by text message.
    pub templates: BTreeMap<String, WechatTemplate>,
}

/// A template of the service account.
#[derive(Clone, Debug)]
pub struct WechatTemplate {
    /// Its id at WeChat.
    pub id: String,
    /// Its fields by our places; `words` is the text without number and link.
    pub fields: BTreeMap<String, String>,
}

impl GatewayConfig {
    /// What was handed over at start, or the defaults.
    pub fn of(ctx: &Ctx) -> Arc<GatewayConfig> {
        ctx.provided().unwrap_or_default()
    }

    /// Why this cannot work, in one sentence each.
    pub fn faults(&self, public_url: &str) -> Vec<String> {
        let mut faults = Vec::new();
        if let Some(wechat) = &self.wechat {
            for (code, template) in &wechat.templates {
                let Some(known) = Template::from_code(code) else {
                    faults.push(format!("wechat templates: there is no text {code:?}"));
                    continue;
                };
                let words = TEXTS.newest(known);
                for place in template.fields.keys().filter(|p| p.as_str() != "words" && !words.has(p)) {
                    faults.push(format!("wechat templates: the text {code} has no place {place:?}"));
                }
            }
        }
        let Some(sms) = &self.sms else { return faults };
        let address = self.link_url.as_deref().unwrap_or(public_url);
        for (code, characters) in TEXTS.too_long(&sms.mark(), address) {
            faults.push(format!(
                "sms: the text {code} may have {characters} characters, more than {}; set a shorter link_url or sign",
                super::LONGEST
            ));
        }
        for code in sms.templates.keys().filter(|code| Template::from_code(code).is_none()) {
            faults.push(format!("sms templates: there is no text {code:?}"));
        }
        if sms.secret.len() < 16 {
            faults.push("sms: the secret has fewer than 16 characters".to_owned());
        }
        faults
    }
}

impl SmsConfig {
    /// The signature in its brackets.
    pub fn mark(&self) -> String {
        format!("\u{3010}{}\u{3011}", self.sign)
    }

    /// Whether the provider is reached in a way that nobody can listen to.
    pub fn is_private(&self) -> bool {
        self.url.starts_with("https://") || is_here(&self.url)
    }
}

/// Whether a provider, or a program before it, runs on this machine.
pub(super) fn is_here(url: &str) -> bool {
    url::Url::parse(url).ok().is_some_and(|url| match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    })
}

/// Whether text messages go out by themselves.
pub fn is_set(ctx: &Ctx) -> bool {
    GatewayConfig::of(ctx).sms.is_some()
}
