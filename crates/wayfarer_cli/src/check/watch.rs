//! Checking again when a file changes. Looking at the times of some hundred files is cheap and
//! works on every file system; a watcher of the system's does not (network drives, containers).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, SystemTime},
};

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(300);

/// Deeper folders are not looked at; a link that leads in a circle ends here.
const MAX_DEPTH: usize = 16;

/// What is known of each file. Its size too: two writes can share a time stamp.
type Stamps = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Calls `changed` at once and after every change, for ever.
pub(crate) fn watch(folders: &[PathBuf], mut changed: impl FnMut()) -> ! {
    let mut last = stamps(folders);
    changed();
    loop {
        sleep(EVERY);
        let mut now = stamps(folders);
        if now == last {
            continue;
        }
        // An editor that is still writing would show half a file.
        loop {
            sleep(EVERY / 6);
            let then = std::mem::replace(&mut now, stamps(folders));
            if then == now {
                break;
            }
        }
        last = now;
        changed();
    }
}

fn stamps(folders: &[PathBuf]) -> Stamps {
    let mut found = Stamps::new();
    for folder in folders {
        collect(folder, 0, &mut found);
    }
    found
}

fn collect(folder: &Path, depth: usize, found: &mut Stamps) {
    if depth > MAX_DEPTH {
        return;
    }
    for entry in fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(&path, depth + 1, found);
        } else if path
            .extension()
            .is_some_and(|ext| ext.eq_ignore_ascii_case("ron"))
            && let Ok(meta) = fs::metadata(&path)
        {
            found.insert(path, (meta.modified().ok(), meta.len()));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn new_changed_and_lost_files_are_seen() {
        let dir = tempfile::tempdir().unwrap();
        let folders = [dir.path().to_owned()];
        fs::create_dir(dir.path().join("items")).unwrap();
        let file = dir.path().join("items/a.ron");
        let empty = stamps(&folders);
        fs::write(&file, "{}").unwrap();
        fs::write(dir.path().join("notes.txt"), "not content").unwrap();
        let one = stamps(&folders);
        assert_ne!(one, empty);
        assert_eq!(one.len(), 1);
        fs::write(&file, "{ \"a\": () }").unwrap();
        assert_ne!(stamps(&folders), one);
        fs::remove_file(&file).unwrap();
        assert_eq!(stamps(&folders), empty);
    }
}
