//! Where the settings of operation come from. Each is taken from the first of these that has it: the command line, the
//! environment, the file `huiqi.toml` in the data folder, the default.
//!
//! | command line     | environment                        | `huiqi.toml`           | default                    |
//! |------------------|------------------------------------|------------------------|----------------------------|
//! | `--data`         | `HUIQI_DATA`                       |                        | `./var`, `demo`: `./var/demo` |
//! | `--database-url` | `DATABASE_URL`, `HUIQI_DATABASE_URL` | `database_url`       | SQLite: `huiqi.db` in the data folder |
//! | `--listen`       | `HUIQI_LISTEN`                     | `listen`               | `127.0.0.1:8700`           |
//! | `--public-url`   | `HUIQI_PUBLIC_URL`                 | `public_url`           | none; `demo`: the address it listens on |
//! |                  | `HUIQI_TRUSTED_PROXIES`            | `trusted_proxies`      | none; addresses whose `X-Forwarded-For` is believed |
//! |                  | `HUIQI_MAIL_HOST`                  | `[mail] host`          | none: mails wait in the outbox |
//! |                  | `HUIQI_MAIL_PORT`                  | `[mail] port`          | 465, 587 or 25 by `tls`    |
//! |                  | `HUIQI_MAIL_TLS`                   | `[mail] tls`           | `tls` (or `starttls`, `none`) |
//! |                  | `HUIQI_MAIL_USER`                  | `[mail] user`          | none                       |
//! |                  | `HUIQI_MAIL_PASSWORD_FILE`         | `[mail] password_file` | none; relative to the data folder |
//! |                  | `HUIQI_MAIL_FROM`                  | `[mail] from`          | none; needed with a host   |
//! |                  | `HUIQI_SMS_URL`                    | `[sms] url`            | none: messages to phones wait on the outbox pages |
//! |                  | `HUIQI_SMS_ACCOUNT`                | `[sms] account`        | none; needed with an address |
//! |                  | `HUIQI_SMS_SECRET_FILE`            | `[sms] secret_file`    | none; needed with an address |
//! |                  | `HUIQI_SMS_SIGN`                   | `[sms] sign`           | none; needed with an address |
//! |                  |                                    | `[sms.templates]`      | our codes                  |
//! |                  |                                    | `[wechat]`             | none: no messages by WeChat |
//! |                  |                                    | `[gateway] link_url`   | `public_url`               |
//! |                  |                                    | `[gateway] quiet`      | `21:00-08:00`              |
//! |                  |                                    | `[gateway] per_person`, `per_day`, `tries` | 5, 2000, 8 |
//! |                  | `HUIQI_LOG`                        |                        | `info,sqlx=warn`; a filter of `tracing` |
//!
//! No password stands in the file or the environment: it is read from a file of its own.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use huiqi_identity::gateway::{GatewayConfig, SmsConfig, WechatConfig, WechatTemplate};
use huiqi_identity::notices::{MailConfig, MailSecurity};
use serde::Deserialize;

use crate::Problem;

/// Name of the settings file in the data folder.
pub const FILE: &str = "huiqi.toml";
/// Name of the embedded database in the data folder.
pub const DATABASE: &str = "huiqi.db";
/// Where the program listens unless told otherwise.
pub const LISTEN: &str = "127.0.0.1:8700";

/// What was given on the command line.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Data folder.
    pub data: Option<PathBuf>,
    /// Address of the database.
    pub database_url: Option<String>,
    /// Where to listen.
    pub listen: Option<SocketAddr>,
    /// Under which address people reach the site.
    pub public_url: Option<String>,
}

/// The settings of operation.
#[derive(Clone)]
pub struct Config {
    /// Data folder, absolute.
    pub data: PathBuf,
    /// Address of a database outside the data folder; `None`: the embedded one.
    pub database_url: Option<String>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Under which address people reach the site, without a slash at the end.
    pub public_url: Option<String>,
    /// Proxies in front of the program whose word about the other side is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How mail is sent; `None`: it waits in the outbox.
    pub mail: Option<MailConfig>,
    /// How messages reach phones.
    pub gateway: GatewayConfig,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    public_url: Option<String>,
    listen: Option<String>,
    database_url: Option<String>,
    #[serde(default)]
    trusted_proxies: Vec<String>,
    #[serde(default)]
    mail: MailFile,
    #[serde(default)]
    gateway: GatewayFile,
    #[serde(default)]
    sms: SmsFile,
    wechat: Option<WechatFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WechatFile {
    url: Option<String>,
    name: String,
    app_id: String,
    secret_file: PathBuf,
    token_file: PathBuf,
    #[serde(default)]
    templates: BTreeMap<String, WechatTemplateFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WechatTemplateFile {
    id: String,
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct GatewayFile {
    link_url: Option<String>,
    quiet: Option<String>,
    per_person: Option<i64>,
    per_day: Option<i64>,
    tries: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SmsFile {
    url: Option<String>,
    account: Option<String>,
    secret_file: Option<PathBuf>,
    sign: Option<String>,
    #[serde(default)]
    templates: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailFile {
    host: Option<String>,
    port: Option<u16>,
    tls: Option<String>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    from: Option<String>,
}

impl Config {
    /// Reads the settings. `env` gives the value of a variable, `folder` is where the data is unless somebody says so.
    ///
    /// # Errors
    /// When a file cannot be read or a value is not what it should be; the sentence names it.
    pub fn read(given: &Given, folder: &str, env: impl Fn(&str) -> Option<String>) -> Result<Config, Problem> {
        let env = |name: &str| env(name).filter(|value| !value.trim().is_empty());
        let data = given.data.clone().or_else(|| env("HUIQI_DATA").map(PathBuf::from)).unwrap_or_else(|| folder.into());
        let data = std::path::absolute(&data)
            .map_err(|error| Problem::setup(format!("the data folder {}: {error}", data.display())))?;
        let file = read_file(&data.join(FILE))?;
        let listen = match (given.listen, env("HUIQI_LISTEN").or(file.listen)) {
            (Some(listen), _) => listen,
            (None, Some(text)) => text
                .parse()
                .map_err(|_| Problem::setup(format!("listen: {text:?} is not an address such as {LISTEN}")))?,
            (None, None) => LISTEN.parse().map_err(|_| Problem::setup("the default address cannot be read"))?,
        };
        let public_url = match given.public_url.clone().or_else(|| env("HUIQI_PUBLIC_URL")).or(file.public_url) {
            Some(text) => Some(public_url(&text)?),
            None => None,
        };
        Ok(Config {
            database_url: given
                .database_url
                .clone()
                .or_else(|| env("HUIQI_DATABASE_URL"))
                .or_else(|| env("DATABASE_URL"))
                .or(file.database_url),
            listen,
            public_url,
            trusted_proxies: proxies(env("HUIQI_TRUSTED_PROXIES"), file.trusted_proxies)?,
            mail: mail(file.mail, &data, &env)?,
            gateway: gateway(file.gateway, file.sms, file.wechat, &data, &env)?,
            data,
        })
    }

    /// Reads the settings from the process's own environment.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn here(given: &Given, folder: &str) -> Result<Config, Problem> {
        Config::read(given, folder, |name| std::env::var(name).ok())
    }

    /// The embedded database's file, where that is what is used.
    pub fn database_file(&self) -> Option<PathBuf> {
        self.database_url.is_none().then(|| self.data.join(DATABASE))
    }

    /// The address of the database.
    pub fn url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| sqlite_url(&self.data.join(DATABASE)))
    }
}

/// The address of an embedded database. Characters that mean something in an address are written as what they are.
pub fn sqlite_url(file: &Path) -> String {
    let path = file.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite://{path}")
}

fn read_file(path: &Path) -> Result<File, Problem> {
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|error| Problem::setup(format!("{}: {error}", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(File::default()),
        Err(error) => Err(Problem::setup(format!("{}: {error}", path.display()))),
    }
}

/// An address of a site: `http` or `https`, a host, nothing behind it.
///
/// # Errors
/// When it is anything else.
pub fn public_url(text: &str) -> Result<String, Problem> {
    let wrong = || {
        Problem::setup(format!(
            "public_url: {text:?} is not the address of a site such as https://huiqi.example.org, without path or query"
        ))
    };
    let url = url::Url::parse(text.trim()).map_err(|_| wrong())?;
    let bare = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    if bare { Ok(url.origin().ascii_serialization()) } else { Err(wrong()) }
}

/// Addresses of proxies: from the environment, separated by commas, or from the file.
fn proxies(env: Option<String>, file: Vec<String>) -> Result<Vec<IpAddr>, Problem> {
    let texts = env.map_or(file, |text| text.split(',').map(|part| part.trim().to_owned()).collect());
    texts
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| {
            text.parse()
                .map_err(|_| Problem::setup(format!("trusted_proxies: {text:?} is not an address such as 127.0.0.1")))
        })
        .collect()
}

fn mail(file: MailFile, data: &Path, env: &dyn Fn(&str) -> Option<String>) -> Result<Option<MailConfig>, Problem> {
    let Some(host) = env("HUIQI_MAIL_HOST").or(file.host) else {
        return Ok(None);
    };
    let (security, usual) = match env("HUIQI_MAIL_TLS").or(file.tls).as_deref().unwrap_or("tls") {
        "tls" => (MailSecurity::Tls, 465),
        "starttls" => (MailSecurity::StartTls, 587),
        "none" => (MailSecurity::None, 25),
        other => return Err(Problem::setup(format!("mail tls: {other:?} is none of tls, starttls, none"))),
    };
    let port = match env("HUIQI_MAIL_PORT") {
        Some(text) => text.parse().map_err(|_| Problem::setup(format!("HUIQI_MAIL_PORT: {text:?} is not a port")))?,
        None => file.port.unwrap_or(usual),
    };
    let login = match env("HUIQI_MAIL_USER").or(file.user) {
        None => None,
        Some(user) => {
            let path = env("HUIQI_MAIL_PASSWORD_FILE").map(PathBuf::from).or(file.password_file).ok_or_else(|| {
                Problem::setup("mail: a user needs a password_file; the password itself stands in no setting")
            })?;
            let path = data.join(path);
            let password = std::fs::read_to_string(&path)
                .map_err(|error| Problem::setup(format!("mail password_file {}: {error}", path.display())))?;
            Some((user, password.trim_end_matches(['\r', '\n']).to_owned()))
        }
    };
    let from = env("HUIQI_MAIL_FROM")
        .or(file.from)
        .ok_or_else(|| Problem::setup("mail: a host needs a sender: from = \"Huiqi <no-reply@example.org>\""))?;
    Ok(Some(MailConfig { host, port, security, login, from }))
}

fn gateway(
    file: GatewayFile,
    sms: SmsFile,
    wechat: Option<WechatFile>,
    data: &Path,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<GatewayConfig, Problem> {
    let usual = GatewayConfig::default();
    let (quiet_from, quiet_until) = match &file.quiet {
        None => (usual.quiet_from, usual.quiet_until),
        Some(text) => {
            text.split_once('-').and_then(|(from, until)| Some((minute(from)?, minute(until)?))).ok_or_else(|| {
                Problem::setup(format!("gateway quiet: {text:?} is not two times such as \"21:00-08:00\""))
            })?
        }
    };
    let above_zero = |name: &str, value: Option<i64>, usual: i64| match value {
        Some(n) if n < 1 => Err(Problem::setup(format!("gateway {name}: {n} is not above zero"))),
        value => Ok(value.unwrap_or(usual)),
    };
    Ok(GatewayConfig {
        sms: self::sms(sms, data, env)?,
        wechat: wechat.map(|file| self::wechat(file, data)).transpose()?,
        link_url: file.link_url.as_deref().map(public_url).transpose()?,
        quiet_from,
        quiet_until,
        per_person: above_zero("per_person", file.per_person, usual.per_person)?,
        per_day: above_zero("per_day", file.per_day, usual.per_day)?,
        tries: above_zero("tries", file.tries, usual.tries)?,
        ..usual
    })
}

fn wechat(file: WechatFile, data: &Path) -> Result<WechatConfig, Problem> {
    let read = |name: &str, path: &Path| {
        let path = data.join(path);
        std::fs::read_to_string(&path)
            .map(|text| text.trim().to_owned())
            .map_err(|error| Problem::setup(format!("wechat {name} {}: {error}", path.display())))
    };
    Ok(WechatConfig {
        url: file.url.unwrap_or_else(|| "https://api.weixin.qq.com".to_owned()).trim_end_matches('/').to_owned(),
        secret: read("secret_file", &file.secret_file)?,
        token: read("token_file", &file.token_file)?,
        name: file.name,
        app_id: file.app_id,
        templates: file
            .templates
            .into_iter()
            .map(|(code, template)| (code, WechatTemplate { id: template.id, fields: template.fields }))
            .collect(),
    })
}

/// Minutes of the day of a time such as `21:00`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn sms(file: SmsFile, data: &Path, env: &dyn Fn(&str) -> Option<String>) -> Result<Option<SmsConfig>, Problem> {
    let Some(text) = env("HUIQI_SMS_URL").or(file.url) else {
        return Ok(None);
    };
    let url = url::Url::parse(text.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some() && url.query().is_none())
        .ok_or_else(|| {
            Problem::setup(format!("sms url: {text:?} is not an address such as https://sms.example.org/v1"))
        })?;
    let missing = |name: &str| Problem::setup(format!("sms: an url needs {name} as well"));
    let path = env("HUIQI_SMS_SECRET_FILE")
        .map(PathBuf::from)
        .or(file.secret_file)
        .ok_or_else(|| Problem::setup("sms: an url needs a secret_file; the secret itself stands in no setting"))?;
    let path = data.join(path);
    let secret = std::fs::read_to_string(&path)
        .map_err(|error| Problem::setup(format!("sms secret_file {}: {error}", path.display())))?;
    Ok(Some(SmsConfig {
        url: url.as_str().trim_end_matches('/').to_owned(),
        account: env("HUIQI_SMS_ACCOUNT").or(file.account).ok_or_else(|| missing("an account"))?,
        secret: secret.trim().to_owned(),
        sign: env("HUIQI_SMS_SIGN").or(file.sign).ok_or_else(|| missing("a sign"))?,
        templates: file.templates,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, given: &Given, env: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), file).unwrap();
        std::fs::write(folder.path().join("secret"), "geheim\n").unwrap();
        let given = Given { data: Some(folder.path().to_owned()), ..given.clone() };
        Config::read(&given, "unused", |name| {
            env.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
        })
        .map_err(|problem| problem.to_string())
    }

    #[test]
    fn the_command_line_wins_then_the_environment_then_the_file() {
        let file = "public_url = 'https://file.example'\nlisten = '127.0.0.1:1'\ndatabase_url = 'postgres://file'\n";
        let config = read(file, &Given::default(), &[]).unwrap();
        assert_eq!(config.public_url.as_deref(), Some("https://file.example"));
        assert_eq!(config.listen.port(), 1);
        assert_eq!(config.url(), "postgres://file");
        let env = [
            ("HUIQI_PUBLIC_URL", "https://env.example/"),
            ("HUIQI_LISTEN", "127.0.0.1:2"),
            ("DATABASE_URL", "postgres://env"),
        ];
        let config = read(file, &Given::default(), &env).unwrap();
        assert_eq!(config.public_url.as_deref(), Some("https://env.example"));
        assert_eq!((config.listen.port(), config.url().as_str()), (2, "postgres://env"));
        let given = Given {
            listen: Some("127.0.0.1:3".parse().unwrap()),
            public_url: Some("http://given.example:8700".into()),
            database_url: Some("postgres://given".into()),
            data: None,
        };
        let config = read(file, &given, &env).unwrap();
        assert_eq!(config.public_url.as_deref(), Some("http://given.example:8700"));
        assert_eq!((config.listen.port(), config.url().as_str()), (3, "postgres://given"));
    }

    #[test]
    fn nothing_set_means_the_embedded_database_and_no_public_address() {
        let config = read("", &Given::default(), &[]).unwrap();
        assert!(config.public_url.is_none() && config.mail.is_none());
        assert_eq!(config.listen.to_string(), LISTEN);
        assert!(config.url().starts_with("sqlite:///") && config.url().ends_with("/huiqi.db"));
        assert_eq!(sqlite_url(Path::new("/a b/50%?#")), "sqlite:///a b/50%25%3F%23");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |file: &str| read(file, &Given::default(), &[]).err().unwrap();
        assert!(wrong("publik_url = 'x'").contains("publik_url"));
        assert!(wrong("listen = 'here'").contains("\"here\""));
        for url in ["huiqi.example.org", "https://x.example/path", "ftp://x.example", "https://x.example/?a=1"] {
            assert!(wrong(&format!("public_url = '{url}'")).contains(url), "{url}");
        }
        assert!(wrong("[mail]\nhost = 'm'").contains("from"));
        assert!(wrong("[mail]\nhost = 'm'\nfrom = 'a@b'\nuser = 'u'").contains("password_file"));
        assert!(wrong("[mail]\nhost = 'm'\nfrom = 'a@b'\ntls = 'ssl'").contains("\"ssl\""));
    }

    #[test]
    fn the_gateway_is_unset_or_whole() {
        let none = read("", &Given::default(), &[]).unwrap().gateway;
        assert!(none.sms.is_none());
        assert_eq!((none.quiet_from, none.quiet_until, none.per_person), (1260, 480, 5));
        let file = "[sms]\nurl = 'https://sms.example/v1/'\naccount = 'huiqi'\nsign = '慧企云'\nsecret_file = 'secret'\n\
                    [sms.templates]\ncode = 'SMS_1'\n\
                    [gateway]\nquiet = '22:30-07:00'\nper_person = 3\nlink_url = 'https://hq.example'";
        let set = read(file, &Given::default(), &[]).unwrap().gateway;
        let sms = set.sms.clone().unwrap();
        assert_eq!(
            (sms.url.as_str(), sms.secret.as_str(), sms.mark().as_str()),
            ("https://sms.example/v1", "geheim", "【慧企云】")
        );
        assert_eq!((set.quiet_from, set.quiet_until, set.per_person, set.per_day), (1350, 420, 3, 2000));
        assert_eq!(set.faults("https://huiqi.example").len(), 1, "the secret of this test is short");
        assert!(set.faults("https://huiqi.example")[0].contains("secret"));
        let file = "[wechat]\nname = '慧企云'\napp_id = 'wx1'\nsecret_file = 'secret'\ntoken_file = 'secret'\n\
                    [wechat.templates.request-accepted]\nid = 'T1'\nfields = { number = 'character_string1', place = 'x' }";
        let set = read(file, &Given::default(), &[]).unwrap().gateway;
        assert_eq!(set.wechat.as_ref().map(|w| w.token.as_str()), Some("geheim"));
        assert!(set.faults("https://huiqi.example")[0].contains("\"place\""));
        let wrong = |file: &str| read(file, &Given::default(), &[]).err().unwrap();
        assert!(wrong("[wechat]\nname = 'x'").contains("app_id"));
        assert!(wrong("[sms]\nurl = 'sms.example'").contains("sms.example"));
        assert!(wrong("[sms]\nurl = 'https://s'").contains("secret_file"));
        assert!(wrong("[sms]\nurl = 'https://s'\nsecret_file = 'secret'").contains("account"));
        assert!(wrong("[gateway]\nquiet = 'at night'").contains("at night"));
        assert!(wrong("[gateway]\nper_day = 0").contains("per_day"));
    }

    #[test]
    fn the_password_of_the_mail_server_comes_from_its_file() {
        let file = "[mail]\nhost = 'm'\nfrom = 'a@b'\nuser = 'u'\npassword_file = 'secret'\ntls = 'starttls'";
        let mail = read(file, &Given::default(), &[("HUIQI_MAIL_HOST", "n")]).unwrap().mail.unwrap();
        assert_eq!((mail.host.as_str(), mail.port, mail.security), ("n", 587, MailSecurity::StartTls));
        assert_eq!(mail.login, Some(("u".into(), "geheim".into())));
    }
}
