use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{IdentityError, PlayerPublicKey, file};

const MAX_FILE: u64 = 4 << 20;

/// Players whom a host lets in no more, with the reason they are told.
///
/// A handle: clones share one list.
#[derive(Clone, Debug, Default)]
pub struct BanList(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    path: Option<PathBuf>,
    banned: BTreeMap<PlayerPublicKey, String>,
}

impl BanList {
    /// A list that is forgotten with the program.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// A list kept in a text file: one `key reason` a line, `#` starts a comment.
    ///
    /// # Errors
    /// [`IdentityError::File`]; [`IdentityError::Damaged`] with the line, because a list that is
    /// silently emptied would let everybody back in.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, IdentityError> {
        let path = path.as_ref();
        let damaged = |why: String| IdentityError::Damaged {
            path: path.to_owned(),
            why,
        };
        let text = String::from_utf8(file::read(path, MAX_FILE)?.unwrap_or_default())
            .map_err(|_| damaged("not text".into()))?;
        let mut banned = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (hex, reason) = line.split_once(' ').unwrap_or((line, ""));
            let Some(player) = PlayerPublicKey::from_hex(hex) else {
                return Err(damaged(format!("line {} is not a player", number + 1)));
            };
            banned.insert(player, reason.to_owned());
        }
        let path = Some(path.to_owned());
        Ok(Self(Arc::new(Mutex::new(Inner { path, banned }))))
    }

    /// Why the player is banned, if so.
    #[must_use]
    pub fn reason(&self, player: &PlayerPublicKey) -> Option<String> {
        self.lock().banned.get(player).cloned()
    }

    /// Bans a player.
    ///
    /// # Errors
    /// [`IdentityError::File`] when the list could not be stored; the ban holds in memory.
    pub fn ban(&self, player: PlayerPublicKey, reason: &str) -> Result<(), IdentityError> {
        let reason = reason.replace(['\n', '\r'], " ");
        let mut inner = self.lock();
        inner.banned.insert(player, reason);
        inner.store()
    }

    /// Lets a player in again. Returns whether there was a ban.
    ///
    /// # Errors
    /// [`IdentityError::File`] when the list could not be stored.
    pub fn pardon(&self, player: &PlayerPublicKey) -> Result<bool, IdentityError> {
        let mut inner = self.lock();
        if inner.banned.remove(player).is_none() {
            return Ok(false);
        }
        inner.store().map(|()| true)
    }

    /// All bans, ordered by key, with the reasons.
    #[must_use]
    pub fn all(&self) -> Vec<(PlayerPublicKey, String)> {
        let inner = self.lock();
        inner.banned.iter().map(|(k, r)| (*k, r.clone())).collect()
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
        let mut text = String::from("# Banned players: key, reason.\n");
        for (player, reason) in &self.banned {
            text.push_str(&format!("{player} {reason}\n"));
        }
        file::replace(path, text.as_bytes())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn bans_survive_and_can_be_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bans");
        let (one, two) = (PlayerPublicKey([1; 32]), PlayerPublicKey([2; 32]));
        let bans = BanList::open(&path).unwrap();
        bans.ban(one, "spam\nand more").unwrap();
        bans.ban(two, "").unwrap();
        let again = BanList::open(&path).unwrap();
        assert_eq!(again.reason(&one).as_deref(), Some("spam and more"));
        assert_eq!(again.reason(&two).as_deref(), Some(""));
        assert!(again.pardon(&two).unwrap());
        assert!(!again.pardon(&two).unwrap());
        assert_eq!(BanList::open(&path).unwrap().all().len(), 1);

        std::fs::write(&path, "nobody at all\n").unwrap();
        assert!(
            BanList::open(&path)
                .unwrap_err()
                .to_string()
                .contains("line 1")
        );
    }
}
