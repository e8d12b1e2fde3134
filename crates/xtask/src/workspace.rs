//! Where things are, and which crates there are: what `cargo metadata` says.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A crate of the workspace with its dependencies on other crates, by package name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub name: String,
    /// Its folder.
    pub dir: PathBuf,
    /// Normal and build dependencies; what only tests need is left out.
    pub dependencies: Vec<String>,
    /// Whether it has a library, whose documentation may hold tests.
    pub has_library: bool,
}

/// The workspace as cargo sees it.
#[derive(Debug)]
pub struct Workspace {
    pub root: PathBuf,
    /// Follows `CARGO_TARGET_DIR`.
    pub target: PathBuf,
    pub packages: Vec<Package>,
}

/// The cargo that runs us, so that a toolchain chosen by the caller stays chosen.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Asks cargo about the workspace this program was compiled in.
pub fn load() -> Result<Workspace, String> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", output.status));
    }
    let value: Value = serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))?;
    read(&value).ok_or_else(|| "cargo metadata: not the form that was expected".to_owned())
}

fn read(value: &Value) -> Option<Workspace> {
    let packages = value["packages"].as_array()?;
    Some(Workspace {
        root: value["workspace_root"].as_str()?.into(),
        target: value["target_directory"].as_str()?.into(),
        packages: packages.iter().map(package).collect::<Option<_>>()?,
    })
}

fn package(value: &Value) -> Option<Package> {
    let dependencies = value["dependencies"].as_array()?;
    let manifest = Path::new(value["manifest_path"].as_str()?);
    Some(Package {
        name: value["name"].as_str()?.to_owned(),
        dir: manifest.parent()?.to_owned(),
        dependencies: dependencies
            .iter()
            .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
            .map(|dependency| Some(dependency["name"].as_str()?.to_owned()))
            .collect::<Option<_>>()?,
        has_library: value["targets"].as_array()?.iter().any(|target| target["doctest"].as_bool() == Some(true)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_need_is_left_out() {
        let value = serde_json::json!({
            "workspace_root": "/w",
            "target_directory": "/t",
            "packages": [{
                "name": "huiqi-web",
                "manifest_path": "/w/crates/web/Cargo.toml",
                "targets": [{ "doctest": true }],
                "dependencies": [
                    { "name": "huiqi-kernel", "kind": null },
                    { "name": "huiqi-testkit", "kind": "dev" },
                    { "name": "fluent-typed", "kind": "build" },
                ],
            }],
        });
        let workspace = read(&value).unwrap();
        assert_eq!(
            workspace.packages,
            [Package {
                name: "huiqi-web".to_owned(),
                dir: "/w/crates/web".into(),
                dependencies: vec!["huiqi-kernel".to_owned(), "fluent-typed".to_owned()],
                has_library: true,
            }]
        );
        assert_eq!(workspace.target, Path::new("/t"));
    }
}
