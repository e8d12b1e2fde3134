//! Size, speed and memory of the release build, measured from outside: the program is started as a person starts it.
//!
//! `cargo xtask bench` builds the program and runs this with its path. Every line says what was measured, what it may be
//! at most, and whether it holds; the exit code is 1 when something does not.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use huiqi_kernel::credit;

/// Rows of the import that is measured.
const ROWS: usize = 100_000;

struct Bench {
    program: PathBuf,
    folder: PathBuf,
    failed: bool,
}

impl Bench {
    fn say(&mut self, what: &str, value: f64, unit: &str, most: f64) {
        let holds = value <= most;
        self.failed |= !holds;
        println!("{} {what}: {value:.1} {unit} (at most {most:.0})", if holds { "ok  " } else { "FAIL" });
    }

    fn command(&self, arguments: &[&str], data: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg("--data").arg(data).env_remove("DATABASE_URL");
        command
    }
}

/// The server, ended when it goes out of scope.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a server and waits until it says where it listens; also how long that and its first answer took.
fn serve(bench: &Bench, data: &Path) -> Result<(Server, Duration), String> {
    let start = Instant::now();
    let mut child = bench
        .command(&["demo", "--listen", "127.0.0.1:0"], data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| e.to_string())?;
    let mut out = child.stdout.take().ok_or("no standard output")?;
    let mut said = String::new();
    let mut byte = [0u8; 1];
    let address = loop {
        if out.read(&mut byte).map_err(|e| e.to_string())? == 0 {
            let _ = child.kill();
            return Err(format!("the server ended:\n{said}"));
        }
        said.push(char::from(byte[0]));
        if byte[0] == b'\n'
            && let Some(address) = said.lines().find_map(|l| l.strip_prefix("listening on http://"))
        {
            break address.to_owned();
        }
    };
    // What it prints later is read and forgotten, so that it never waits for a reader.
    std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
    let server = Server { child, address };
    let page = get(&server.address, "/", "")?;
    if !page.head.starts_with("HTTP/1.1 200") {
        return Err(format!("the first answer was {}", page.head.lines().next().unwrap_or_default()));
    }
    Ok((server, start.elapsed()))
}

struct Answer {
    head: String,
    bytes: usize,
    took: Duration,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|l| {
            let (key, value) = l.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    fn statements(&self) -> f64 {
        self.header("server-timing").and_then(|v| v.split('"').nth(1)).and_then(|n| n.parse().ok()).unwrap_or_default()
    }
}

fn ask(address: &str, request: &str) -> Result<Answer, String> {
    let start = Instant::now();
    let mut stream = TcpStream::connect(address).map_err(|e| e.to_string())?;
    stream.write_all(request.as_bytes()).map_err(|e| e.to_string())?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all).map_err(|e| e.to_string())?;
    let split = all.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(all.len());
    let head = String::from_utf8_lossy(&all[..split]).into_owned();
    Ok(Answer { head, bytes: all.len(), took: start.elapsed() })
}

fn get(address: &str, path: &str, cookie: &str) -> Result<Answer, String> {
    ask(
        address,
        &format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Language: zh-CN\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        ),
    )
}

/// Signs in by a demo button; the cookie.
fn sign_in(address: &str, role: &str) -> Result<String, String> {
    let body = format!("as={role}");
    let page = ask(
        address,
        &format!(
            "POST /sign-in/demo HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        ),
    )?;
    let cookies: Vec<&str> = page
        .head
        .lines()
        .filter_map(|l| l.split_once(": ").filter(|(k, _)| k.eq_ignore_ascii_case("set-cookie")).map(|(_, v)| v))
        .filter_map(|v| v.split(';').next())
        .collect();
    if cookies.is_empty() { Err(format!("no session for {role}")) } else { Ok(cookies.join("; ")) }
}

/// A value of `/proc/PID/status` in MiB.
fn memory(pid: u32, field: &str) -> f64 {
    std::fs::read_to_string(format!("/proc/{pid}/status"))
        .ok()
        .and_then(|text| {
            text.lines()
                .find_map(|l| l.strip_prefix(field).and_then(|v| v.split_whitespace().next()?.parse::<f64>().ok()))
        })
        .map_or(f64::NAN, |kib| kib / 1024.0)
}

/// Rows as another office would send them: valid codes of the block that is never issued, all industries.
fn rows() -> impl Iterator<Item = [String; 8]> {
    let industries = ["C3352", "I6510", "F5179", "C3042", "C3911", "G5821", "L7211", "H6210", "E4711", "M7320"];
    let districts = ["思明区", "湖里区", "集美区", "海沧区", "同安区", "翔安区"];
    (0..ROWS).map(move |i| {
        let body = format!("Y{i:07}");
        let check = credit::organisation_check(&body).unwrap_or('0');
        let code =
            credit::with_check(&format!("91350203{body}{check}")).map(|c| c.as_str().to_owned()).unwrap_or_default();
        [
            format!("量测{i:06}号科技有限公司"),
            code,
            districts[i % 6].to_owned(),
            industries[i % 10].to_owned(),
            (i % 900).to_string(),
            (i % 30_000).to_string(),
            (i % 20_000).to_string(),
            "2019-03-18".to_owned(),
        ]
    })
}

const HEADS: [&str; 8] =
    ["企业名称", "统一社会信用代码", "所属区", "行业代码", "从业人员", "营业收入(万元)", "资产总额(万元)", "成立日期"];

fn write_csv(path: &Path) -> Result<(), String> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).map_err(|e| e.to_string())?);
    writeln!(out, "{}", HEADS.join(",")).map_err(|e| e.to_string())?;
    for row in rows() {
        writeln!(out, "{}", row.join(",")).map_err(|e| e.to_string())?;
    }
    out.flush().map_err(|e| e.to_string())
}

fn write_xlsx(path: &Path) -> Result<(), String> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let fail = |e: rust_xlsxwriter::XlsxError| e.to_string();
    let sheet = book.add_worksheet_with_constant_memory().map_err(fail)?;
    for (column, head) in HEADS.iter().enumerate() {
        sheet.write_string(0, column as u16, *head).map_err(fail)?;
    }
    for (line, row) in rows().enumerate() {
        for (column, value) in row.iter().enumerate() {
            let (line, column) = (line as u32 + 1, column as u16);
            match value.parse::<f64>() {
                Ok(number) if (4..7).contains(&column) => sheet.write_number(line, column, number).map_err(fail)?,
                _ => sheet.write_string(line, column, value).map_err(fail)?,
            };
        }
    }
    book.save(path).map_err(fail)
}

/// Imports a file by the command line; how long it took and the most memory it had.
fn import(bench: &Bench, file: &Path, data: &Path) -> Result<(Duration, f64, String), String> {
    let start = Instant::now();
    let mut child = bench
        .command(&["import", "enterprises"], data)
        .arg(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|e| e.to_string())?;
    let mut most: f64 = 0.0;
    loop {
        most = most.max(memory(child.id(), "VmHWM:"));
        if child.try_wait().map_err(|e| e.to_string())?.is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let took = start.elapsed();
    let mut said = String::new();
    if let Some(mut out) = child.stdout.take() {
        out.read_to_string(&mut said).map_err(|e| e.to_string())?;
    }
    Ok((took, most, said.lines().last().unwrap_or_default().to_owned()))
}

fn run(bench: &mut Bench) -> Result<(), String> {
    let size = std::fs::metadata(&bench.program).map_err(|e| e.to_string())?.len() as f64 / (1024.0 * 1024.0);
    bench.say("size of the program", size, "MiB", 80.0);

    let city = bench.folder.join("city");
    let start = Instant::now();
    let (server, _) = serve(bench, &city)?;
    bench.say("the demo city is made", start.elapsed().as_secs_f64(), "s", 60.0);
    drop(server);

    let (server, first) = serve(bench, &city)?;
    bench.say("first answer on an existing folder", first.as_secs_f64() * 1000.0, "ms", 2000.0);
    std::thread::sleep(Duration::from_secs(10));
    bench.say("resident memory at rest with the city", memory(server.child.id(), "VmRSS:"), "MiB", 120.0);

    for (role, paths) in [
        ("", &["/", "/services", "/find/windows", "/rule", "/ask"][..]),
        (
            "operator-dispatcher",
            &["/inbox", "/cases", "/enterprises", "/providers", "/products", "/windows", "/improvements"],
        ),
        ("centre-approver", &["/overview"]),
    ] {
        let cookie = if role.is_empty() { String::new() } else { sign_in(&server.address, role)? };
        for path in paths {
            let mut times = Vec::new();
            let mut statements: f64 = 0.0;
            for _ in 0..20 {
                let page = get(&server.address, path, &cookie)?;
                if !page.head.starts_with("HTTP/1.1 200") || page.bytes < 1000 {
                    return Err(format!("{path}: {}", page.head.lines().next().unwrap_or_default()));
                }
                statements = statements.max(page.statements());
                times.push(page.took);
            }
            times.sort_unstable();
            let middle = times[times.len() / 2].as_secs_f64() * 1000.0;
            let budget = if *path == "/overview" { 30.0 } else { 15.0 };
            bench.say(&format!("{path}, statements"), statements, "", budget);
            bench.say(&format!("{path}, median of 20"), middle, "ms", if *path == "/overview" { 500.0 } else { 150.0 });
        }
    }
    bench.say("resident memory after these pages", memory(server.child.id(), "VmRSS:"), "MiB", 200.0);
    drop(server);

    let csv = bench.folder.join("rows.csv");
    let xlsx = bench.folder.join("rows.xlsx");
    write_csv(&csv)?;
    write_xlsx(&xlsx)?;
    for (file, most_s) in [(&csv, 20.0), (&xlsx, 40.0)] {
        let name = file.extension().and_then(|e| e.to_str()).unwrap_or_default().to_owned();
        let data = bench.folder.join(format!("import-{name}"));
        let (took, memory, said) = import(bench, file, &data)?;
        if said != format!("read {ROWS}, new {ROWS}, changed 0, same 0, refused 0") {
            return Err(format!("the import of .{name} said: {said}"));
        }
        bench.say(&format!("{ROWS} rows of .{name}"), took.as_secs_f64(), "s", most_s);
        bench.say(&format!("most memory with .{name}"), memory, "MiB", 300.0);
        let (_, _, again) = import(bench, file, &data)?;
        if again != format!("read {ROWS}, new 0, changed 0, same {ROWS}, refused 0") {
            return Err(format!("the same .{name} again said: {again}"));
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let Some(program) = std::env::args_os().nth(1) else {
        eprintln!("usage: bench PATH-OF-HUIQI");
        return ExitCode::from(2);
    };
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let mut bench = Bench { program: program.into(), folder: folder.path().to_owned(), failed: false };
    if let Err(error) = run(&mut bench) {
        println!("FAIL {error}");
        bench.failed = true;
    }
    if bench.failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
