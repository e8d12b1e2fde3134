//! A crate imports only lower ranks, so that whoever reads one crate knows what can reach it.
//!
//! Upwards there are events and extension points; a rank is moved by a decision record in `docs/adr`.

use crate::workspace::Package;

/// The rank of every crate, without the `huiqi-` of its package.
const RANKS: &[(&str, u8)] = &[
    ("kernel", 0),
    ("store", 1),
    ("web", 2),
    ("identity", 3),
    ("casework", 4),
    ("publishing", 5),
    ("registers", 6),
    ("services", 7),
    ("panels", 7),
    ("windows", 8),
    ("supervision", 9),
    ("funds", 10),
    ("security", 10),
    ("exchange", 11),
    ("portal", 11),
    ("app", 12),
];

/// Tools of development: they may use everything, and only tests may use them.
const TOOLS: &[&str] = &["testkit", "xtask"];

/// The problems of this set of crates; what only tests need has been left out by the caller.
pub fn check(packages: &[Package]) -> Vec<String> {
    let mut problems = Vec::new();
    for package in packages {
        let name = short(&package.name);
        if TOOLS.contains(&name) {
            continue;
        }
        let Some(rank) = rank(name) else {
            problems.push(format!("{name}: this crate has no rank; give it one in xtask/src/tidy/ranks.rs"));
            continue;
        };
        let ours = |dependency: &&String| packages.iter().any(|other| other.name == **dependency);
        for dependency in package.dependencies.iter().filter(ours) {
            let other = short(dependency);
            if TOOLS.contains(&other) {
                problems.push(format!("{name} imports {other}, which is for [dev-dependencies] only"));
            } else if let Some(theirs) = self::rank(other)
                && theirs >= rank
            {
                problems.push(format!(
                    "{name} (rank {rank}) imports {other} (rank {theirs}): only lower ranks may be \
                     imported; go upwards by an event or an extension point"
                ));
            }
        }
    }
    problems
}

fn short(package: &str) -> &str {
    package.strip_prefix("huiqi-").unwrap_or(package)
}

fn rank(name: &str) -> Option<u8> {
    RANKS.iter().find(|(other, _)| *other == name).map(|(_, rank)| *rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[&str]) -> Package {
        Package {
            name: name.to_owned(),
            dir: "/".into(),
            dependencies: dependencies.iter().map(|&name| name.to_owned()).collect(),
            has_library: true,
        }
    }

    #[test]
    fn downwards_is_fine_and_so_are_tools() {
        let packages = [
            package("huiqi-kernel", &["serde"]),
            package("huiqi-store", &["huiqi-kernel", "sea-orm"]),
            package("huiqi-app", &["huiqi-store", "huiqi-kernel"]),
            package("huiqi-testkit", &["huiqi-app"]),
            package("xtask", &["serde_json"]),
        ];
        assert_eq!(check(&packages), [] as [&str; 0]);
    }

    #[test]
    fn upwards_and_sideways_are_problems() {
        let packages = [
            package("huiqi-kernel", &["huiqi-web"]),
            package("huiqi-web", &[]),
            package("huiqi-services", &["huiqi-panels"]),
            package("huiqi-panels", &["huiqi-kernel"]),
        ];
        let problems = check(&packages);
        assert_eq!(problems.len(), 2);
        assert!(problems[0].starts_with("kernel (rank 0) imports web (rank 2)"));
        assert!(problems[1].starts_with("services (rank 7) imports panels (rank 7)"));
    }

    #[test]
    fn tools_are_for_tests_and_strangers_need_a_rank() {
        let packages =
            [package("huiqi-store", &["huiqi-testkit"]), package("huiqi-testkit", &[]), package("huiqi-extras", &[])];
        let problems = check(&packages);
        assert!(problems[0].contains("[dev-dependencies] only"));
        assert!(problems[1].starts_with("extras: this crate has no rank"));
        assert_eq!(problems.len(), 2);
    }
}
