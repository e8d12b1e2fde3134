//! Drawing from lists by weight.

use rand::Rng;
use rand_chacha::ChaCha20Rng;

/// One of a list; the list must not be empty.
pub(super) fn one<'a, T>(random: &mut ChaCha20Rng, list: &'a [T]) -> &'a T {
    &list[random.random_range(0..list.len())]
}

/// Whether something with this chance (0 to 1) happens.
pub(super) fn chance(random: &mut ChaCha20Rng, share: f64) -> bool {
    random.random_bool(share.clamp(0.0, 1.0))
}

/// The place of one of these weights; `None` where all are zero.
pub(super) fn place(random: &mut ChaCha20Rng, weights: impl IntoIterator<Item = f64> + Clone) -> Option<usize> {
    let total: f64 = weights.clone().into_iter().sum();
    if total <= 0.0 {
        return None;
    }
    let mut left = random.random::<f64>() * total;
    let mut last = None;
    for (i, weight) in weights.into_iter().enumerate() {
        if weight > 0.0 {
            last = Some(i);
            left -= weight;
            if left <= 0.0 {
                break;
            }
        }
    }
    last
}

/// A figure between two bounds, more often near the lower, with everything in between possible.
pub(super) fn between(random: &mut ChaCha20Rng, low: f64, high: f64) -> f64 {
    low + (high - low) * random.random::<f64>().powf(1.5)
}
