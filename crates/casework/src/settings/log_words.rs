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

/// Codes whose end means something of its own at their place.
const WHOLE: &[(&str, Word)] = &[
    ("assignment.unreachable-told", L10nLanguage::audit_assignment_unreachable_told),
    ("call.draw", L10nLanguage::audit_call_draw),
    ("call.enter", L10nLanguage::audit_call_enter),
    ("call.why", L10nLanguage::audit_call_why),
    ("call.missed", L10nLanguage::audit_call_missed),
    ("call.end", L10nLanguage::audit_call_end),
    ("call.recount", L10nLanguage::audit_call_recount),
    ("case-file.freeze", L10nLanguage::audit_case_file_freeze),
    ("case-file.supplement", L10nLanguage::audit_case_file_supplement),
    ("paper-template.propose", L10nLanguage::audit_paper_template_propose),
    ("paper.issue", L10nLanguage::audit_paper_issue),
    ("paper-template.approve", L10nLanguage::audit_paper_template_approve),
    ("paper-template.reject", L10nLanguage::audit_paper_template_reject),
    ("paper-template.withdraw", L10nLanguage::audit_paper_template_withdraw),
    ("demo.built", L10nLanguage::audit_demo_built),
    ("digest.subscribe", L10nLanguage::audit_digest_subscribe),
    ("enterprises.noted", L10nLanguage::audit_enterprises_noted),
    ("enterprises.vouched", L10nLanguage::audit_enterprises_vouched),
    ("gateway.passed-on", L10nLanguage::audit_gateway_passed_on),
    ("gateway.shown", L10nLanguage::audit_gateway_shown),
    ("gateway.wechat-bound", L10nLanguage::audit_gateway_wechat_bound),
    ("gateway.wechat-ended", L10nLanguage::audit_gateway_wechat_ended),
    ("knowledge.learn", L10nLanguage::audit_knowledge_learn),
    ("knowledge.lapsed", L10nLanguage::audit_knowledge_lapsed),
    ("knowledge.public", L10nLanguage::audit_knowledge_public),
    ("link.use", L10nLanguage::audit_link_use),
    ("problem.gather", L10nLanguage::audit_problem_gather),
    ("problem.spread", L10nLanguage::audit_problem_spread),
    ("problem.take-out", L10nLanguage::audit_problem_take_out),
    ("rating.give", L10nLanguage::audit_rating_give),
    ("rating.words", L10nLanguage::audit_rating_words),
    ("rating.exclude", L10nLanguage::audit_rating_exclude),
    ("reply.add", L10nLanguage::audit_reply_add),
    ("reply.change", L10nLanguage::audit_reply_change),
    ("request.choose", L10nLanguage::audit_request_choose),
    ("request.merge-along", L10nLanguage::audit_request_merge_along),
    ("request.outside-export", L10nLanguage::audit_request_outside_export),
    ("setting.report-officers", L10nLanguage::audit_setting_report_officers),
    ("team.absence", L10nLanguage::audit_team_absence),
    ("team.back", L10nLanguage::audit_team_back),
    ("team.hand-over", L10nLanguage::audit_team_hand_over),
    ("team.mode", L10nLanguage::audit_team_mode),
];

/// Keys of the details.
const KEYS: &[(&str, Word)] = &[
    ("from", L10nLanguage::audit_key_from),
    ("to", L10nLanguage::audit_key_to),
    ("due", L10nLanguage::audit_key_due),
    ("by", L10nLanguage::audit_key_by),
    ("sha256", L10nLanguage::audit_key_sha256),
    ("paper", L10nLanguage::audit_key_paper),
    ("template", L10nLanguage::audit_key_template),
    ("entries", L10nLanguage::audit_key_entries),
    ("part", L10nLanguage::audit_key_part),
    ("why", L10nLanguage::audit_key_why),
    ("inside", L10nLanguage::audit_key_inside),
    ("length", L10nLanguage::audit_key_length),
    ("rung", L10nLanguage::audit_key_rung),
    ("drawn", L10nLanguage::audit_key_drawn),
    ("lot", L10nLanguage::audit_key_lot),
    ("rate", L10nLanguage::audit_key_rate),
    ("grade", L10nLanguage::audit_key_grade),
    ("via", L10nLanguage::audit_key_via),
    ("person", L10nLanguage::audit_key_person),
    ("organisation", L10nLanguage::audit_key_organisation),
    ("role", L10nLanguage::audit_key_role),
    ("verified", L10nLanguage::audit_key_verified),
    ("caller", L10nLanguage::audit_key_caller),
    ("outcome", L10nLanguage::audit_key_outcome),
    ("solved", L10nLanguage::audit_key_solved),
    ("password", L10nLanguage::audit_key_password),
    ("capacities", L10nLanguage::audit_key_capacities),
    ("people", L10nLanguage::audit_key_people),
    ("assignment", L10nLanguage::audit_key_assignment),
    ("state", L10nLanguage::audit_key_state),
    ("category", L10nLanguage::audit_key_category),
    ("count", L10nLanguage::audit_key_count),
    ("last", L10nLanguage::audit_key_last),
    ("territory", L10nLanguage::audit_key_territory),
    ("answered", L10nLanguage::audit_key_answered),
    ("left", L10nLanguage::audit_key_left),
    ("appeal", L10nLanguage::audit_key_appeal),
    ("mode", L10nLanguage::audit_key_mode),
    ("deputy", L10nLanguage::audit_key_deputy),
    ("class", L10nLanguage::audit_key_class),
    ("origin", L10nLanguage::audit_key_origin),
    ("request", L10nLanguage::audit_key_request),
    ("requests", L10nLanguage::audit_key_requests),
    ("cause", L10nLanguage::audit_key_cause),
    ("days", L10nLanguage::audit_key_days),
    ("ground", L10nLanguage::audit_key_ground),
    ("into", L10nLanguage::audit_key_into),
    ("late", L10nLanguage::audit_key_late),
    ("about", L10nLanguage::audit_key_about),
    ("matters", L10nLanguage::audit_key_matters),
    ("month", L10nLanguage::audit_key_month),
    ("year", L10nLanguage::audit_key_year),
    ("rows", L10nLanguage::audit_key_rows),
    ("cases", L10nLanguage::audit_key_cases),
    ("fields", L10nLanguage::audit_key_fields),
    ("until", L10nLanguage::audit_key_until),
    ("added", L10nLanguage::audit_key_added),
    ("code", L10nLanguage::audit_key_code),
    ("matter", L10nLanguage::audit_key_matter),
    ("for", L10nLanguage::audit_key_for),
    ("limit", L10nLanguage::audit_key_limit),
    ("action", L10nLanguage::audit_key_action),
    ("as_of", L10nLanguage::audit_key_as_of),
    ("seed", L10nLanguage::audit_key_seed),
    ("places", L10nLanguage::audit_key_places),
];

fn word(list: &[(&str, Word)], code: &str, l: Locale) -> Option<String> {
    list.iter().find(|(known, _)| *known == code).map(|(_, word)| word(t(l)))
}

/// What a whole code says was done, where its parts do not say it.
pub(super) fn whole(code: &str, l: Locale) -> Option<String> {
    word(WHOLE, code, l)
}

/// Name of a key of the details.
pub(super) fn key(code: &str, l: Locale) -> Option<String> {
    word(KEYS, code, l)
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
        for list in [PLACES, DONE, WHOLE, KEYS] {
            let mut codes: Vec<&str> = list.iter().map(|(code, _)| *code).collect();
            codes.sort_unstable();
            let all = codes.len();
            codes.dedup();
            assert_eq!(codes.len(), all);
        }
    }
}
