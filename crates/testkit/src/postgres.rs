//! A private PostgreSQL for one test run, and databases cloned from a template in it.
//!
//! - `cargo xtask test` starts one server for the whole run and names its socket folder to the tests
//!   in [`SERVER_VARIABLE`]. A single `cargo test -p …` starts its own on first use: see [`shared`].
//! - `initdb` refuses root, so as root everything runs by `runuser` as the user `postgres`, whom
//!   Debian's package creates.
//! - The server listens on a Unix socket only, in a folder that nobody but its owner (and root) may
//!   enter, and trusts whoever gets there.
//! - It ends with the process that started it, however that one ends: `postgres.sh` waits for the end
//!   of a pipe that the process holds.
//!
//! Only the standard library is used here: xtask compiles this very file and must build in seconds.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Deref;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;

/// Names the socket folder of the running server, e.g. `/tmp/huiqi-pg-Ab12Cd`.
pub const SERVER_VARIABLE: &str = "HUIQI_TEST_PG";

/// Names the folder with `initdb`, `postgres`, `pg_isready` and `psql`, where it shall not be the
/// highest version below `/usr/lib/postgresql`, nor the one on the `PATH`.
pub const PROGRAMS_VARIABLE: &str = "HUIQI_PG_BIN";

/// The user who runs the server when the tests run as root.
const SERVICE_USER: &str = "postgres";

const SCRIPT: &str = include_str!("postgres.sh");

/// A running server, no matter who started it.
#[derive(Debug, Clone)]
pub struct Server {
    socket_dir: PathBuf,
    pub(crate) programs: PathBuf,
}

impl Server {
    /// The folder of its Unix socket.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// The address of one database as `sqlx` and SeaORM take it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost:5432/{database}?host={}", self.socket_dir.display())
    }

    /// Starts making the template `name`, or gives `None` when it is already there, complete.
    ///
    /// Others who ask for the same template meanwhile wait, in this process and in any other. The
    /// winner brings the database at [`TemplateBuild::url`] into shape, closes its connections and
    /// calls [`TemplateBuild::finish`]; without that the next one starts afresh. Where a server lives
    /// longer than one run, put a digest of the migrations into the name.
    ///
    /// # Errors
    /// When the server does not answer or `name` is not a plain name.
    pub fn begin_template(&self, name: &str) -> io::Result<Option<TemplateBuild<'_>>> {
        check_name(name)?;
        let lock = File::create(self.socket_dir.join(format!("template-{name}.lock")))?;
        lock.lock()?;
        if self.template_ready(name)? {
            return Ok(None);
        }
        self.drop_database(name)?;
        self.run(&format!("CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"))?;
        Ok(Some(TemplateBuild { server: self, name: name.to_owned(), _lock: lock }))
    }

    /// Whether the template `name` exists and is complete.
    ///
    /// # Errors
    /// When the server does not answer or `name` is not a plain name.
    pub fn template_ready(&self, name: &str) -> io::Result<bool> {
        check_name(name)?;
        let answer =
            self.run(&format!("SELECT count(*) FROM pg_database WHERE datname = '{name}' AND datistemplate"))?;
        Ok(answer.trim() == "1")
    }

    /// Makes the database `name` as a copy of a finished `template`.
    ///
    /// # Errors
    /// When `name` exists, `template` does not, or somebody is connected to the template.
    pub fn create_database_from(&self, template: &str, name: &str) -> io::Result<()> {
        check_name(template)?;
        check_name(name)?;
        self.run(&format!("CREATE DATABASE \"{name}\" TEMPLATE \"{template}\""))?;
        Ok(())
    }

    /// Removes the database `name` if it exists, whoever is still connected to it.
    ///
    /// # Errors
    /// When the server does not answer, or `name` is a finished template.
    pub fn drop_database(&self, name: &str) -> io::Result<()> {
        check_name(name)?;
        self.run(&format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"))?;
        Ok(())
    }

    /// Makes an empty database, in place of one of that name.
    ///
    /// # Errors
    /// When the server does not answer, or `name` is a finished template.
    pub fn create_database(&self, name: &str) -> io::Result<()> {
        self.drop_database(name)?;
        self.run(&format!("CREATE DATABASE \"{name}\""))?;
        Ok(())
    }

    /// Runs one statement by `psql` in the database `postgres` and gives back the bare rows.
    fn run(&self, sql: &str) -> io::Result<String> {
        let output = command(self.programs.join("psql"))
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
            .args(["--set=ON_ERROR_STOP=1", "--username=postgres"])
            .args(["--port=5432", "--dbname=postgres"])
            .arg("--host")
            .arg(&self.socket_dir)
            .args(["--command", sql])
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()?;
        if !output.status.success() {
            return Err(io::Error::other(format!("psql, {sql}: {}", String::from_utf8_lossy(&output.stderr).trim())));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// A template that this caller, and nobody else, is making: see [`Server::begin_template`].
#[derive(Debug)]
pub struct TemplateBuild<'a> {
    server: &'a Server,
    name: String,
    _lock: File,
}

impl TemplateBuild<'_> {
    /// The address of the empty database to bring into shape.
    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// Declares the template complete. From now on nobody can connect to it, only copy it.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn finish(self) -> io::Result<()> {
        self.server.run(&format!("ALTER DATABASE \"{}\" WITH IS_TEMPLATE true ALLOW_CONNECTIONS false", self.name))?;
        Ok(())
    }
}

/// A server that this process started; dropping it stops it and removes its folder.
#[derive(Debug)]
pub struct PrivatePostgres {
    server: Server,
    watcher: Child,
    /// Closing this pipe is the word to stop.
    pipe: Option<ChildStdin>,
}

impl PrivatePostgres {
    /// Starts a server with an empty data folder below `/tmp`.
    ///
    /// # Errors
    /// When PostgreSQL is not installed (the text says what to install), or does not start (the text
    /// has its log).
    pub fn start() -> io::Result<Self> {
        let programs = programs()?;
        let mut command = if is_root()? {
            let mut runuser = command("runuser");
            runuser.args(["-u", SERVICE_USER, "--", "sh"]);
            runuser
        } else {
            command("sh")
        };
        let mut watcher = command
            .args(["-c", SCRIPT, "postgres.sh"])
            .arg(&programs)
            // The service user may not be able to enter the folder we are in.
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Not ours: whoever reads our output to its end must not wait for the server.
            .stderr(Stdio::null())
            // A group of its own: Ctrl-C reaches us, and the watcher through the end of the pipe.
            .process_group(0)
            .spawn()?;
        let pipe = watcher.stdin.take();
        let mut said = String::new();
        if let Some(stdout) = watcher.stdout.take() {
            let mut stdout = BufReader::new(stdout);
            stdout.read_line(&mut said)?;
            if let Some(dir) = said.strip_prefix("ready ") {
                let server = Server { socket_dir: PathBuf::from(dir.trim_end()), programs };
                return Ok(Self { server, watcher, pipe });
            }
            stdout.read_to_string(&mut said)?;
        }
        drop(pipe);
        let status = watcher.wait()?;
        Err(io::Error::other(format!(
            "the private PostgreSQL of {} did not start ({status}): {}",
            programs.display(),
            said.trim_start_matches("failed").trim()
        )))
    }
}

impl Deref for PrivatePostgres {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        drop(self.pipe.take());
        // The only failure left is that somebody else has waited for it, and then it is gone.
        let _ = self.watcher.wait();
    }
}

/// The server for the tests of this process: the one named in [`SERVER_VARIABLE`], or else one that
/// is started on first use and ends with the process.
///
/// # Errors
/// As [`PrivatePostgres::start`]; the same error each time. A test that needs PostgreSQL fails on it:
/// none is skipped for want of a server.
pub fn shared() -> io::Result<&'static Server> {
    static SHARED: OnceLock<Result<Shared, String>> = OnceLock::new();
    enum Shared {
        Named(Server),
        Own(PrivatePostgres),
    }
    let shared = SHARED.get_or_init(|| {
        let found = match env::var_os(SERVER_VARIABLE).filter(|dir| !dir.is_empty()) {
            Some(dir) => programs().map(|programs| {
                let socket_dir = PathBuf::from(dir);
                Shared::Named(Server { socket_dir, programs })
            }),
            None => PrivatePostgres::start().map(Shared::Own),
        };
        found.map_err(|error| error.to_string())
    });
    match shared {
        Ok(Shared::Named(server)) => Ok(server),
        Ok(Shared::Own(server)) => Ok(server),
        Err(text) => Err(io::Error::other(text.clone())),
    }
}

/// The folder with PostgreSQL's server programs: [`PROGRAMS_VARIABLE`], else the highest version
/// below `/usr/lib/postgresql`, else where `initdb` is on the `PATH`.
///
/// # Errors
/// When there is none; the text says what to install.
pub fn programs() -> io::Result<PathBuf> {
    if let Some(dir) = env::var_os(PROGRAMS_VARIABLE).filter(|dir| !dir.is_empty()) {
        let dir = PathBuf::from(dir);
        return if dir.join("initdb").is_file() {
            Ok(dir)
        } else {
            Err(io::Error::new(io::ErrorKind::NotFound, format!("no initdb in {PROGRAMS_VARIABLE}={}", dir.display())))
        };
    }
    highest_version(Path::new("/usr/lib/postgresql"))
        .or_else(|| {
            let path = env::var_os("PATH")?;
            env::split_paths(&path).find(|dir| dir.join("initdb").is_file())
        })
        .ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                "no PostgreSQL server found: install the package `postgresql` (on Debian: \
                 apt-get install postgresql), or name the folder of initdb in HUIQI_PG_BIN",
            )
        })
}

/// `LIB/VERSION/bin` with the highest number that holds an `initdb`.
pub(crate) fn highest_version(lib: &Path) -> Option<PathBuf> {
    fs::read_dir(lib)
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            let bin = entry.path().join("bin");
            bin.join("initdb").is_file().then_some((version, bin))
        })
        .max()
        .map(|(_, bin)| bin)
}

/// A command without the caller's own PostgreSQL settings (`PGHOST`, `PGPORT`, …).
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
    command
}

/// Whether this process runs as root.
fn is_root() -> io::Result<bool> {
    let output = Command::new("id").arg("-u").output()?;
    Ok(output.stdout.trim_ascii() == b"0")
}

/// Database names here are typed by programmers; refusing the rest spares all quoting.
pub(crate) fn check_name(name: &str) -> io::Result<()> {
    let plain = !name.is_empty()
        && name.len() <= 63
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if plain {
        Ok(())
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("{name:?} is no database name: a–z, 0–9 and _ only, at most 63"),
        ))
    }
}
