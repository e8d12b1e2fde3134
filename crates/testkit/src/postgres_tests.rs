//! Not inside `postgres.rs`, which xtask compiles too: they would run and count twice.

use std::{env, fs, io};

use crate::postgres::{PrivatePostgres, Server, check_name, command, highest_version, shared};

fn query(server: &Server, database: &str, sql: &str) -> io::Result<String> {
    let output = command(server.programs.join("psql"))
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
        .args(["--set=ON_ERROR_STOP=1", "--command", sql])
        .arg(server.url(database))
        .output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}

#[test]
fn a_template_is_made_once_and_copied() {
    let server = shared().unwrap();
    assert!(!server.template_ready("kit_template").unwrap());
    let made = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| match server.begin_template("kit_template").unwrap() {
                    None => 0,
                    Some(build) => {
                        query(server, "kit_template", "CREATE TABLE word (it text)").unwrap();
                        build.finish().unwrap();
                        1
                    }
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum::<u32>()
    });
    assert_eq!(made, 1);
    assert!(server.template_ready("kit_template").unwrap());

    std::thread::scope(|scope| {
        for name in ["kit_one", "kit_two"] {
            scope.spawn(move || server.create_database_from("kit_template", name).unwrap());
        }
    });
    query(server, "kit_one", "INSERT INTO word VALUES ('惠企')").unwrap();
    assert_eq!(query(server, "kit_one", "SELECT it FROM word").unwrap(), "惠企");
    assert_eq!(query(server, "kit_two", "SELECT it FROM word").unwrap(), "");

    for name in ["kit_one", "kit_two"] {
        server.drop_database(name).unwrap();
        query(server, name, "SELECT 1").unwrap_err();
    }
}

#[test]
fn a_half_made_template_is_made_afresh() {
    let server = shared().unwrap();
    let build = server.begin_template("kit_half").unwrap().unwrap();
    query(server, "kit_half", "CREATE TABLE half (it text)").unwrap();
    drop(build);
    assert!(!server.template_ready("kit_half").unwrap());
    let build = server.begin_template("kit_half").unwrap().unwrap();
    query(server, "kit_half", "SELECT * FROM half").unwrap_err();
    build.finish().unwrap();
}

#[test]
fn the_server_sorts_by_bytes_and_speaks_utf8() {
    let server = shared().unwrap();
    let sql = "SELECT current_setting('server_encoding') || ' ' || datcollate \
               FROM pg_database WHERE datname = 'postgres'";
    assert_eq!(query(server, "postgres", sql).unwrap(), "UTF8 C");
}

#[test]
fn it_goes_when_dropped() {
    let server = PrivatePostgres::start().unwrap();
    let dir = server.socket_dir().to_owned();
    assert!(dir.as_os_str().len() < 80);
    assert_eq!(query(&server, "postgres", "SELECT 1").unwrap(), "1");
    drop(server);
    assert!(!dir.exists());
}

#[test]
fn names_that_would_need_quoting_are_refused() {
    for name in ["", "Name", "a-b", "a\"b", "名", &"a".repeat(64)] {
        check_name(name).unwrap_err();
    }
    check_name("requests_0f3a").unwrap();
}

#[test]
fn the_highest_version_counts_as_a_number() {
    let lib = env::temp_dir().join(format!("huiqi-pg-versions-{}", std::process::id()));
    for version in ["9", "15", "16", "17x"] {
        fs::create_dir_all(lib.join(version).join("bin")).unwrap();
    }
    for version in ["9", "15", "17x"] {
        fs::write(lib.join(version).join("bin/initdb"), "").unwrap();
    }
    assert_eq!(highest_version(&lib), Some(lib.join("15/bin")));
    fs::remove_dir_all(&lib).unwrap();
}
