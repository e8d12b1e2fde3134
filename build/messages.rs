//! Build script shared by every crate that has texts: turns `locales/{zh-CN,en}/*.ftl` into one typed function a
//! message (`crate::l10n`). A message that exists in one language only has no function, so it cannot be used.

use std::process::ExitCode;

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, build_from_locales_folder};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
    let Ok(out) = std::env::var("OUT_DIR") else {
        eprintln!("OUT_DIR is not set: this file is a build script");
        return ExitCode::FAILURE;
    };
    build_from_locales_folder(
        BuildOptions::default()
            .with_locales_folder("locales")
            .with_output_file_path(&format!("{out}/l10n.rs"))
            .with_ftl_output(FtlOutputOptions::single_file(&format!("{out}/translations.ftl")))
            .with_default_language("zh-CN")
            .with_prefix("")
            .with_lint_level(LintLevel::Strict)
            .without_bidi_isolation()
            .without_format(),
    )
}
