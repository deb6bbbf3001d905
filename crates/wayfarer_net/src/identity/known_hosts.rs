use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Fingerprint, IdentityError, file};

const MAX_FILE: u64 = 4 << 20;

/// Which key each host showed at the first visit ("trust on first use").
///
/// A handle: clones share one list. Addresses are compared without case.
#[derive(Clone, Debug, Default)]
pub struct KnownHosts(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    path: Option<PathBuf>,
    hosts: BTreeMap<String, Fingerprint>,
}

impl KnownHosts {
    /// A list that is forgotten with the program.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// A list kept in a text file: one `address fingerprint` a line, `#` starts a comment.
    ///
    /// # Errors
    /// [`IdentityError::File`]; [`IdentityError::Damaged`] with the line, because a list that is
    /// silently emptied would trust an impostor.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, IdentityError> {
        let path = path.as_ref();
        let damaged = |why: String| IdentityError::Damaged {
            path: path.to_owned(),
            why,
        };
        let text = String::from_utf8(file::read(path, MAX_FILE)?.unwrap_or_default())
            .map_err(|_| damaged("not text".into()))?;
        let mut hosts = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let entry = line
                .split_once(' ')
                .and_then(|(address, hex)| Some((address, Fingerprint::from_hex(hex.trim())?)));
            let Some((address, fingerprint)) = entry else {
                return Err(damaged(format!("line {} is not a host", number + 1)));
            };
            hosts.insert(key(address), fingerprint);
        }
        let path = Some(path.to_owned());
        Ok(Self(Arc::new(Mutex::new(Inner { path, hosts }))))
    }

    /// The key that `address` showed last time.
    #[must_use]
    pub fn get(&self, address: &str) -> Option<Fingerprint> {
        self.lock().hosts.get(&key(address)).copied()
    }

    /// Remembers a host.
    ///
    /// # Errors
    /// [`IdentityError::File`] when the list could not be stored; it is remembered in memory.
    pub fn remember(&self, address: &str, host: Fingerprint) -> Result<(), IdentityError> {
        let mut inner = self.lock();
        if inner.hosts.insert(key(address), host) == Some(host) {
            return Ok(());
        }
        inner.store()
    }

    /// Forgets a host, so that the next visit is the first one again. For players who were told
    /// that the host's key changed and who know why.
    ///
    /// # Errors
    /// [`IdentityError::File`] when the list could not be stored.
    pub fn forget(&self, address: &str) -> Result<(), IdentityError> {
        let mut inner = self.lock();
        if inner.hosts.remove(&key(address)).is_none() {
            return Ok(());
        }
        inner.store()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn store(&self) -> Result<(), IdentityError> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let mut text = String::from("# Keys that game hosts showed at the first visit.\n");
        for (address, host) in &self.hosts {
            text.push_str(&format!("{address} {}\n", host.to_hex()));
        }
        file::replace(path, text.as_bytes())
    }
}

/// White space would break the file's lines.
fn key(address: &str) -> String {
    address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn remembers_over_restarts_and_forgets() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("known_hosts");
        let (one, two) = (Fingerprint([1; 32]), Fingerprint([2; 32]));
        let hosts = KnownHosts::open(&path).unwrap();
        hosts.remember("Friend.example:5", one).unwrap();
        hosts.remember("[::1]:7", two).unwrap();
        hosts.remember("evil\n# x", two).unwrap();

        let again = KnownHosts::open(&path).unwrap();
        assert_eq!(again.get("friend.EXAMPLE:5"), Some(one));
        assert_eq!(again.get("[::1]:7"), Some(two));
        again.forget("friend.example:5").unwrap();
        assert_eq!(
            KnownHosts::open(&path).unwrap().get("friend.example:5"),
            None
        );
    }

    #[test]
    fn a_damaged_line_is_named_not_skipped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("known_hosts");
        std::fs::write(&path, "# fine\n\nhost:1 abc\n").unwrap();
        let error = KnownHosts::open(&path).unwrap_err().to_string();
        assert!(error.contains("line 3"), "{error}");
    }
}
