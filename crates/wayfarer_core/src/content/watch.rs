//! Reloading when files change.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use notify_debouncer_full::{
    DebounceEventResult, Debouncer, RecommendedCache, new_debouncer,
    notify::{self, EventKind, RecommendedWatcher, RecursiveMode},
};

use super::source::PackSource;

/// Editors write a file in several steps; this long must be quiet before it is read.
const DEBOUNCE: Duration = Duration::from_millis(150);

type Watcher = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Watches the folders of sources.
#[derive(Default)]
pub(crate) struct Watch {
    changed: Arc<AtomicBool>,
    /// In a mutex only because watchers are not `Sync` on every platform.
    watcher: Mutex<Option<Watcher>>,
    followed: Vec<PathBuf>,
}

impl Watch {
    /// Whether something changed since [`Watch::take_changed`].
    pub(crate) fn changed(&self) -> bool {
        self.changed.load(Ordering::Relaxed)
    }

    pub(crate) fn take_changed(&self) -> bool {
        self.changed.swap(false, Ordering::AcqRel)
    }

    /// Watches the folders of `sources` that are not watched yet. What cannot be watched is logged;
    /// `ReloadContent` works all the same.
    pub(crate) fn follow(&mut self, sources: &[Arc<dyn PackSource>]) {
        for path in sources.iter().flat_map(|source| source.watch_paths()) {
            if self.followed.contains(&path) {
                continue;
            }
            match self.watch(&path) {
                Ok(()) => self.followed.push(path),
                Err(error) => tracing::warn!("cannot watch {}: {error}", path.display()),
            }
        }
    }

    fn watch(&self, path: &PathBuf) -> notify::Result<()> {
        let mut slot = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        let watcher = match slot.as_mut() {
            Some(watcher) => watcher,
            None => {
                let changed = Arc::clone(&self.changed);
                let watcher = new_debouncer(DEBOUNCE, None, move |result: DebounceEventResult| {
                    if is_change(&result) {
                        changed.store(true, Ordering::Release);
                    }
                })?;
                slot.insert(watcher)
            }
        };
        watcher.watch(path, RecursiveMode::Recursive)
    }
}

/// Reading the files is an event too, and must not lead to reading them again.
fn is_change(result: &DebounceEventResult) -> bool {
    match result {
        Ok(events) => events
            .iter()
            .any(|event| !matches!(event.kind, EventKind::Access(_))),
        Err(errors) => {
            for error in errors {
                tracing::warn!("while watching content: {error}");
            }
            // Something was missed: look.
            true
        }
    }
}
