//! Secret tokens of sessions, devices and invitations: only their digest is kept.

use huiqi_store::Ctx;
use huiqi_store::audit::hex;
use rand::RngCore;
use sha2::{Digest, Sha256};

/// 32 random bytes, as 64 hexadecimal digits.
pub fn fresh(ctx: &Ctx) -> String {
    let mut bytes = [0_u8; 32];
    ctx.random(|random| random.fill_bytes(&mut bytes));
    hex(&bytes)
}

/// What is kept of a token: its SHA-256, as hexadecimal digits.
pub fn digest(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}
