//! Small secret files: read with a limit, written so that a crash leaves the old or the new one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use super::IdentityError;

/// Reads at most `limit` bytes; `None` when there is no such file.
pub(super) fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, IdentityError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, &error)),
    };
    let mut bytes = Vec::new();
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| failed(path, &error))?;
    if bytes.len() as u64 > limit {
        return Err(IdentityError::Damaged {
            path: path.to_owned(),
            why: format!("larger than {limit} bytes"),
        });
    }
    Ok(Some(bytes))
}

/// Replaces the file as a whole.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), IdentityError> {
    let temporary = write_temporary(path, bytes).map_err(|error| failed(path, &error))?;
    fs::rename(&temporary, path).map_err(|error| {
        let _ = fs::remove_file(&temporary);
        failed(path, &error)
    })
}

/// Writes the file unless it exists; returns what is in the file afterwards.
///
/// Two programs that start at once must end with the same key, so whoever is second takes the
/// first one's.
pub(super) fn create(path: &Path, bytes: &[u8], limit: u64) -> Result<Vec<u8>, IdentityError> {
    let temporary = write_temporary(path, bytes).map_err(|error| failed(path, &error))?;
    let linked = fs::hard_link(&temporary, path);
    match linked {
        Ok(()) => {
            let _ = fs::remove_file(&temporary);
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let _ = fs::remove_file(&temporary);
        }
        // Some file systems (FAT, some phones) have no hard links.
        Err(_) => fs::rename(&temporary, path).map_err(|error| {
            let _ = fs::remove_file(&temporary);
            failed(path, &error)
        })?,
    }
    read(path, limit)?.ok_or_else(|| IdentityError::File {
        path: path.to_owned(),
        why: "it vanished while it was being created".into(),
    })
}

fn write_temporary(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(
        ".{}-{}.tmp",
        std::process::id(),
        COUNTER.fetch_add(1, Ordering::Relaxed)
    ));
    let temporary = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written {
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    Ok(temporary)
}

fn failed(path: &Path, error: &io::Error) -> IdentityError {
    IdentityError::File {
        path: path.to_owned(),
        why: error.to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn second_creator_takes_the_first_ones_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/key");
        assert_eq!(create(&path, b"first", 100).unwrap(), b"first");
        assert_eq!(create(&path, b"second", 100).unwrap(), b"first");
        replace(&path, b"third").unwrap();
        assert_eq!(read(&path, 100).unwrap().unwrap(), b"third");
        assert!(matches!(read(&path, 3), Err(IdentityError::Damaged { .. })));
        let left: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "no temporary files stay");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        create(&path, b"secret", 100).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
