use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use huiqi_app::config::sqlite_url;
use huiqi_kernel::credit;
use huiqi_store::Db;
use huiqi_store::sea_orm::ConnectionTrait;

const PASSWORD: &str = "eine lange Zeile 2026";

fn huiqi(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huiqi"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HUIQI_")) {
        command.env_remove(name);
    }
    command.env_remove("DATABASE_URL").env("LC_ALL", "C").env("HUIQI_DATA", data);
    command
}

fn run(data: &Path, args: &[&str], input: &str) -> Output {
    let mut child =
        huiqi(data).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read its input may have closed it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn calculations_answer_by_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let calc = |args: &[&str]| said(&run(folder.path(), args, ""));
    assert_eq!(
        calc(&["calc", "deadline", "--from", "2026-02-13", "--working-days", "5"]),
        (Some(0), "2026-02-27\n".into(), String::new())
    );
    let (code, _, error) = calc(&["calc", "deadline", "--from", "2031-02-13", "--working-days", "5"]);
    assert!(code == Some(1) && error.contains("2031"), "{error}");
    let size = ["calc", "size", "--industry", "I65", "--staff", "103", "--revenue", "15735", "--assets", "0"];
    assert_eq!(calc(&size), (Some(0), "medium\n".into(), String::new()));
    let (code, out, error) = calc(&["calc", "credit-code", "91350203M0000000XX"]);
    assert!(code == Some(1) && out.is_empty() && error.contains("check character"), "{error}");
    // Nothing was made on the way.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_first_administrator_is_made_once_and_the_chain_is_watched() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let create = ["admin", "create", "--login", "root", "--name", "管理员"];
    let (code, _, error) = said(&run(data, &create, "kurz\n"));
    assert!(code == Some(1) && error.contains("password"), "{error}");
    let (code, out, error) = said(&run(data, &create, &format!("{PASSWORD}\n")));
    assert!(code == Some(0) && out.starts_with("RY-"), "{out}{error}");
    let again = ["admin", "create", "--login", "second", "--name", "管理员"];
    let (code, _, error) = said(&run(data, &again, &format!("{PASSWORD}\n")));
    assert!(code == Some(1) && error.contains("--force-another"), "{error}");
    let forced = ["admin", "create", "--login", "second", "--name", "管理员", "--force-another"];
    assert_eq!(said(&run(data, &forced, &format!("{PASSWORD}\n"))).0, Some(0));

    let verify = |more: &[&str]| said(&run(data, &[&["audit", "verify"], more].concat(), ""));
    let (code, out, _) = verify(&[]);
    assert!(code == Some(0) && !out.contains("not sealed yet: 0"), "{out}");
    let change = |text: &'static str| {
        let url = sqlite_url(&data.join("huiqi.db"));
        huiqi_testkit::app::run(async move {
            let db = Db::open(&url).await.unwrap();
            huiqi_store::audit::seal(&db).await.unwrap();
            if !text.is_empty() {
                db.write().execute_unprepared(text).await.unwrap();
            }
            db.close().await;
        });
    };
    change("");
    let (code, out, _) = verify(&[]);
    assert!(code == Some(0) && out.contains("not sealed yet: 0"), "{out}");
    let head = out.lines().find_map(|line| line.strip_prefix("head: ")).unwrap().to_owned();
    assert_eq!(verify(&["--head", &head]).0, Some(0));
    assert_eq!(verify(&["--head", "12"]).0, Some(2));

    change("UPDATE audit_entry SET role = 'bearer' WHERE seq = 3");
    let (code, out, _) = verify(&[]);
    assert!(code == Some(1) && out.contains("entry 3 "), "{out}");
    change("UPDATE audit_entry SET role = 'system' WHERE seq = 3");
    assert_eq!(verify(&[]).0, Some(0));
    change("DELETE FROM audit_entry WHERE seq = (SELECT MAX(seq) FROM audit_entry)");
    assert_eq!(verify(&[]).0, Some(0), "a cut tail shows only against a head");
    let (code, out, _) = verify(&["--head", &head]);
    assert!(code == Some(1) && out.contains("cut off"), "{out}");
}

#[test]
fn what_cannot_be_done_is_said_before_anything_happens() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (code, _, error) = said(&run(data, &["serve"], ""));
    assert!(code == Some(2) && error.contains("public_url"), "{error}");
    let (code, _, error) = said(&run(data, &["audit", "verify"], ""));
    assert!(code == Some(2) && error.contains("huiqi migrate"), "{error}");
    assert_eq!(std::fs::read_dir(data).unwrap().count(), 0);
    std::fs::write(data.join("letter.txt"), "mine").unwrap();
    let (code, _, error) = said(&run(data, &["demo", "--listen", "127.0.0.1:0"], ""));
    assert!(code == Some(2) && error.contains("not made by demo"), "{error}");
    std::fs::write(data.join("huiqi.toml"), "public_ulr = 'x'").unwrap();
    let (code, out, _) = said(&run(data, &["doctor"], ""));
    assert!(code == Some(1) && out.contains("public_ulr"), "{out}");
}

#[test]
fn a_register_goes_out_and_comes_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let source = folder.path().join("firms.csv");
    let code = |n: u32| {
        let body = format!("Y{n:07}");
        let check = credit::organisation_check(&body).unwrap();
        credit::with_check(&format!("91350203{body}{check}")).unwrap().to_string()
    };
    let rows = format!(
        "企业名称,统一社会信用代码,所属区,行业代码,从业人员,营业收入(万元),联系电话,地址\n\
         示例卫浴科技有限公司,{},思明区,C3352,86,1234.5,13900000000,示例路 1 号\n\
         示例软件有限公司,{},湖里区,I65,12,80,,\n",
        code(1),
        code(2)
    );
    std::fs::write(&source, rows).unwrap();
    let last = |output: &Output| String::from_utf8_lossy(&output.stdout).lines().last().unwrap_or_default().to_owned();
    let file = |path: &Path| path.display().to_string();
    let dry = run(&data, &["import", "enterprises", &file(&source), "--dry-run"], "");
    assert_eq!(last(&dry), "read 2, new 2, changed 0, same 0, refused 0", "{:?}", said(&dry));
    let real = run(&data, &["import", "enterprises", &file(&source)], "");
    assert_eq!(last(&real), "read 2, new 2, changed 0, same 0, refused 0", "{:?}", said(&real));
    for ending in ["csv", "xlsx"] {
        let copy = folder.path().join(format!("copy.{ending}"));
        let out = run(&data, &["export", "enterprises", &file(&copy)], "");
        assert!(last(&out).starts_with("2 rows"), "{:?}", said(&out));
        let back = run(&data, &["import", "enterprises", &file(&copy)], "");
        assert_eq!(last(&back), "read 2, new 0, changed 0, same 2, refused 0", "{ending}: {:?}", said(&back));
    }
    assert_eq!(said(&run(&data, &["export", "enterprises", "x.ods"], "")).0, Some(2));
}

/// A serving program; killed when the test ends badly.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn it_serves_does_its_jobs_and_ends_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert_eq!(
        said(&run(data, &["admin", "create", "--login", "root", "--name", "管理员"], &format!("{PASSWORD}\n"))).0,
        Some(0)
    );
    std::fs::write(data.join("huiqi.toml"), "public_url = 'http://127.0.0.1:8700'\nlisten = '127.0.0.1:0'\n").unwrap();
    let child =
        huiqi(data).arg("serve").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut served = Served(child);
    let mut line = String::new();
    BufReader::new(served.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    let get = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(get("/readyz").contains("ready"));
    assert!(get("/").contains("content-security-policy"));
    let sign_in = get("/sign-in");
    assert!(!sign_in.contains("/sign-in/demo"), "what demo did not make shows no demo buttons");
    // The sealer runs by itself.
    let begun = Instant::now();
    while !said(&run(data, &["audit", "verify"], "")).1.contains("not sealed yet: 0") {
        assert!(begun.elapsed() < Duration::from_secs(30), "nothing was sealed");
        std::thread::sleep(Duration::from_millis(200));
    }
    let asked = Instant::now();
    let killed = Command::new("kill").args(["-TERM", &served.0.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert!(served.0.wait().unwrap().success());
    assert!(asked.elapsed() < Duration::from_secs(10));
    assert!(!data.join("huiqi.db-wal").exists(), "the database was closed");
}
