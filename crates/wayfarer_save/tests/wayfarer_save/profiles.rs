//! Who owns a profile folder, and folders that cannot be used.

use std::fs;

use wayfarer_save::store::*;

use crate::common::*;

#[test]
fn a_second_owner_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let first = Profile::open(dir.path()).unwrap();
    let second = Profile::open(dir.path()).unwrap_err();
    assert!(matches!(second, ProfileError::InUse { .. }));
    let text = second.to_string();
    assert!(text.contains("in use by another running game"), "{text}");
    drop(first);
    assert!(Profile::open(dir.path()).is_ok(), "it is free again");
}

#[test]
fn a_writer_holds_the_profile_until_it_is_dropped() {
    let dir = tempfile::tempdir().unwrap();
    let writer = writer(dir.path());
    assert!(matches!(
        Profile::open(dir.path()),
        Err(ProfileError::InUse { .. })
    ));
    drop(writer);
    assert!(Profile::open(dir.path()).is_ok());
}

#[test]
fn missing_folders_are_made() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("games/wayfarer/profile 1");
    assert_eq!(Profile::open(&deep).unwrap().dir(), deep);
}

#[test]
fn a_file_in_place_of_the_folder_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("profile");
    fs::write(&file, "x").unwrap();
    for path in [file.clone(), file.join("below")] {
        let error = Profile::open(&path).unwrap_err();
        assert!(
            matches!(error, ProfileError::NotAFolder { .. }),
            "{error:?}"
        );
        assert!(error.to_string().contains("profile"), "{error}");
    }
}

#[test]
fn a_folder_in_place_of_the_lock_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("profile.lock")).unwrap();
    assert!(Profile::open(dir.path()).is_err());
}

#[cfg(unix)]
#[test]
fn a_deleted_folder_is_made_and_taken_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("profile");
    let writer = writer(&path);
    let name = slot("auto");
    save(&writer, "auto", full("", vec![record(1, b"a")]));
    fs::remove_dir_all(&path).unwrap();

    writer.save(&name, dirty("", vec![record(2, b"b")], vec![]));
    assert!(matches!(
        writer.flush(PATIENCE),
        Err(FlushError::NeedsFull { .. })
    ));
    assert!(writer.needs_full(&name));
    let all = vec![record(1, b"a"), record(2, b"b")];
    save(&writer, "auto", full("", all.clone()));
    assert!(matches!(
        Profile::open(&path),
        Err(ProfileError::InUse { .. })
    ));
    assert_eq!(load(&writer, "auto").records, all);
}

#[cfg(unix)]
#[test]
fn a_profile_taken_by_another_meanwhile_is_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("profile");
    let writer = writer(&path);
    save(&writer, "auto", full("", vec![record(1, b"a")]));
    fs::remove_dir_all(&path).unwrap();
    let _other = Profile::open(&path).unwrap();

    writer.save(&slot("auto"), full("", vec![record(2, b"b")]));
    let flushed = writer.flush(PATIENCE);
    assert!(
        matches!(
            &flushed,
            Err(FlushError::Failed {
                error: StoreError::InUse { .. },
                ..
            })
        ),
        "{flushed:?}"
    );
    assert!(!path.join("auto.a").exists());
}
