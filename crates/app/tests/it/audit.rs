//! Whatever the program writes into the audit log has words in both languages.

use std::path::{Path, PathBuf};

use huiqi_casework::settings::action_words;
use huiqi_kernel::locale::Locale;
use huiqi_testkit::app::{TestApp, run};

/// All source files below the crates, tests left out.
fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "tests" && name != "target") {
                sources(&path, out);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
}

/// The codes that stand as texts where entries are written.
fn codes() -> Vec<String> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut files);
    let mut out = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        for rest in text.split(".audit(").skip(1) {
            if let Some((code, _)) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                out.push(code.to_owned());
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

#[test]
fn every_action_of_the_log_has_words() {
    run(async {
        let app = TestApp::sqlite().await;
        let mut codes = codes();
        assert!(codes.len() > 60 && codes.iter().any(|code| code == "paper.issue"), "{codes:?}");
        // Put together where they are written, from a place and a step.
        for place in ["rule-version", "paper-template"] {
            codes.extend(["approve", "reject", "withdraw"].map(|step| format!("{place}.{step}")));
        }
        let without: Vec<&String> = codes
            .iter()
            .filter(|code| Locale::ALL.iter().any(|l| action_words(&app.app, code, *l).is_none()))
            .collect();
        assert!(without.is_empty(), "{without:?}");
    });
}
