//! 10 000 definitions from disk.

use std::{fmt::Write, fs, path::Path};

use bevy::prelude::*;
use wayfarer_benches::{
    Row,
    measure::{in_turn, millis, time},
};
use wayfarer_core::{content::FolderSource, prelude::*};
use wayfarer_inventory::prelude::*;

use super::heroes::reload;
use crate::{Failure, Rows};

const FILES: usize = 100;
const ENTRIES: usize = 100;
const ROUNDS: usize = 7;

fn write_file(pack: &Path, file: usize, weight: usize) -> Result<(), Failure> {
    let mut text = String::from("{\n");
    for entry in 0..ENTRIES {
        let n = file * ENTRIES + entry;
        writeln!(
            text,
            "    // number {n}\n    \"item_{n}\": (\n        extends: \"base\",\n        \
             name: \"Item {n}\",\n        description: \"One of very many things.\",\n        \
             weight: {weight}.5,\n        tags: [\"metal\", \"number_{n}\"],\n        \
             value: {n},\n    ),"
        )?;
    }
    text.push('}');
    fs::write(pack.join(format!("items/{file:03}.ron")), text)?;
    Ok(())
}

/// All rows.
pub fn rows() -> Rows {
    let folder = tempfile::tempdir()?;
    let pack = folder.path().join("many");
    fs::create_dir_all(pack.join("items"))?;
    fs::write(pack.join("pack.ron"), r#"(name: "many", version: "1")"#)?;
    let base = r#"{ "base": (abstract: true, name: "Base", bulk: 1) }"#;
    fs::write(pack.join("items/base.ron"), base)?;
    for file in 0..FILES {
        write_file(&pack, file, file % 50)?;
    }
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InventoryPlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .add_pack_source(FolderSource::new(folder.path()));
    reload(&mut app)?;
    let known = app.world().resource::<ActiveContent>().table::<ItemDef>();
    if known.len() != FILES * ENTRIES {
        return Err(format!("{} definitions", known.len()).into());
    }

    let fresh = || {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, InventoryPlugin))
            .add_pack_source(FolderSource::new(folder.path()));
        app
    };
    let (mut failures, mut weight) = (0, 60);
    let [first, again] = in_turn(
        ROUNDS,
        [
            &mut || {
                let mut app = fresh();
                time(|| failures += usize::from(app.load_content_now().is_err()))
            },
            &mut || {
                weight += 1;
                if write_file(&pack, 42, weight).is_err() {
                    weight = 0;
                }
                time(|| {
                    weight = if app.load_content_now().is_ok() {
                        weight
                    } else {
                        0
                    }
                })
            },
        ],
    );
    let name = DefId::of("many:item_4200");
    let content = app.world().resource::<ActiveContent>();
    let seen = content.table::<ItemDef>().get(name).map(|item| item.weight);
    if failures > 0 || seen != Some(weight as f32 + 0.5) {
        return Err(format!("the content was not reloaded: {seen:?}, {weight}").into());
    }
    Ok(vec![
        Row::at_most(
            "10 000 definitions: read, check, compile",
            millis(first),
            "ms",
            300.0,
        ),
        Row::at_most(
            "10 000 definitions: reload after one file changed",
            millis(again),
            "ms",
            100.0,
        ),
    ])
}
