//! Serving: the listener, the recurring jobs beside it, and an orderly end.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use axum::serve::ListenerExt;
use huiqi_store::{Ctx, job};
use huiqi_web::App;
use rand::Rng;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::{Problem, wiring};

/// How often due jobs are looked for.
const TICK: Duration = Duration::from_secs(1);
/// How long open answers and running jobs may take to end once the program is asked to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Serves until the process is asked to end, then finishes what is under way.
///
/// Without a public address in the configuration the site is reached under the address it listens on (the demo).
///
/// # Errors
/// When the address cannot be listened on, or the database fails.
pub async fn serve(ctx: Ctx, config: &Config) -> Result<(), Problem> {
    if let Some(mail) = &config.mail {
        huiqi_identity::notices::configure(mail.clone());
    }
    if let Some(start) = config.start_of_work {
        huiqi_casework::ladder::configure(start);
    }
    ctx.set_trusted_proxies(config.trusted_proxies.clone());
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| Problem::setup(format!("{} cannot be listened on: {error}", config.listen)))?;
    let address = listener.local_addr().map_err(|error| Problem::setup(error.to_string()))?;
    if config.public_url.is_none() {
        ctx.set_public_url(&own_url(address));
    }
    if let Some(fault) = config.gateway.faults(&ctx.public_url()).first() {
        return Err(Problem::setup(fault.clone()));
    }
    ctx.provide(config.gateway.clone());
    let (app, router) = wiring::app(ctx.clone());
    job::register(&ctx, app.jobs()).await?;

    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        asked_to_end().await;
        let _ = stop.send(true);
    });
    let jobs = tokio::spawn(run_jobs(app, stopped.clone()));
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    crate::say(format!("listening on {}", own_url(address)));
    let server = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(until(stopped.clone()));
    let overdue = async {
        until(stopped).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = server.into_future() => ended.map_err(|error| Problem::setup(format!("serving ended: {error}")))?,
        () = overdue => tracing::warn!("some connections were still open and were cut"),
    }
    let _ = jobs.await;
    ctx.db().clone().close().await;
    Ok(())
}

/// The address of a listener as a browser on this machine reaches it.
fn own_url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://127.0.0.1:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that nobody can ask any more, which ends the wait as well.
    let _ = stopped.wait_for(|asked| *asked).await;
}

/// Waits for ctrl-c or, on Unix, SIGTERM.
async fn asked_to_end() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    () = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

/// Looks for due jobs every second and runs each in a task of its own, so that a long one holds up no other.
async fn run_jobs(app: App, mut stopped: watch::Receiver<bool>) {
    let ctx = app.ctx().clone();
    let runner = ctx.random(|random| format!("{:016x}", random.random::<u64>()));
    let mut running: HashMap<&'static str, JoinHandle<()>> = HashMap::new();
    loop {
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            _ = stopped.changed() => break,
        }
        running.retain(|_, task| !task.is_finished());
        let states = match job::states(&ctx).await {
            Ok(states) => states,
            Err(error) => {
                tracing::warn!(%error, "jobs cannot be looked for");
                continue;
            }
        };
        let now = ctx.now();
        for job in app.jobs() {
            let due = states
                .iter()
                .any(|s| s.name == job.name && s.next_at <= now && s.locked_until.is_none_or(|until| until < now));
            if !due || running.contains_key(job.name) {
                continue;
            }
            let (ctx, job, runner) = (ctx.clone(), *job, runner.clone());
            let task = tokio::spawn(async move {
                if let Err(error) = job::run_if_due(&ctx, &job, &runner).await {
                    tracing::warn!(job = job.name, %error, "a job could not be claimed or released");
                }
            });
            running.insert(job.name, task);
        }
    }
    let ending = async {
        for (_, task) in running {
            let _ = task.await;
        }
    };
    if tokio::time::timeout(GRACE, ending).await.is_err() {
        tracing::warn!("a job was still running; it goes on after the next start");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everywhere_is_reached_on_this_machine() {
        assert_eq!(own_url("0.0.0.0:80".parse().unwrap()), "http://127.0.0.1:80");
        assert_eq!(own_url("127.0.0.1:8700".parse().unwrap()), "http://127.0.0.1:8700");
    }
}
