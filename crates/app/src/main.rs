//! The program `huiqi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    huiqi_app::run()
}
