//! Disks that fail: a backend that fails on command, over the real one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use wayfarer_save::store::*;

use crate::common::*;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Full,
    ReadOnly,
    Panic,
}

/// What fails, from how many calls on.
#[derive(Debug, Clone, Default)]
struct Faults(Arc<Mutex<(Option<Fault>, usize)>>);

impl Faults {
    fn set(&self, fault: Option<Fault>, after: usize) {
        *self.0.lock().unwrap() = (fault, after);
    }

    fn check(&self, path: &Path) -> Result<(), StoreError> {
        let fault = {
            let mut state = self.0.lock().unwrap();
            if state.1 > 0 {
                state.1 -= 1;
                return Ok(());
            }
            state.0
        };
        let path = path.to_path_buf();
        match fault {
            None => Ok(()),
            Some(Fault::Full) => Err(StoreError::DiskFull { path }),
            Some(Fault::ReadOnly) => Err(StoreError::NotPermitted { path }),
            Some(Fault::Panic) => panic!("assertion failed: the page is what it was"),
        }
    }
}

struct Failing {
    faults: Faults,
    inner: PkvBackend,
}

struct FailingStore {
    faults: Faults,
    inner: Box<dyn KeyValue>,
    path: PathBuf,
}

impl Backend for Failing {
    fn open(&mut self, dir: &Path, file: &str) -> Result<Box<dyn KeyValue>, StoreError> {
        let path = dir.join(file);
        self.faults.check(&path)?;
        Ok(Box::new(FailingStore {
            faults: self.faults.clone(),
            inner: self.inner.open(dir, file)?,
            path,
        }))
    }
}

impl KeyValue for FailingStore {
    fn set(&mut self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.faults.check(&self.path)?;
        self.inner.set(key, value)
    }

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.get(key)
    }
}

fn failing(dir: &Path) -> (Writer, Faults) {
    let faults = Faults::default();
    let backend = Failing {
        faults: faults.clone(),
        inner: PkvBackend,
    };
    let config = WriterConfig {
        retry_first: Duration::from_millis(20),
        retry_last: Duration::from_millis(80),
        ..Default::default()
    };
    let writer = Writer::with_backend(Profile::open(dir).unwrap(), backend, config).unwrap();
    (writer, faults)
}

/// Fails at every step of a full save and of a save of changes in turn; what was there before
/// stays, and what was to be saved is saved once the fault is gone.
#[test]
fn a_fault_at_any_step_loses_nothing() {
    for fault in [Fault::Full, Fault::ReadOnly, Fault::Panic] {
        for step in 0..8 {
            for is_full in [true, false] {
                check_fault(fault, step, is_full);
            }
        }
    }
}

fn check_fault(fault: Fault, step: usize, is_full: bool) {
    let case = format!("{fault:?} at step {step}, full: {is_full}");
    let dir = tempfile::tempdir().unwrap();
    let (writer, faults) = failing(dir.path());
    save(&writer, "auto", full("0", vec![record(1, b"a")]));
    save(&writer, "auto", full("1", vec![record(1, b"b")]));
    writer.drain_reports();

    faults.set(Some(fault), step);
    let next = vec![record(1, b"c"), record(2, b"new")];
    let batch = if is_full {
        full("2", next.clone())
    } else {
        dirty("2", next.clone(), vec![])
    };
    writer.save(&slot("auto"), batch);
    let failed = writer.flush(PATIENCE).is_err();

    // What a crash at this moment would leave: at least generation 2.
    let snapshot = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, snapshot.path().join(path.file_name().unwrap())).unwrap();
    }
    let after_crash = load(&crate::common::writer(snapshot.path()), "auto");
    let old = vec![record(1, b"b")];
    assert!(
        after_crash.records == next || (failed && after_crash.records == old),
        "{case}: {after_crash:?}"
    );
    assert_eq!(after_crash.problems, [], "{case}");

    faults.set(None, 0);
    if failed && writer.needs_full(&slot("auto")) {
        save(&writer, "auto", full("2", next.clone()));
    }
    writer.flush(PATIENCE).expect(&case);
    let loaded = load(&writer, "auto");
    assert_eq!(loaded.records, next, "{case}");
    assert_eq!(loaded.problems, [], "{case}");
}

#[test]
fn a_full_disk_is_reported_tried_again_and_merged() {
    let dir = tempfile::tempdir().unwrap();
    let (writer, faults) = failing(dir.path());
    let name = slot("auto");
    save(&writer, "auto", full("0", vec![record(1, b"a")]));
    writer.drain_reports();

    faults.set(Some(Fault::Full), 0);
    writer.save(&name, dirty("1", vec![record(1, b"b")], vec![]));
    let mut pauses = Vec::new();
    while pauses.len() < 5 {
        match writer.wait_report(PATIENCE).expect("a report") {
            SaveReport::Failed {
                error,
                will_retry_in: Some(pause),
                ..
            } => {
                assert!(error.to_string().contains("disk is full"), "{error}");
                pauses.push(pause.as_millis());
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(pauses, [20, 40, 80, 80, 80]);

    let last = writer.save(&name, dirty("2", vec![record(2, b"c")], vec![]));
    faults.set(None, 0);
    loop {
        match writer.wait_report(PATIENCE).expect("a report") {
            SaveReport::Saved { id, .. } => {
                assert_eq!(id, last, "both are written together");
                break;
            }
            SaveReport::Failed { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    let loaded = load(&writer, "auto");
    assert_eq!(loaded.records, [record(1, b"b"), record(2, b"c")]);
    assert_eq!(loaded.meta.label, "2");
}

#[test]
fn a_failing_disk_does_not_keep_the_game_from_closing() {
    let dir = tempfile::tempdir().unwrap();
    let (writer, faults) = failing(dir.path());
    faults.set(Some(Fault::ReadOnly), 0);
    writer.save(&slot("auto"), full("0", vec![record(1, b"a")]));
    assert!(matches!(
        writer.flush(PATIENCE),
        Err(FlushError::Failed {
            error: StoreError::NotPermitted { .. },
            ..
        })
    ));
    drop(writer);
    assert!(Profile::open(dir.path()).is_ok(), "the thread has ended");
}

#[cfg(unix)]
#[test]
fn a_file_deleted_under_the_game_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let (writer, _) = failing(dir.path());
    let name = slot("auto");
    save(&writer, "auto", full("0", vec![record(1, b"a")]));
    for file in ["auto.a", "auto.b"] {
        let _ = fs::remove_file(dir.path().join(file));
    }
    writer.drain_reports();
    writer.save(&name, dirty("1", vec![record(2, b"b")], vec![]));
    let Some(SaveReport::NeedsFull { why, .. }) = writer.wait_report(PATIENCE) else {
        panic!("a save into a deleted file counted");
    };
    assert!(why.contains("moved or deleted"), "{why}");
    assert!(writer.needs_full(&name));
    let all = vec![record(1, b"a"), record(2, b"b")];
    save(&writer, "auto", full("1", all.clone()));
    assert_eq!(load(&writer, "auto").records, all);
}

#[test]
fn what_lies_in_the_way_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let (writer, _) = failing(dir.path());
    fs::create_dir(dir.path().join("auto.new")).unwrap();
    writer.save(&slot("auto"), full("0", vec![record(1, b"a")]));
    let Err(FlushError::Failed { error, .. }) = writer.flush(PATIENCE) else {
        panic!("it was saved");
    };
    assert!(error.to_string().contains("auto.new"), "{error}");
    fs::remove_dir(dir.path().join("auto.new")).unwrap();
    writer.flush(PATIENCE).unwrap();
    assert_eq!(load(&writer, "auto").records, [record(1, b"a")]);
}

/// A disk that really fills up. There is none to be had in a test run: give the folder of a
/// small one (4 to 16 MB) in `WAYFARER_SAVE_TEST_SMALL_DISK` to run it.
#[test]
fn a_real_full_disk_is_told_and_survived() {
    let Some(disk) = std::env::var_os("WAYFARER_SAVE_TEST_SMALL_DISK").map(PathBuf::from) else {
        return;
    };
    let (writer, _) = failing(&disk.join("profile"));
    let name = slot("auto");
    let ballast = disk.join("ballast");
    let base = vec![record(1, &[1; 10_000])];
    save(&writer, "auto", full("0", base.clone()));
    save(&writer, "auto", full("1", base.clone()));
    // Leaves no room; later as much as a few saves take.
    let fill = || {
        let mut file = fs::File::create(&ballast).unwrap();
        while std::io::Write::write_all(&mut file, &[0; 4096]).is_ok() {}
    };
    fill();
    writer.save(&name, full("2", vec![record(1, &[2; 10_000])]));
    let flushed = writer.flush(PATIENCE);
    assert!(
        matches!(
            &flushed,
            Err(FlushError::Failed {
                error: StoreError::DiskFull { .. },
                ..
            })
        ),
        "{flushed:?}"
    );
    fs::remove_file(&ballast).unwrap();
    writer.flush(PATIENCE).unwrap();
    fill();
    let mut failed = None;
    let mut last = 0;
    for n in 0..2000u64 {
        last = n;
        writer.save(&name, dirty("3", vec![record(2, &[n as u8; 9000])], vec![]));
        if let Err(error) = writer.flush(PATIENCE) {
            failed = Some(error);
            break;
        }
    }
    println!("{last} saves, then {failed:?}");
    assert!(failed.is_some());
    let crashed = tempfile::tempdir().unwrap();
    for file in ["auto.a", "auto.b"] {
        fs::copy(disk.join("profile").join(file), crashed.path().join(file)).unwrap();
    }
    let survived = load(&crate::common::writer(crashed.path()), "auto");
    assert_eq!(survived.problems, []);
    assert!(survived.meta.label == "3" || last == 0);
    // Loading needs no room.
    fs::remove_file(&ballast).unwrap();
    writer.flush(PATIENCE).unwrap();
    fill();
    let loaded = load(&writer, "auto");
    assert_eq!(loaded.records[1], record(2, &[last as u8; 9000]));
    assert_eq!(loaded.problems, []);
}
