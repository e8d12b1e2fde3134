//! How a crate reaches its texts.

/// Declares, at a crate's root, the module `l10n` generated from its `locales/` and the function `t(locale)`.
///
/// The crate's `Cargo.toml` names `build = "../../build/messages.rs"` and depends on `fluent-typed` twice (as a
/// library and for the build). Languages are parsed once a process.
#[macro_export]
macro_rules! messages {
    () => {
        #[allow(missing_docs, clippy::all, dead_code, unused_imports)]
        mod l10n {
            include!(concat!(env!("OUT_DIR"), "/l10n.rs"));
        }

        /// The texts of this crate in one language.
        pub(crate) fn t(locale: $crate::kernel::locale::Locale) -> &'static l10n::L10nLanguage {
            static ZH: std::sync::OnceLock<l10n::L10nLanguage> = std::sync::OnceLock::new();
            static EN: std::sync::OnceLock<l10n::L10nLanguage> = std::sync::OnceLock::new();
            match locale {
                $crate::kernel::locale::Locale::Zh => ZH.get_or_init(|| l10n::L10n::ZhCN.load()),
                $crate::kernel::locale::Locale::En => EN.get_or_init(|| l10n::L10n::En.load()),
            }
        }
    };
}
