//! File contents, outside the database. Named by their hash, so the same content is kept once.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload, path};
use sha2::{Digest, Sha256};

use crate::Fault;
use crate::audit::hex;

/// The store of file contents.
#[derive(Clone, Debug)]
pub struct Files(Arc<dyn ObjectStore>);

/// Where a content was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Key in the store.
    pub path: String,
}

impl Files {
    /// A folder on this machine; made if it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(folder: &Path) -> Result<Files, Fault> {
        std::fs::create_dir_all(folder).map_err(Fault::internal)?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(Fault::internal)?;
        Ok(Files(Arc::new(store)))
    }

    /// A store in memory, for tests.
    pub fn memory() -> Files {
        Files(Arc::new(InMemory::new()))
    }

    /// Keeps a content.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn put(&self, content: Bytes) -> Result<Stored, Fault> {
        let sha256 = hex(&Sha256::digest(&content));
        let path = format!("{}/{}", &sha256[..2], &sha256[2..]);
        self.0.put(&path::Path::from(path.as_str()), PutPayload::from_bytes(content)).await.map_err(Fault::internal)?;
        Ok(Stored { sha256, path })
    }

    /// Gets a content back.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when there is none under this key.
    pub async fn get(&self, path: &str) -> Result<Bytes, Fault> {
        match self.0.get(&path::Path::from(path)).await {
            Ok(found) => found.bytes().await.map_err(Fault::internal),
            Err(object_store::Error::NotFound { .. }) => Err(Fault::NotFound),
            Err(error) => Err(Fault::internal(error)),
        }
    }
}
