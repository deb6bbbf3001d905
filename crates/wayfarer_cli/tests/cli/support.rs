//! Running the program, and packs small enough to read here.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// What the program said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Said {
    /// Checks the code and that each part was said, on stdout or stderr.
    #[track_caller]
    pub fn expect(&self, code: i32, parts: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:#?}");
        for part in parts {
            let said = self.out.contains(part) || self.err.contains(part);
            assert!(said, "`{part}` was not said: {self:#?}");
        }
        assert!(!self.out.contains('\x1b'), "colours in a pipe: {self:#?}");
    }
}

/// The program, ready to be given arguments.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wayfarer"));
    command.stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub fn wayfarer(args: &[&str]) -> Said {
    command().args(args).output().unwrap().into()
}

pub fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Two packs without a mistake: rules, and a knight with a sword, a ring and apples.
pub fn packs() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let file = |path: &str, text: &str| write(dir.path(), path, text);
    file("core/pack.ron", r#"(name: "core", version: "0.1.0")"#);
    file(
        "core/slots/all.ron",
        r#"{
    "main_hand": (name: "Main hand"),
    "ring": (name: "Ring"),
}"#,
    );
    file(
        "core/compartments/all.ron",
        r#"{ "bag": (name: "Bag", max_bulk: 12) }"#,
    );
    file(
        "core/bonus_types/all.ron",
        r#"{ "enhancement": (name: "Enhancement", stacks: false) }"#,
    );
    file(
        "core/stats/all.ron",
        r#"{
    "attributes": (
        name: "Attributes",
        stats: {
            "strength": (name: "Strength", min: 1, max: 30, default: 10, tiers: [
                (id: "weak", min: 1, name: "weak"),
                (id: "strong", min: 15, name: "strong"),
            ]),
            "strength_mod": (name: "Strength modifier", formula: "floor((strength - 10) / 2)"),
            "health": (name: "Health", resource: (max: "10 + strength_mod")),
        },
    ),
}"#,
    );
    file(
        "demo/pack.ron",
        r#"(name: "demo", version: "0.2.0", depends: ["core"])"#,
    );
    file(
        "demo/characters/all.ron",
        r#"{ "knight": (name: "Sir Tom") }"#,
    );
    file(
        "demo/sheets/all.ron",
        r#"{
    "knight": (sets: ["core:attributes"], base: { "strength": 14 }),
}"#,
    );
    file(
        "demo/kits/all.ron",
        r#"{
    "knight": (compartments: ["core:bag"], weight_limit: 40, items: [
        (item: "iron_sword"),
        (item: "apple", count: 5),
    ]),
}"#,
    );
    file(
        "demo/items/all.ron",
        r#"{
    "iron_sword": (name: "Iron sword", weight: 3.5, bulk: 2),
    "great_sword": (name: "Great sword", weight: 6, bulk: 3),
    "apple": (name: "Apple", weight: 0.2, bulk: 1, max_stack: 10),
    "ring_of_strength": (name: "Ring of strength", weight: 0.1),
}"#,
    );
    file(
        "demo/gear/all.ron",
        r#"{
    "iron_sword": (slots: ["core:main_hand"]),
    "great_sword": (
        slots: ["core:main_hand"],
        requires: [(stat: "core:attributes.strength", min: 25)],
    ),
    "ring_of_strength": (slots: ["core:ring"], modifiers: [
        (stat: "core:attributes.strength", flat: 2, type: "core:enhancement"),
        (stat: "core:attributes.strength", flat: 1, type: "core:enhancement"),
    ]),
}"#,
    );
    dir
}
