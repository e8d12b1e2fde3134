//! Signed calls, in both directions: HMAC-SHA256 over moment, nonce, method, path and body.

use hmac::{Hmac, Mac};
use huiqi_store::audit::hex;
use sha2::Sha256;

/// Name of the account.
pub const ACCOUNT: &str = "x-huiqi-account";
/// Moment of the call, in seconds since 1970.
pub const TIME: &str = "x-huiqi-time";
/// Something that never comes twice.
pub const NONCE: &str = "x-huiqi-nonce";
/// The signature.
pub const SIGNATURE: &str = "x-huiqi-signature";
/// How far the clocks of both sides may be apart, and how long a nonce is remembered, in milliseconds.
pub const WINDOW_MS: i64 = 5 * 60_000;

fn mac(secret: &str, time: &str, nonce: &str, method: &str, path: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    for part in [time, nonce, method, path] {
        mac.update(part.as_bytes());
        mac.update(b"\n");
    }
    mac.update(body);
    Some(mac)
}

/// The signature of a call, in hexadecimal digits. `path` is what follows the host, with the query.
pub fn sign(secret: &str, time: &str, nonce: &str, method: &str, path: &str, body: &[u8]) -> String {
    mac(secret, time, nonce, method, path, body).map(|mac| hex(&mac.finalize().into_bytes())).unwrap_or_default()
}

/// Whether a signature is right; compared in constant time.
pub fn is_right(secret: &str, time: &str, nonce: &str, method: &str, path: &str, body: &[u8], given: &str) -> bool {
    let given: Option<Vec<u8>> =
        (0..given.len()).step_by(2).map(|i| given.get(i..i + 2).and_then(|d| u8::from_str_radix(d, 16).ok())).collect();
    match (given, mac(secret, time, nonce, method, path, body)) {
        (Some(given), Some(mac)) => mac.verify_slice(&given).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_signed() {
        let good = sign("a secret of some length", "1791772920", "n1", "POST", "/gateway/reports/sms", b"{}");
        assert_eq!(good.len(), 64);
        let check = |secret: &str, time: &str, nonce: &str, path: &str, body: &[u8], given: &str| {
            is_right(secret, time, nonce, "POST", path, body, given)
        };
        let secret = "a secret of some length";
        let path = "/gateway/reports/sms";
        assert!(check(secret, "1791772920", "n1", path, b"{}", &good));
        assert!(!check("another", "1791772920", "n1", path, b"{}", &good));
        assert!(!check(secret, "1791772921", "n1", path, b"{}", &good));
        assert!(!check(secret, "1791772920", "n2", path, b"{}", &good));
        assert!(!check(secret, "1791772920", "n1", "/other", b"{}", &good));
        assert!(!check(secret, "1791772920", "n1", path, b"{ }", &good));
        for broken in ["", "zz", "ä", &good[..62], &good.replace('a', "b").replace('0', "1")] {
            assert!(!check(secret, "1791772920", "n1", path, b"{}", broken));
        }
    }
}
