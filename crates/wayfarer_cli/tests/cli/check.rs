use std::{
    io::{BufRead, BufReader},
    process::Stdio,
    sync::mpsc::channel,
    thread,
    time::Duration,
};

use super::support::{command, packs, text, wayfarer, write};

#[test]
fn clean_packs_are_good() {
    let dir = packs();
    wayfarer(&["check", text(dir.path())]).expect(
        0,
        &["checked 2 packs, 15 definitions: 0 errors, 0 warnings"],
    );
}

#[test]
fn one_pack_brings_its_dependencies() {
    let dir = packs();
    write(dir.path(), "broken/pack.ron", "(");
    let demo = dir.path().join("demo");
    wayfarer(&["check", text(&demo)]).expect(0, &["checked 2 packs"]);
}

#[test]
fn mistakes_have_place_and_remedy() {
    let dir = packs();
    write(
        dir.path(),
        "demo/items/more.ron",
        "{\n    \"pear\": (name: \"Pear\", wieght: 0.2),\n}\n",
    );
    write(
        dir.path(),
        "demo/kits/more.ron",
        "{ \"squire\": (compartments: [\"core:bagg\"]) }",
    );
    let said = wayfarer(&["check", text(dir.path())]);
    said.expect(
        1,
        &[
            "error[unknown-field]",
            "--> demo/items/more.ron:2:",
            "= help: did you mean `weight`?",
            "--> demo/kits/more.ron:1:30",
            "did you mean `core:bag`?",
            ": 2 errors, 0 warnings",
        ],
    );
}

#[test]
fn a_warning_is_no_error() {
    let dir = packs();
    // `other` uses core without saying so.
    write(
        dir.path(),
        "other/pack.ron",
        r#"(name: "other", version: "1")"#,
    );
    write(
        dir.path(),
        "other/kits/all.ron",
        r#"{ "chest": (compartments: ["core:bag"]) }"#,
    );
    wayfarer(&["check", text(dir.path())])
        .expect(0, &["warning[undeclared-pack]", ": 0 errors, 1 warning"]);
}

#[test]
fn folders_of_the_games_own_can_be_left_out() {
    let dir = packs();
    write(
        dir.path(),
        "demo/songs/all.ron",
        r#"{ "ballad": (verses: 12) }"#,
    );
    let path = text(dir.path());
    wayfarer(&["check", path]).expect(1, &["unknown folder `songs`"]);
    wayfarer(&["check", path, "--ignore", "songs"]).expect(0, &["0 errors"]);
}

#[test]
fn what_is_no_folder_is_said_with_a_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("nowhere");
    wayfarer(&["check", text(&missing)])
        .expect(2, &["there is no folder", "help: name the folder"]);
    wayfarer(&["check", text(dir.path())]).expect(2, &["there is no pack in", "pack.ron"]);
    wayfarer(&["check"]).expect(2, &["Usage"]);
    wayfarer(&["chekc"]).expect(2, &["check"]);
}

#[test]
fn watching_checks_again() {
    let dir = packs();
    let mut child = command()
        .args(["check", text(dir.path()), "--watch"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (sender, lines) = channel();
    thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            if line.starts_with("checked") {
                let _ = sender.send(line);
            }
        }
    });
    let next = || lines.recv_timeout(Duration::from_secs(60));
    let first = next();
    write(
        dir.path(),
        "demo/items/more.ron",
        "{ \"pear\": (nmae: \"Pear\") }",
    );
    let second = next();
    write(
        dir.path(),
        "demo/items/more.ron",
        "{ \"pear\": (name: \"Pear\") }",
    );
    let third = next();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first.unwrap().ends_with("0 errors, 0 warnings"));
    assert!(!second.unwrap().contains(": 0 errors"));
    assert!(third.unwrap().contains("16 definitions: 0 errors"));
}
