use super::*;
use crate::store::envelope::{self, Address, Kind};
use crate::store::head::FORMAT;
use crate::store::{PkvBackend, Problem};

fn engine(dir: &std::path::Path) -> Engine {
    let profile = Profile::open(dir).unwrap();
    Engine::new(profile, Box::new(PkvBackend), WriterConfig::default())
}

fn slot() -> SlotName {
    SlotName::new("auto").unwrap()
}

fn record(bytes: &[u8]) -> Record {
    Record::new(RecordKey::world("r"), bytes.to_vec())
}

fn full(bytes: &[u8]) -> SaveBatch {
    SaveBatch::Full {
        meta: SaveMeta::default(),
        records: vec![record(bytes)],
    }
}

fn dirty(bytes: &[u8]) -> SaveBatch {
    SaveBatch::Dirty {
        meta: SaveMeta::labelled("dirty"),
        records: vec![record(bytes)],
        removed: vec![],
    }
}

/// A file as a later version of this crate might write it.
fn write_future_file(dir: &std::path::Path, file: &str, generation: u64) {
    let mut store = Guarded::open(&mut PkvBackend, dir, file).unwrap();
    let at = Address {
        kind: Kind::Head,
        index: 0,
        file: 77,
        generation,
    };
    let mut payload = (FORMAT + 1).to_le_bytes().to_vec();
    payload.extend_from_slice(b"who knows what");
    let (value, _) = envelope::seal(at, &payload);
    store.set(&Kind::Head.key(0), &value).unwrap();
}

#[test]
fn checkpoints_alternate_between_the_files() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = engine(dir.path());
    for (generation, file) in [(1, "auto.a"), (2, "auto.b"), (3, "auto.a")] {
        let before = Identity::of(&dir.path().join(file));
        let done = engine.save(&slot(), &full(b"x")).unwrap();
        assert_eq!(done.generation, generation);
        assert_ne!(Identity::of(&dir.path().join(file)), before);
        engine.save(&slot(), &dirty(b"y")).unwrap();
    }
}

#[test]
fn a_save_of_a_newer_version_is_neither_loaded_nor_lost() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = engine(dir.path());
    engine.save(&slot(), &full(b"old")).unwrap();
    write_future_file(dir.path(), "auto.b", 5);

    let error = engine.load(&slot(), Which::Newest).unwrap_err();
    assert!(matches!(error, LoadError::TooNew { format, .. } if format == FORMAT + 1));
    assert!(error.to_string().contains("update the game"), "{error}");
    let previous = engine.load(&slot(), Which::Previous).unwrap();
    assert_eq!(previous.records, [record(b"old")]);

    // Whoever goes on from the old state gets newer generations, and the file is kept.
    let done = engine.save(&slot(), &full(b"on")).unwrap();
    assert_eq!(done.generation, 6);
    let loaded = engine.load(&slot(), Which::Newest).unwrap();
    assert_eq!(loaded.records, [record(b"on")]);
    assert!(matches!(loaded.problems[..], [Problem::FileTooNew { .. }]));
    engine.save(&slot(), &full(b"on")).unwrap();
    engine.save(&slot(), &full(b"on")).unwrap();
    assert!(dir.path().join("auto.b.damaged-1").exists());
    assert_eq!(engine.load(&slot(), Which::Newest).unwrap().problems, []);
}

#[test]
fn a_segment_without_its_head_counts() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = engine(dir.path());
    engine.save(&slot(), &full(b"0")).unwrap();
    engine.save(&slot(), &dirty(b"1")).unwrap();
    // The process is killed after the next segment and before its head.
    let open = engine.open.get_mut(&slot()).unwrap();
    let records = [record(b"2")];
    let (head, meta) = (open.head.clone(), SaveMeta::labelled("killed"));
    let store = open.store.as_mut().unwrap();
    write_segment(store, &head, 2, meta, &newest(&records), vec![]).unwrap();
    engine.open.clear();
    let path = dir.path().join("auto.a");
    wipe_heads_after(&path, head.age());

    let loaded = engine.load(&slot(), Which::Newest).unwrap();
    assert_eq!(loaded.records, records);
    assert_eq!((loaded.sequence, loaded.meta.label.as_str()), (2, "killed"));
    assert_eq!(loaded.problems, []);
}

/// Takes newer heads out of a file.
fn wipe_heads_after(path: &std::path::Path, age: (u64, u32, u32)) {
    let mut bytes = fs::read(path).unwrap();
    let mut wiped = 0;
    for at in 0..bytes.len() {
        if let Some(envelope) = envelope::open(&bytes[at..])
            && envelope.at.kind == Kind::Head
            && Head::decode(envelope.payload).is_ok_and(|head| head.age() > age)
        {
            bytes[at] = 0;
            wiped += 1;
        }
    }
    assert!(wiped > 0);
    fs::write(path, bytes).unwrap();
}

#[test]
fn of_two_attempts_at_a_save_the_later_counts() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = engine(dir.path());
    engine.save(&slot(), &full(b"0")).unwrap();
    let open = engine.open.get_mut(&slot()).unwrap();
    let (before, meta) = (open.head.clone(), SaveMeta::default());
    let store = open.store.as_mut().unwrap();
    let first = [record(b"first attempt")];
    write_segment(store, &before, 1, meta, &newest(&first), vec![]).unwrap();
    // It is on disk, but the system said it failed: the same step is done again.
    open.writes = 1;
    open.store = None;
    let done = engine.save(&slot(), &dirty(b"second")).unwrap();
    assert_eq!(done.sequence, 1);
    assert_eq!(
        engine.load(&slot(), Which::Newest).unwrap().records,
        [record(b"second")]
    );
}

#[test]
fn a_store_lost_to_an_error_is_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = engine(dir.path());
    engine.save(&slot(), &full(b"0")).unwrap();
    engine.save(&slot(), &dirty(b"1")).unwrap();
    engine.open.get_mut(&slot()).unwrap().store = None;
    let done = engine.save(&slot(), &dirty(b"2")).unwrap();
    assert_eq!((done.full, done.sequence), (false, 2));
    // A file that does not hold what was written last is not added to.
    let open = engine.open.get_mut(&slot()).unwrap();
    open.store = None;
    open.head.saved_at += 1;
    let fault = engine.save(&slot(), &dirty(b"3")).unwrap_err();
    assert!(matches!(fault, SaveFault::NeedsFull(_)));
}
