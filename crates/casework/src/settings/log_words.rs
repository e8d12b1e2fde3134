//! Words for the codes of the audit log that no procedure's table names: the slice an entry comes from, and what was
//! done there. A code without words here is shown as it is.

use huiqi_kernel::locale::Locale;

use crate::l10n::L10nLanguage;
use crate::t;

type Word = fn(&L10nLanguage) -> String;

const PLACES: &[(&str, Word)] = &[
    ("people", L10nLanguage::setting_place_people),
    ("organisations", L10nLanguage::setting_place_organisations),
    ("signin", L10nLanguage::setting_place_signin),
    ("notices", L10nLanguage::setting_place_notices),
    ("case", L10nLanguage::setting_place_case),
    ("enterprises", L10nLanguage::setting_place_enterprises),
    ("providers", L10nLanguage::setting_place_providers),
    ("products", L10nLanguage::setting_place_products),
    ("windows", L10nLanguage::setting_place_windows),
    ("imports", L10nLanguage::setting_place_imports),
    ("registers", L10nLanguage::setting_place_registers),
    ("registration", L10nLanguage::setting_place_registration),
    ("rating", L10nLanguage::setting_place_rating),
    ("files", L10nLanguage::setting_place_files),
];

const DONE: &[(&str, Word)] = &[
    ("created", L10nLanguage::setting_did_created),
    ("changed", L10nLanguage::setting_did_changed),
    ("renamed", L10nLanguage::setting_did_renamed),
    ("state", L10nLanguage::setting_did_state),
    ("capacity-added", L10nLanguage::setting_did_capacity_added),
    ("window-created", L10nLanguage::setting_did_window_created),
    ("window-renamed", L10nLanguage::setting_did_window_renamed),
    ("window-state", L10nLanguage::setting_did_window_state),
    ("cluster", L10nLanguage::setting_did_cluster),
    ("account-set", L10nLanguage::setting_did_account_set),
    ("invited", L10nLanguage::setting_did_invited),
    ("invitation-accepted", L10nLanguage::setting_did_invitation_accepted),
    ("invitation-withdrawn", L10nLanguage::setting_did_invitation_withdrawn),
    ("membership-added", L10nLanguage::setting_did_membership_added),
    ("membership-ended", L10nLanguage::setting_did_membership_ended),
    ("membership-verified", L10nLanguage::setting_did_membership_verified),
    ("phone-revealed", L10nLanguage::setting_did_phone_revealed),
    ("reveal-phone", L10nLanguage::setting_did_reveal_phone),
    ("acting", L10nLanguage::setting_did_acting),
    ("code-issued", L10nLanguage::setting_did_code_issued),
    ("password-changed", L10nLanguage::setting_did_password_changed),
    ("password-reset", L10nLanguage::setting_did_password_reset),
    ("session-ended", L10nLanguage::setting_did_session_ended),
    ("sessions-ended", L10nLanguage::setting_did_sessions_ended),
    ("signed-in", L10nLanguage::setting_did_signed_in),
    ("signed-out", L10nLanguage::setting_did_signed_out),
    ("received", L10nLanguage::setting_did_received),
    ("read", L10nLanguage::setting_did_read),
    ("confirmed", L10nLanguage::setting_did_confirmed),
    ("applied", L10nLanguage::setting_did_applied),
    ("dropped", L10nLanguage::setting_did_dropped),
    ("failed", L10nLanguage::setting_did_failed),
    ("exported", L10nLanguage::setting_did_exported),
    ("registered", L10nLanguage::setting_did_registered),
    ("verified", L10nLanguage::setting_did_verified),
    ("refused", L10nLanguage::setting_did_refused),
    ("attach", L10nLanguage::setting_did_attach),
    ("message", L10nLanguage::setting_did_message),
    ("give", L10nLanguage::setting_did_give),
    ("urge", L10nLanguage::setting_did_urge),
    ("ladder", L10nLanguage::setting_did_ladder),
    ("recount", L10nLanguage::setting_did_recount),
];

fn word(list: &[(&str, Word)], code: &str, l: Locale) -> Option<String> {
    list.iter().find(|(known, _)| *known == code).map(|(_, word)| word(t(l)))
}

/// Name of the slice a code begins with.
pub(super) fn place(code: &str, l: Locale) -> Option<String> {
    word(PLACES, code, l)
}

/// What the end of a code says was done.
pub(super) fn done(code: &str, l: Locale) -> Option<String> {
    word(DONE, code, l)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_named_twice() {
        for list in [PLACES, DONE] {
            let mut codes: Vec<&str> = list.iter().map(|(code, _)| *code).collect();
            codes.sort_unstable();
            let all = codes.len();
            codes.dedup();
            assert_eq!(codes.len(), all);
        }
    }
}
