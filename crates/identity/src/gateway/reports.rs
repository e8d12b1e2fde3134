//! Delivery reports: a provider says what became of messages.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use huiqi_kernel::people::Viewer;
use huiqi_store::{Ctx, Fault, Work};
use huiqi_web::Visit;
use serde::Deserialize;

use super::config::GatewayConfig;
use super::signature::{self, WINDOW_MS};

#[derive(Deserialize)]
struct Reports {
    reports: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    key: String,
    state: String,
    #[serde(default)]
    reason: String,
}

/// A call of a provider. Whatever is wrong with it, the answer is the same.
pub(super) async fn take(visit: Visit, Path(provider): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    match taken(visit.ctx(), &provider, visit.path(), &headers, &body).await {
        Ok(Some(count)) => (StatusCode::OK, format!("{{\"taken\":{count}}}\n")).into_response(),
        Ok(None) => (StatusCode::FORBIDDEN, "{\"error\":\"not signed as agreed\"}\n").into_response(),
        Err(fault) => {
            tracing::error!(error = %fault, "reports of a provider could not be taken in");
            (StatusCode::SERVICE_UNAVAILABLE, "{\"error\":\"try again later\"}\n").into_response()
        }
    }
}

async fn taken(ctx: &Ctx, provider: &str, path: &str, headers: &HeaderMap, body: &[u8]) -> Result<Option<u64>, Fault> {
    let config = GatewayConfig::of(ctx);
    let Some(sms) = config.sms.as_ref().filter(|_| provider == "sms") else { return Ok(None) };
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (time, nonce) = (header(signature::TIME), header(signature::NONCE));
    let near = time.parse::<i64>().is_ok_and(|s| (s.saturating_mul(1000) - ctx.now()).abs() <= WINDOW_MS);
    let signed = header(signature::ACCOUNT) == sms.account
        && (8..=64).contains(&nonce.len())
        && signature::is_right(&sms.secret, time, nonce, "POST", path, body, header(signature::SIGNATURE));
    if !near || !signed {
        return Ok(None);
    }
    let Ok(Reports { reports }) = serde_json::from_slice::<Reports>(body) else { return Ok(None) };
    let work = ctx.write(&Viewer::System).await?;
    let fresh = work
        .run(
            "INSERT INTO gateway_nonce (provider, nonce, at) VALUES (?, ?, ?) ON CONFLICT (provider, nonce) DO NOTHING",
            [provider.to_owned().into(), nonce.to_owned().into(), work.now().into()],
        )
        .await?;
    let mut count = 0;
    if fresh == 1 {
        for report in &reports {
            count += write_down(&work, report).await?;
        }
        work.commit().await?;
    }
    Ok(Some(count))
}

/// What a report changes: what was delivered stays delivered, and a message that was never called out is nobody's.
async fn write_down(work: &Work, report: &Report) -> Result<u64, Fault> {
    match report.state.as_str() {
        "delivered" => {
            work.run(
                "UPDATE phone_message SET state = 'delivered', calling = ?, secret = NULL, error = NULL, ended_at = ?
                 WHERE message_key = ? AND tries > 0 AND state IN ('waiting', 'sent', 'failed')",
                [false.into(), work.now().into(), report.key.clone().into()],
            )
            .await
        }
        "failed" => {
            let reason: String = report.reason.chars().take(200).collect();
            work.run(
                "UPDATE phone_message SET state = 'failed', calling = ?, secret = NULL, error = ?, ended_at = ?
                 WHERE message_key = ? AND tries > 0 AND state IN ('waiting', 'sent')",
                [false.into(), reason.into(), work.now().into(), report.key.clone().into()],
            )
            .await
        }
        _ => Ok(0),
    }
}
