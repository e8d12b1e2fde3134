//! Files of a case: recognised by content, kept outside the database, given back as downloads.
//!
//! In two halves. [`prepare`] does what takes time – recognising, hashing, making pictures smaller – before any
//! transaction is open and after the caller has made sure that this person may attach at all. [`attach_in`] writes
//! contents and rows, last before the commit, so that a step that is refused leaves no file behind.
//!
//! Pictures of phones in HEIC or HEIF are kept as they came and have no preview: the only decoders without a system
//! library are weeks old, and these files come from anybody (docs/adr/0017). Phones of the maker that uses this format
//! turn it into JPEG themselves when a page asks for pictures as [`ACCEPT`] does.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use bytes::Bytes;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx, number};
use huiqi_web::forms::Upload;
use huiqi_web::visit::download;
use huiqi_web::{Answer, Failure, Route, Visit};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::record::{self, Case};
use crate::{scope, t, thread};

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Most files of one case.
pub const MAX_FILES: usize = 10;
/// Longest side of a preview, in pixels.
const PREVIEW: u32 = 1280;

/// What may be attached, by what the content says, not by the name.
const ALLOWED: &[&str] = &[
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "image/heif",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/zip",
];

/// What file fields of pages ask for. Pictures in general come first: phones then offer the camera beside the folders, and
/// those that keep HEIC hand over JPEG.
pub const ACCEPT: &str = "image/*,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt,.csv,.zip";

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/files/{number}", original), Route::get("/files/{number}/preview", preview)]
}

/// A file of a case.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Attached {
    /// Number in the address.
    pub number: String,
    /// Name as it was sent.
    pub name: String,
    /// Media type by content.
    pub kind: String,
    /// Size in bytes.
    pub bytes: i64,
    /// SHA-256 of the content.
    pub sha256: String,
    /// The message it came with.
    pub message: Option<i64>,
    /// Whether there is a preview.
    pub preview: Option<String>,
    /// UTC milliseconds.
    pub at: i64,
    /// The supplement it came with, after closing.
    pub supplement: Option<i64>,
}

impl Attached {
    /// Address of the download under a page's own address; empty for people with an account.
    pub fn href(&self, under: &str) -> String {
        format!("{under}/files/{}", self.number)
    }

    /// Whether it is a picture that most computers cannot show without an extra program.
    pub fn is_unshown(&self) -> bool {
        self.kind == HEIF && self.preview.is_none()
    }
}

/// The format of many phones' cameras.
const HEIF: &str = "image/heif";

/// Main brands of HEIF in the first box of a file; the library below knows the commonest of them only.
const HEIF_BRANDS: &[&[u8; 4]] =
    &[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"];

fn is_heif(content: &[u8]) -> bool {
    content.get(4..8) == Some(b"ftyp") && HEIF_BRANDS.iter().any(|b| content.get(8..12) == Some(b.as_slice()))
}

/// The media type of a content, if it is one that may be attached.
fn kind(content: &[u8]) -> Option<&'static str> {
    if is_heif(content) {
        return Some(HEIF);
    }
    if let Some(found) = infer::get(content) {
        return ALLOWED.iter().copied().find(|k| *k == found.mime_type());
    }
    let text = !content.contains(&0) && std::str::from_utf8(content).is_ok();
    text.then_some("text/plain")
}

/// Checks files before anything is saved; gives back what is wrong, naming the file.
pub fn check(files: &[Upload], already: usize) -> Result<(), Fault> {
    if files.len() + already > MAX_FILES {
        return Err(Fault::invalid("file", |l| t(l).file_too_many(MAX_FILES as i64)));
    }
    for file in files {
        if file.content.len() > MAX_BYTES {
            return Err(Fault::invalid("file", |l| t(l).file_too_large(&file.name)));
        }
        if kind(&file.content).is_none() {
            return Err(Fault::invalid("file", |l| t(l).file_kind(&file.name)));
        }
    }
    Ok(())
}

/// A picture made smaller and written anew as JPEG, which drops position and camera data; `None` where the content is
/// no picture that can be read.
fn shrink(content: &[u8]) -> Option<Vec<u8>> {
    let mut reader = image::ImageReader::new(std::io::Cursor::new(content)).with_guessed_format().ok()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(20_000);
    limits.max_image_height = Some(20_000);
    limits.max_alloc = Some(256 * 1024 * 1024);
    reader.limits(limits);
    let small = reader.decode().ok()?.thumbnail(PREVIEW, PREVIEW).into_rgb8();
    let mut out = std::io::Cursor::new(Vec::new());
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 82).encode_image(&small).ok()?;
    Some(out.into_inner())
}

/// Files that were checked and are ready to be kept.
#[derive(Clone, Debug, Default)]
pub struct Prepared(Vec<Ready>);

#[derive(Clone, Debug)]
struct Ready {
    name: String,
    kind: &'static str,
    content: Bytes,
    preview: Option<Bytes>,
}

impl Prepared {
    /// No files at all.
    pub fn none() -> Prepared {
        Prepared::default()
    }

    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// SHA-256 of each content, in order.
    pub fn hashes(&self) -> Vec<String> {
        self.0.iter().map(|file| huiqi_store::audit::hex(&Sha256::digest(&file.content))).collect()
    }
}

/// Checks files and makes pictures smaller. Takes seconds for large pictures: call it before the transaction, and only
/// for somebody who may attach.
///
/// # Errors
/// [`Fault::Invalid`] as [`check`].
pub async fn prepare(files: &[Upload]) -> Result<Prepared, Fault> {
    if files.is_empty() {
        return Ok(Prepared::none());
    }
    check(files, 0)?;
    let uploads: Vec<(String, Bytes)> = files.iter().map(|f| (f.name.clone(), f.content.clone())).collect();
    let ready = tokio::task::spawn_blocking(move || {
        let one = |(name, content): (String, Bytes)| {
            let kind = kind(&content).unwrap_or("application/octet-stream");
            let preview = kind.starts_with("image/").then(|| shrink(&content)).flatten().map(Bytes::from);
            Ready { name, kind, content, preview }
        };
        uploads.into_iter().map(one).collect()
    });
    Ok(Prepared(ready.await.map_err(Fault::internal)?))
}

/// Keeps prepared files of a case: contents first, then their rows. Call it last, so that a refused step keeps nothing.
///
/// # Errors
/// [`Fault::Invalid`] when the case would have too many; when files or database cannot be written.
pub async fn attach_in(
    work: &Work,
    case: &Case,
    message: Option<i64>,
    files: &Prepared,
    inside: bool,
) -> Result<(), Fault> {
    if !files.is_empty() {
        record::still_open(work, case)?;
    }
    keep_in(work, case, (message, None), files, inside).await
}

/// Keeps prepared files of a supplement to a closed case.
///
/// # Errors
/// As [`attach_in`].
pub async fn attach_supplement_in(work: &Work, case: &Case, supplement: i64, files: &Prepared) -> Result<(), Fault> {
    keep_in(work, case, (None, Some(supplement)), files, false).await
}

async fn keep_in(
    work: &Work,
    case: &Case,
    (message, supplement): (Option<i64>, Option<i64>),
    files: &Prepared,
    inside: bool,
) -> Result<(), Fault> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    if files.is_empty() {
        return Ok(());
    }
    let already = work
        .one::<Count>(
            "SELECT COUNT(*) AS n FROM case_attachment WHERE case_id = ? AND COALESCE(supplement, 0) = ?",
            [Value::from(case.id), Value::from(supplement.unwrap_or_default())],
        )
        .await?
        .map_or(0, |c| usize::try_from(c.n).unwrap_or_default());
    if files.0.len() + already > MAX_FILES {
        return Err(Fault::invalid("file", |l| t(l).file_too_many(MAX_FILES as i64)));
    }
    for file in &files.0 {
        let bytes = file.content.len();
        let stored = work.ctx().files().put(file.content.clone()).await?;
        let preview = match &file.preview {
            Some(small) => Some(work.ctx().files().put(small.clone()).await?.path),
            None => None,
        };
        let number = work.ctx().random(number::query_code) + &work.ctx().random(number::query_code);
        let id = work
            .insert(
                "INSERT INTO stored_file (number, name, kind, bytes, sha256, path, preview, at, person)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    Value::from(number),
                    Value::from(file.name.clone()),
                    Value::from(file.kind),
                    Value::from(bytes as i64),
                    Value::from(stored.sha256.clone()),
                    Value::from(stored.path),
                    Value::from(preview),
                    Value::from(work.now()),
                    Value::from(work.person()),
                ],
            )
            .await?;
        work.run(
            "INSERT INTO case_attachment (case_id, message, file, inside, supplement) VALUES (?, ?, ?, ?, ?)",
            [Value::from(case.id), Value::from(message), Value::from(id), Value::from(inside), Value::from(supplement)],
        )
        .await?;
        work.audit("case.attach", "case", &case.number, json!({ "sha256": stored.sha256, "bytes": bytes })).await?;
    }
    Ok(())
}

/// A condition on `case_attachment a`: the files of notes inside belong to the house that wrote the note, like the note
/// itself, and to those above.
fn readable(viewer: &Viewer) -> (String, Vec<Value>) {
    let Some(actor) = viewer.actor().filter(|a| a.role.is_staff()) else {
        return ("a.inside = ?".to_owned(), vec![Value::from(false)]);
    };
    if thread::oversees(actor) {
        return ("1 = 1".to_owned(), Vec::new());
    }
    let sql = "a.inside = ? OR EXISTS (SELECT 1 FROM case_message s JOIN membership m ON m.id = s.membership
        WHERE s.id = a.message AND m.organisation = ? AND COALESCE(m.service_window, 0) = ?)";
    let window = actor.window.unwrap_or_default();
    (sql.to_owned(), vec![Value::from(false), Value::from(actor.organisation), Value::from(window)])
}

/// Files of a case that this viewer may read.
///
/// # Errors
/// When the database fails.
pub async fn of_case(ctx: &Ctx, case: i64, viewer: &Viewer) -> Result<Vec<Attached>, Fault> {
    let (readable, values) = readable(viewer);
    let text = format!(
        "SELECT f.number, f.name, f.kind, f.bytes, f.sha256, a.message, f.preview, f.at, a.supplement
         FROM case_attachment a JOIN stored_file f ON f.id = a.file
         WHERE a.case_id = ? AND ({readable}) ORDER BY a.id"
    );
    ctx::all(ctx, &text, std::iter::once(Value::from(case)).chain(values)).await
}

#[derive(FromQueryResult)]
struct FileRow {
    name: String,
    kind: String,
    path: String,
    preview: Option<String>,
}

/// The file, if this viewer may see the case it belongs to.
async fn find(visit: &Visit, number: &str) -> Result<FileRow, Failure> {
    let scope = scope::visible(visit.viewer());
    let (readable, more) = readable(visit.viewer());
    let text = format!(
        "SELECT f.name, f.kind, f.path, f.preview FROM stored_file f
         JOIN case_attachment a ON a.file = f.id JOIN case_record c ON c.id = a.case_id
         WHERE f.number = ? AND ({readable}) AND ({})",
        scope.sql
    );
    let values = std::iter::once(Value::from(number)).chain(more).chain(scope.values);
    ctx::one::<FileRow>(visit.ctx(), &text, values).await?.ok_or_else(Failure::not_found)
}

async fn original(visit: Visit, Path(number): Path<String>) -> Answer {
    let file = find(&visit, &number).await?;
    give(visit.ctx(), file, false).await
}

async fn preview(visit: Visit, Path(number): Path<String>) -> Answer {
    let file = find(&visit, &number).await?;
    give(visit.ctx(), file, true).await
}

async fn give(ctx: &Ctx, file: FileRow, small: bool) -> Answer {
    if small {
        let path = file.preview.ok_or_else(Failure::not_found)?;
        let content = ctx.files().get(&path).await?;
        return Ok(([(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "private, max-age=3600")], content).into_response());
    }
    let content = ctx.files().get(&file.path).await?;
    download(&file.name, &file.kind, content)
}

/// A file of one case for whoever has proved to know that case otherwise than by an account.
///
/// # Errors
/// [`Fault::NotFound`] when the case has no such file, or it is an inside one.
pub async fn give_to_bearer(ctx: &Ctx, case: i64, number: &str, small: bool) -> Answer {
    let file: Option<FileRow> = ctx::one(
        ctx,
        "SELECT f.name, f.kind, f.path, f.preview FROM stored_file f JOIN case_attachment a ON a.file = f.id
         WHERE f.number = ? AND a.case_id = ? AND a.inside = ?",
        [Value::from(number), Value::from(case), Value::from(false)],
    )
    .await?;
    give(ctx, file.ok_or(Fault::NotFound)?, small).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_not_the_name() {
        assert_eq!(kind(b"%PDF-1.7 ..."), Some("application/pdf"));
        assert_eq!(kind("表格,数字\n".as_bytes()), Some("text/plain"));
        // A camera's picture, whichever brand stands first.
        assert_eq!(kind(b"\0\0\0\x24ftypheic\0\0\0\0mif1MiHEmiaf"), Some(HEIF));
        assert_eq!(kind(b"\0\0\0\x18ftypmif1\0\0\0\0mif1miaf"), Some(HEIF));
        // The same box of a film is no picture.
        assert_eq!(kind(b"\0\0\0\x18ftypisom\0\0\0\0isommp42"), None);
        assert_eq!(kind(b"MZ\x90\x00\x03\x00\x00\x00"), None);
        assert_eq!(kind(b"\x7fELF\x02\x01\x01\x00"), None);
    }

    #[test]
    fn a_picture_is_written_anew() {
        let mut png = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(3000, 20).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let small = shrink(png.get_ref()).unwrap();
        assert_eq!(infer::get(&small).unwrap().mime_type(), "image/jpeg");
        assert!(shrink(b"not a picture").is_none());
    }
}
