//! A typo while the game runs: told with file, line and column; the game goes on with what it had.

use std::{fs, path::Path};

use bevy::prelude::*;
use wayfarer::{
    core::content::{ContentReport, load_now},
    prelude::*,
};

use crate::{
    args::Args,
    headless::stage::{self, Steps},
};

/// What was loaded, for the first line.
pub fn summary(app: &App) -> String {
    let content = app.world().resource::<ActiveContent>();
    let packs: Vec<String> = content
        .0
        .packs()
        .iter()
        .map(|pack| format!("{} {}", pack.name, pack.version))
        .collect();
    format!(
        "{}; {} items, hash {:016x}",
        packs.join(", "),
        content.0.table::<ItemDef>().len(),
        content.0.hash()
    )
}

pub fn play(args: &Args, steps: &mut Steps) {
    let copy = args.profile().join("packs");
    let told = copy_folder(&args.assets(), &copy).map(|()| String::new());
    let copied = told.is_ok();
    steps.step("the packs are copied", told.map_err(|e| e.to_string()));
    if !copied {
        return;
    }
    let mut args = args.clone();
    args.assets = Some(copy.clone());
    args.profile = Some(args.profile().join("other"));
    let mut app = stage::app(&args, ClockMode::Manual { hz: 20.0 });
    let loaded = stage::wait_for_content(&mut app).map(|()| String::new());
    steps.step("a game runs on the copy", loaded);
    let before = app.world().resource::<ActiveContent>().0.hash();

    let file = copy.join("demo").join("items").join("supplies.ron");
    let Ok(good) = fs::read_to_string(&file) else {
        steps.step(
            "there are supplies",
            Err(format!("{} is missing", file.display())),
        );
        return;
    };
    let bad = good.replacen("weight:", "wieght:", 1);
    let _ = fs::write(&file, &bad);
    let reloaded = load_now(app.world_mut());
    let report = app.world().resource::<ContentReport>();
    let told = match report.diagnostics.first() {
        Some(first) => {
            let text = first.to_string();
            for line in text.lines() {
                println!("          {line}");
            }
            if text.contains("supplies.ron:") && text.contains("weight") {
                Ok(format!("{} error", report.diagnostics.len()))
            } else {
                Err("it does not say where and what".into())
            }
        }
        None => Err(format!("nobody noticed: {reloaded:?}")),
    };
    steps.step("a typo is told with its place and the right word", told);
    let kept = app.world().resource::<ActiveContent>().0.hash() == before;
    let state = *app.world().resource::<ContentState>();
    let told = if kept && state == ContentState::Ready {
        Ok(String::new())
    } else {
        Err(format!("{state:?}"))
    };
    steps.step("the game goes on with the old content", told);

    let _ = fs::write(&file, good.replacen("name: \"", "name: \"Fine ", 1));
    let mended = load_now(app.world_mut());
    let fine = app.world().resource::<ActiveContent>().0.hash() != before;
    let told = if fine {
        Ok(String::new())
    } else {
        Err(format!("{mended:?}"))
    };
    steps.step("the mended file becomes active", told);
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
