//! The three files every page needs, built into the program and served under names that change with their content.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

struct Asset {
    /// `/assets/app-1a2b3c4d.css`
    url: String,
    bytes: &'static [u8],
    mime: &'static str,
}

impl Asset {
    fn new(stem: &str, extension: &str, mime: &'static str, bytes: &'static [u8]) -> Asset {
        let mut hash = String::new();
        for byte in Sha256::digest(bytes).iter().take(4) {
            let _ = write!(hash, "{byte:02x}");
        }
        Asset { url: format!("/assets/{stem}-{hash}.{extension}"), bytes, mime }
    }
}

static CSS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("app", "css", "text/css; charset=utf-8", include_bytes!("../../../assets/app.css")));
static JS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("app", "js", "text/javascript; charset=utf-8", include_bytes!("../../../assets/app.js"))
});
static ICONS: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icons", "svg", "image/svg+xml", include_bytes!("../../../assets/icons.svg")));
static FAVICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("mark", "svg", "image/svg+xml", include_bytes!("../../../assets/favicon.svg")));

/// Where the stylesheet is, with its content's hash in the name: `/assets/app-1a2b3c4d.css`.
pub fn css_url() -> &'static str {
    &CSS.url
}

/// Where the script module is.
pub fn js_url() -> &'static str {
    &JS.url
}

/// Where the sprite of icons is; a symbol is addressed by `#i-name`.
pub fn icons_url() -> &'static str {
    &ICONS.url
}

/// Where the small mark for the browser's tab is.
pub fn favicon_url() -> &'static str {
    &FAVICON.url
}

/// The bytes and media type of an asset, by its path (`/assets/app-1a2b3c4d.css`) or its name alone.
///
/// A name with another hash is `None`: what was cached under it is not what we have.
pub fn find(path: &str) -> Option<(&'static [u8], &'static str)> {
    let name = path.strip_prefix("/assets/").unwrap_or(path);
    [&CSS, &JS, &ICONS, &FAVICON]
        .into_iter()
        .find(|asset| asset.url.strip_prefix("/assets/") == Some(name))
        .map(|asset| (asset.bytes, asset.mime))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_the_hash_and_lead_back_to_the_bytes() {
        let url = css_url();
        let hash = url.strip_prefix("/assets/app-").and_then(|rest| rest.strip_suffix(".css")).expect("name");
        assert_eq!(hash.len(), 8);
        let (bytes, mime) = find(url).expect("css");
        assert!(mime.starts_with("text/css") && bytes.len() > 10_000);
        assert!(find(js_url().trim_start_matches("/assets/")).is_some());
        assert!(find(favicon_url()).is_some());
        assert_eq!(find("/assets/app-00000000.css"), None);
        assert_eq!(find("../Cargo.toml"), None);
    }

    #[test]
    fn every_icon_of_the_sprite_is_a_symbol_with_a_box() {
        let (bytes, _) = find(icons_url()).expect("icons");
        let text = std::str::from_utf8(bytes).expect("utf-8");
        let symbols = text.matches("<symbol id=\"i-").count();
        assert!(symbols > 30);
        assert_eq!(symbols, text.matches(" viewBox=\"0 0 ").count());
        assert_eq!(symbols, text.matches("</symbol>").count());
    }

    #[test]
    fn nothing_in_the_stylesheet_is_fetched_from_elsewhere() {
        let (bytes, _) = find(css_url()).expect("css");
        let text = std::str::from_utf8(bytes).expect("utf-8");
        assert!(!text.contains("url(") && !text.contains("@import"));
    }
}
