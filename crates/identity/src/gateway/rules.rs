//! What may be sent when, without a database.

/// Whether text messages reach this phone: a mobile one of the mainland, in its normal form.
pub fn is_mobile(phone: &str) -> bool {
    phone.len() == 11 && phone.starts_with('1') && phone.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mobile_phones_get_text_messages() {
        assert!(is_mobile("13800138000"));
        for other in ["05925051234", "4001234567", "12345", "", "1380013800a"] {
            assert!(!is_mobile(other), "{other}");
        }
    }
}
