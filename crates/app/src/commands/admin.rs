//! `huiqi admin create`: the first system administrator.

use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;

use huiqi_identity::people;
use huiqi_kernel::people::Role;
use huiqi_store::ctx;
use huiqi_store::sea_orm::FromQueryResult;

use crate::Problem;
use crate::cli::Admin;
use crate::config::Config;
use crate::folder::{self, Tables};

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn run(config: &Config, command: Admin) -> Result<ExitCode, Problem> {
    let Admin::Create { login, name, force_another } = command;
    let ctx = folder::open(config, Tables::Make).await?;
    let there: Option<Count> = ctx::one(
        &ctx,
        "SELECT COUNT(*) AS n FROM membership m JOIN person p ON p.id = m.person
         WHERE m.role = ? AND m.until IS NULL AND p.state = 'active'",
        [Role::SystemAdmin.code().into()],
    )
    .await?;
    if there.is_some_and(|count| count.n > 0) && !force_another {
        return Err(Problem::No(
            "there is a system administrator already, who can invite others on the page People; \
             --force-another makes one more"
                .to_owned(),
        ));
    }
    let password = password()?;
    let number = people::create_admin(&ctx, name.trim(), login.trim(), &password).await?;
    crate::say(number);
    ctx.db().clone().close().await;
    Ok(ExitCode::SUCCESS)
}

/// Asks for the password twice on a terminal; elsewhere takes the first line of standard input.
fn password() -> Result<String, Problem> {
    let failed = |error: std::io::Error| Problem::setup(format!("the password cannot be read: {error}"));
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let ask = |words: &str| {
        print!("{words}");
        std::io::stdout().flush().map_err(failed)?;
        rpassword::read_password().map_err(failed)
    };
    let first = ask("Password: ")?;
    if ask("Once more: ")? == first {
        Ok(first)
    } else {
        Err(Problem::No("the two passwords differ; nothing was made".to_owned()))
    }
}
