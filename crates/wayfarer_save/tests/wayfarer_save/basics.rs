//! A healthy disk.

use wayfarer_save::store::*;

use crate::common::*;

#[test]
fn a_save_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let records: Vec<Record> = (0..50)
        .map(|n| record(n, &vec![n as u8; n as usize * 10]))
        .collect();
    let before = {
        let writer = writer(dir.path());
        save(&writer, "auto", full("first", records.clone()));
        load(&writer, "auto")
    };
    assert_eq!(before.records, records);
    assert_eq!(before.meta.label, "first");
    assert_eq!((before.generation, before.sequence), (1, 0));
    assert_eq!(before.problems, []);
    let after = load(&writer(dir.path()), "auto");
    assert_eq!(after, before, "another session");
}

#[test]
fn changes_and_removals_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let writer = writer(dir.path());
    let start = vec![record(1, b"a"), record(2, b"b"), record(3, b"c")];
    save(&writer, "auto", full("0", start));
    save(
        &writer,
        "auto",
        dirty(
            "1",
            vec![record(2, b"B"), record(4, b"d")],
            vec![record(1, b"").key],
        ),
    );
    save(
        &writer,
        "auto",
        dirty("2", vec![record(1, b"again")], vec![record(3, b"").key]),
    );
    let loaded = load(&writer, "auto");
    assert_eq!(
        loaded.records,
        [record(1, b"again"), record(2, b"B"), record(4, b"d")]
    );
    assert_eq!((loaded.sequence, loaded.meta.label.as_str()), (2, "2"));
    assert_eq!(loaded.problems, []);
}

#[test]
fn an_empty_save_and_empty_records_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let writer = writer(dir.path());
    save(&writer, "auto", full("", vec![]));
    assert_eq!(load(&writer, "auto").records, []);
    save(&writer, "auto", full("", vec![record(0, b"")]));
    assert_eq!(load(&writer, "auto").records, [record(0, b"")]);
}

#[test]
fn many_chunks_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let config = WriterConfig {
        chunk_bytes: 1000,
        ..Default::default()
    };
    let profile = Profile::open(dir.path()).unwrap();
    let writer = Writer::with_backend(profile, PkvBackend, config).unwrap();
    let mut records: Vec<Record> = (0..100).map(|n| record(n, &[n as u8; 90])).collect();
    records.push(record(100, &[7; 5000]));
    save(&writer, "auto", full("", records.clone()));
    assert_eq!(load(&writer, "auto").records, records);
}

#[test]
fn the_previous_generation_can_be_loaded() {
    let dir = tempfile::tempdir().unwrap();
    let writer = writer(dir.path());
    save(&writer, "auto", full("1", vec![record(1, b"one")]));
    let none = try_load(&writer, "auto", Which::Previous).unwrap_err();
    assert_eq!(none, LoadError::NoPrevious { slot: slot("auto") });
    for (text, bytes) in [("2", b"two"), ("3", b"333"), ("4", b"444")] {
        save(&writer, "auto", full(text, vec![record(1, bytes)]));
    }
    assert_eq!(load(&writer, "auto").generation, 4);
    let previous = try_load(&writer, "auto", Which::Previous).unwrap();
    assert_eq!(
        (previous.generation, previous.meta.label.as_str()),
        (3, "3")
    );
    // Going on from it keeps generation 4 as the one before.
    save(&writer, "auto", full("5", vec![record(1, b"five")]));
    assert_eq!(load(&writer, "auto").generation, 5);
    let previous = try_load(&writer, "auto", Which::Previous).unwrap();
    assert_eq!(previous.generation, 4);
}

#[test]
fn a_full_save_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let config = WriterConfig {
        max_segments: 3,
        ..Default::default()
    };
    let profile = Profile::open(dir.path()).unwrap();
    let writer = Writer::with_backend(profile, PkvBackend, config).unwrap();
    let name = slot("auto");
    assert!(writer.needs_full(&name), "nothing is saved yet");
    save(&writer, "auto", full("", vec![record(1, b"a")]));
    for n in 0..3 {
        assert!(!writer.needs_full(&name), "after {n} segments");
        save(&writer, "auto", dirty("", vec![record(n, b"x")], vec![]));
    }
    assert!(writer.needs_full(&name), "too many segments");
    save(&writer, "auto", full("", vec![record(1, b"a")]));
    assert!(!writer.needs_full(&name));
    // Much larger than the checkpoint.
    save(
        &writer,
        "auto",
        dirty("", vec![record(9, &vec![0; 2 << 20])], vec![]),
    );
    assert!(writer.needs_full(&name), "changes outgrew the checkpoint");
    let _ = load(&writer, "auto");
    assert!(writer.needs_full(&name), "after a load");
}

#[test]
fn changes_without_a_checkpoint_wait_for_one() {
    let dir = tempfile::tempdir().unwrap();
    let writer = writer(dir.path());
    writer.save(&slot("auto"), dirty("", vec![record(1, b"x")], vec![]));
    let flushed = writer.flush(PATIENCE);
    assert!(matches!(flushed, Err(FlushError::NeedsFull { .. })));
    assert!(matches!(
        writer.drain_reports()[..],
        [SaveReport::NeedsFull { .. }, ..]
    ));
    save(&writer, "auto", full("", vec![record(1, b"y")]));
    assert_eq!(load(&writer, "auto").records, [record(1, b"y")]);
}

#[test]
fn a_burst_is_merged_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let writer = writer(dir.path());
    let name = slot("auto");
    writer.save(&name, full("", vec![record(0, b"start")]));
    let mut last = 0;
    for n in 1..=2000u64 {
        last = writer.save(
            &name,
            dirty(
                &n.to_string(),
                vec![record(n % 10, &n.to_le_bytes())],
                vec![],
            ),
        );
    }
    writer.flush(PATIENCE).unwrap();
    let reports = writer.drain_reports();
    assert!(reports.len() < 500, "{} writes", reports.len());
    assert!(matches!(
        reports.last(),
        Some(SaveReport::Saved { id, .. }) if *id == last
    ));
    let loaded = load(&writer, "auto");
    let expected: Vec<Record> = (0..10)
        .map(|k| record(k, &(if k == 0 { 2000 } else { 1990 + k }).to_le_bytes()))
        .collect();
    assert_eq!(loaded.records, expected);
}

#[test]
fn slots_are_listed_copied_and_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let writer = writer(dir.path());
    assert_eq!(writer.list().wait(PATIENCE).unwrap().unwrap(), []);
    save(&writer, "one", full("Ashford", vec![record(1, b"a")]));
    save(&writer, "one", dirty("Bree", vec![record(2, b"b")], vec![]));
    save(&writer, "two", full("Cliff", vec![record(1, b"c")]));
    save(&writer, "two", full("Dale", vec![record(1, b"d")]));

    let list = writer.list().wait(PATIENCE).unwrap().unwrap();
    let seen: Vec<_> = list
        .iter()
        .map(|info| {
            let label = info.meta.label.as_str();
            (info.name.as_str(), label, info.records, info.has_previous)
        })
        .collect();
    assert_eq!(seen, [("one", "Bree", 2, false), ("two", "Dale", 1, true)]);
    assert!(
        list.iter()
            .all(|i| i.bytes > 0 && i.saved_at > 0 && i.problems.is_empty())
    );

    let copied = writer.copy(&slot("one"), &slot("two")).wait(PATIENCE);
    assert_eq!(copied.unwrap(), Ok(vec![]));
    assert_eq!(
        load(&writer, "two").records,
        [record(1, b"a"), record(2, b"b")]
    );
    let previous = try_load(&writer, "two", Which::Previous).unwrap();
    assert_eq!(previous.meta.label, "Dale");
    // The copied slot itself can be added to as before.
    save(&writer, "one", dirty("Elm", vec![record(3, b"e")], vec![]));

    writer.delete(&slot("one")).wait(PATIENCE).unwrap().unwrap();
    let gone = try_load(&writer, "one", Which::Newest).unwrap_err();
    assert_eq!(gone, LoadError::NotFound { slot: slot("one") });
    let copied = writer.copy(&slot("one"), &slot("x")).wait(PATIENCE);
    assert!(matches!(copied.unwrap(), Err(LoadError::NotFound { .. })));
    let left: Vec<String> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("one"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn dropping_the_writer_writes_what_waits() {
    let dir = tempfile::tempdir().unwrap();
    let first = writer(dir.path());
    first.save(&slot("auto"), full("", vec![record(1, b"last words")]));
    drop(first);
    let second = writer(dir.path());
    assert_eq!(load(&second, "auto").records, [record(1, b"last words")]);
}

#[test]
fn a_record_too_large_is_refused_and_named() {
    let dir = tempfile::tempdir().unwrap();
    let writer = writer(dir.path());
    let key = RecordKey::world("x".repeat(100_000));
    writer.save(&slot("auto"), full("", vec![Record::new(key, vec![])]));
    let report = writer.wait_report(PATIENCE);
    assert!(
        matches!(
            &report,
            Some(SaveReport::Failed {
                error: StoreError::TooLarge { .. },
                will_retry_in: None,
                ..
            })
        ),
        "{report:?}"
    );
    assert!(writer.needs_full(&slot("auto")));
    assert_eq!(writer.flush(PATIENCE), Ok(()), "it is given up");
}

#[test]
fn files_are_ordinary_bevy_pkv_files() {
    let dir = tempfile::tempdir().unwrap();
    let first = writer(dir.path());
    save(&first, "auto", full("", vec![record(1, b"findable")]));
    drop(first);
    let store = bevy_pkv::PkvStore::new_in_dir_with_filename(dir.path(), "auto.a");
    let chunk: serde_bytes::ByteBuf = store.get("chunk.0").unwrap();
    assert!(chunk.windows(8).any(|window| window == b"findable"));
    assert!(store.get::<serde_bytes::ByteBuf>("head.0").is_ok());
}
