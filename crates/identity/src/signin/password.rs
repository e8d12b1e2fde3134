//! Passwords and account names: what is good enough, and how a password is kept.
//!
//! No composition rules: ten characters at least, none of the common ones, not the account or the name. Kept as
//! argon2id; the parameters stand in one place, [`PARAMS`], and inside each hash, so that they can be raised later.

use std::collections::HashSet;
use std::sync::LazyLock;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use huiqi_kernel::locale::Locale;
use huiqi_store::{Ctx, Fault};
use rand::RngCore;
use tokio::sync::Semaphore;

use crate::t;

/// Fewest characters of a password.
pub const MIN: usize = 10;
/// Most characters of a password.
pub const MAX: usize = 200;

/// Memory in KiB, passes, lanes: 19 MiB and two passes, about 30 ms. The same in development, because argon2 is built
/// optimised there too.
const PARAMS: (u32, u32, u32) = (19 * 1024, 2, 1);

/// No more passwords than this are hashed at once, so that many sign-ins together cannot take all memory.
static TURNSTILE: Semaphore = Semaphore::const_new(4);

/// Common passwords and their beginnings, one a line, lower case.
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/common-passwords.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Why a password is not good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// So many characters are missing.
    Short(usize),
    /// Longer than [`MAX`].
    Long,
    /// Among the ones tried first by everybody who guesses.
    Common,
    /// One character repeated, or digits in a row.
    Monotonous,
    /// The account, the name, or another thing everybody knows of the person.
    Known,
}

impl Weak {
    /// What to change.
    pub fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Weak::Short(missing) => m.signin_password_short(MIN as i64, missing as i64),
            Weak::Long => m.signin_password_long(MAX as i64),
            Weak::Common => m.signin_password_common(),
            Weak::Monotonous => m.signin_password_monotonous(),
            Weak::Known => m.signin_password_known(),
        }
    }
}

/// Whether a password is good enough; `known` are texts it must not be (account, name, phone).
///
/// # Errors
/// See [`Weak`].
pub fn check(password: &str, known: &[&str]) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < MIN {
        return Err(Weak::Short(MIN - length));
    }
    if length > MAX {
        return Err(Weak::Long);
    }
    let lower = password.to_lowercase();
    if known.iter().any(|k| !k.is_empty() && k.to_lowercase() == lower) {
        return Err(Weak::Known);
    }
    if is_monotonous(&lower) {
        return Err(Weak::Monotonous);
    }
    // A common word stays common with a year or a few marks after it.
    let base = lower.trim_end_matches(|c: char| !c.is_alphabetic());
    let tail = length - base.chars().count();
    if COMMON.contains(lower.as_str()) || (tail <= 6 && COMMON.contains(base)) {
        return Err(Weak::Common);
    }
    Ok(())
}

/// At most three different characters, or each one following the one before.
fn is_monotonous(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let different: HashSet<char> = chars.iter().copied().collect();
    let step = |by: i64| {
        chars.windows(2).all(|pair| {
            let (a, b) = (i64::from(u32::from(pair[0])), i64::from(u32::from(pair[1])));
            b - a == by
                || (pair[0] == '9' && pair[1] == '0' && by == 1)
                || (pair[0] == '0' && pair[1] == '9' && by == -1)
        })
    };
    different.len() <= 3 || step(1) || step(-1)
}

/// Why a text is no account name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadLogin {
    /// Shorter than 3 or longer than 40 characters.
    Length,
    /// A character that cannot stand in one.
    Character(char),
}

impl BadLogin {
    /// What to change.
    pub fn label(self, locale: Locale) -> String {
        match self {
            BadLogin::Length => t(locale).signin_login_length(),
            BadLogin::Character(c) => t(locale).signin_login_character(c.to_string()),
        }
    }
}

/// The form in which an account name is kept and compared: no blanks around it, lower case. Letters of any script,
/// digits, and `. _ - @ +`.
///
/// # Errors
/// See [`BadLogin`].
pub fn normal_login(login: &str) -> Result<String, BadLogin> {
    let login = login.trim().to_lowercase();
    if let Some(c) = login.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-' | '@' | '+')) {
        return Err(BadLogin::Character(c));
    }
    if (3..=40).contains(&login.chars().count()) { Ok(login) } else { Err(BadLogin::Length) }
}

fn argon() -> Result<Argon2<'static>, Fault> {
    let (memory, passes, lanes) = PARAMS;
    let params = Params::new(memory, passes, lanes, None).map_err(Fault::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password, off the threads that serve requests.
///
/// # Errors
/// When hashing fails.
pub async fn hash(ctx: &Ctx, password: &str) -> Result<String, Fault> {
    let mut salt = [0_u8; 16];
    ctx.random(|random| random.fill_bytes(&mut salt));
    let password = password.to_owned();
    let _turn = TURNSTILE.acquire().await.map_err(Fault::internal)?;
    tokio::task::spawn_blocking(move || {
        let salt = SaltString::encode_b64(&salt).map_err(Fault::internal)?;
        let hash = argon()?.hash_password(password.as_bytes(), &salt).map_err(Fault::internal)?;
        Ok(hash.to_string())
    })
    .await
    .map_err(Fault::internal)?
}

/// Whether a password fits a hash. Without a hash it takes as long and says no, so that the time does not tell
/// whether there is such an account.
///
/// # Errors
/// When the hash cannot be read.
pub async fn verify(password: &str, hash: Option<&str>) -> Result<bool, Fault> {
    let password = password.to_owned();
    let hash = hash.map(str::to_owned);
    let _turn = TURNSTILE.acquire().await.map_err(Fault::internal)?;
    tokio::task::spawn_blocking(move || {
        let argon = argon()?;
        match hash {
            Some(hash) => {
                let parsed = PasswordHash::new(&hash).map_err(Fault::internal)?;
                Ok(argon.verify_password(password.as_bytes(), &parsed).is_ok())
            }
            None => {
                let salt = SaltString::encode_b64(&[0; 16]).map_err(Fault::internal)?;
                argon.hash_password(password.as_bytes(), &salt).map_err(Fault::internal)?;
                Ok(false)
            }
        }
    })
    .await
    .map_err(Fault::internal)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_known_passwords_are_refused() {
        assert_eq!(check("短密码", &[]), Err(Weak::Short(7)));
        for common in
            ["woaini1314", "WoAiNi5201314", "qwertyuiop", "1qaz2wsx3edc", "password2026!", "xiamen2026", "a123456789"]
        {
            assert_eq!(check(common, &[]), Err(Weak::Common), "{common}");
        }
        for monotonous in ["1111111111", "12345678901", "98765432109", "abcdefghijkl", "abababababab"] {
            assert_eq!(check(monotonous, &[]), Err(Weak::Monotonous), "{monotonous}");
        }
        assert_eq!(check("13000000001", &["13000000001"]), Err(Weak::Known));
        assert_eq!(check("Lin.Shining", &["lin.shining"]), Err(Weak::Known));
        for good in ["三角梅开在环岛路边上", "tea on the island", "kx7-quay-lamp"] {
            assert_eq!(check(good, &["lin"]), Ok(()), "{good}");
        }
    }

    #[test]
    fn the_list_is_clean() {
        assert!(COMMON.len() >= 200, "{}", COMMON.len());
        for entry in COMMON.iter() {
            assert_eq!(*entry, entry.to_lowercase());
        }
    }

    #[test]
    fn account_names_are_normalised() {
        assert_eq!(normal_login("  Zhou.SY@example.com "), Ok("zhou.sy@example.com".to_owned()));
        assert_eq!(normal_login("林示宁"), Ok("林示宁".to_owned()));
        assert_eq!(normal_login("ab"), Err(BadLogin::Length));
        assert_eq!(normal_login("a b c"), Err(BadLogin::Character(' ')));
    }
}
