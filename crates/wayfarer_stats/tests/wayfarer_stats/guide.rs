//! The guide to writing a package: its files are loaded and do what the text says.

use wayfarer_core::{content::MemorySource, prelude::*};
use wayfarer_stats::{explain::explain_entity, prelude::*};

use crate::packs::shipped_with;

const GUIDE: &str = include_str!("../../../../docs/stats-packages.md");

/// The RON blocks of the guide. Each begins with its path in a comment.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let mut blocks = GUIDE.split("```ron\n");
    blocks.next();
    blocks
        .map(|block| {
            let (text, _) = block.split_once("```").expect("a block ends");
            let first = text
                .lines()
                .next()
                .and_then(|line| line.strip_prefix("// "));
            let path = first.expect("a block begins with the path of its file");
            (path.trim(), text)
        })
        .collect()
}

#[test]
fn the_package_of_the_guide_works_as_the_guide_says() {
    let blocks = blocks();
    let lines: usize = blocks
        .iter()
        .map(|(_, text)| text.lines().filter(|line| !line.trim().is_empty()).count())
        .sum();
    assert!(lines < 60, "{lines} lines");
    let pack = MemorySource::new();
    for (path, text) in blocks {
        let (name, path) = path.split_once('/').expect("a path begins with the pack");
        pack.set(name, path, text);
    }
    let mut app = shipped_with(pack);
    let warnings = &app.world().resource::<ActiveContent>().0.warnings;
    assert!(warnings.is_empty(), "{warnings:?}");
    let guest = app.world_mut().spawn(Character::new("inn:guest")).id();
    let mut in_world = |world: Option<&str>| {
        app.insert_resource(ActiveWorld(world.map(DefId::of)));
        // The first tick moves the guest there, the second settles it.
        app.world_mut().run_schedule(RulesTick);
        app.world_mut().run_schedule(RulesTick);
        let values = app.world().get::<StatValues>(guest).unwrap().clone();
        let spirits = StatId::of("inn:evening.spirits");
        let why = explain_entity(app.world(), guest, spirits)
            .unwrap()
            .to_string();
        (values, why)
    };
    let (values, why) = in_world(None);
    let evening = DefId::of("inn:evening");
    assert_eq!(values.by_name("inn:evening.noise"), Some(70.0));
    assert_eq!(values.by_name("inn:evening.spirits"), Some(58.0));
    assert_eq!(
        values.tier(StatId::of("inn:evening.noise")).unwrap().name,
        "Loud"
    );
    assert_eq!(values.level(evening).unwrap().name, "A good evening");
    assert_eq!(values.label(evening, "wish").unwrap().id.as_str(), "stay");
    let told = GUIDE.split("```text\n").nth(1).unwrap();
    let (told, _) = told.split_once("\n```").unwrap();
    assert_eq!(why, told);
    let (values, _) = in_world(Some("inn:winter"));
    assert_eq!(values.by_name("inn:evening.spirits"), Some(40.0));
    assert!(values.level(evening).is_none());
}
