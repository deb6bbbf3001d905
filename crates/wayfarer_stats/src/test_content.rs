//! Content for the tests of this crate.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    content::{Content, ContentAppExt, Diagnostic, MemorySource},
    id::{DefId, Uid},
};

use crate::{
    StatId, StatsPlugin,
    inputs::StatInputs,
    layout::Layout,
    modifier::{Modifier, ModifierKind},
    rules::resource::Now,
    values::StatValues,
};

/// One set with everything in it, a second one, two sheets, a world.
pub(crate) const STATS: &str = r#"{
    "body": (name: "Body", stats: {
        "strength": (name: "Strength", min: 0, max: 100, default: 10, public: true, tiers: [
            (id: "novice", min: 0, name: "Novice"),
            (id: "advanced", min: 30, name: "Advanced"),
            (id: "expert", min: 70, name: "Expert"),
        ]),
        "agility": (name: "Agility", default: 10),
        "health": (name: "Health", resource: (max: "max_health", regen: "regen")),
        "mood": (name: "Mood", default: 0, resource: (max: "100", regen: "-1")),
        "max_health": (name: "Maximum", formula: "strength * 2 + vigour", min: 1),
        "vigour": (name: "Vigour", formula: "floor(strength / 10)"),
        "speed": (name: "Speed", formula: "3 + agility / 10 + mind.focus"),
        "regen": (name: "Regeneration", default: 0.5),
    }, levels: [
        (id: "mighty", name: "Mighty", priority: 2, when: [(stat: "strength", min: 80)]),
        (id: "fit", name: "Fit", priority: 1, when: [
            (stat: "strength", min: 20), (stat: "agility", min: 20, below: 90),
        ]),
    ]),
    "mind": (name: "Mind", stats: {
        "focus": (name: "Focus", default: 5),
        "wits": (name: "Wits", formula: "focus + strength"),
    }),
}"#;

const SHEETS: &str = r#"{
    "hero": (sets: ["body", "mind"], base: { "strength": 40 }),
    "beast": (sets: ["body"], base: { "strength": 40, "body.max_health": 25 }),
}"#;

const WORLDS: &str = r#"{
    "city": (name: "City", variation: { "t:hero": { "strength": 30, "body.agility": 50 } }),
}"#;

const BONUSES: &str = r#"{ "magic": (name: "Magic"), "help": (name: "Help", stacks: true) }"#;

pub(crate) fn app_with(files: &[(&str, &str)]) -> (App, MemorySource) {
    let pack = MemorySource::new();
    pack.set("t", "pack.ron", r#"(name: "t", version: "1")"#);
    for (path, text) in files {
        pack.set("t", *path, *text);
    }
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(pack.clone());
    (app, pack)
}

/// Compiles a pack `t` of these files.
pub(crate) fn compile(files: &[(&str, &str)]) -> Result<Arc<Content>, Vec<Diagnostic>> {
    app_with(files).0.load_content_now()
}

pub(crate) const FILES: &[(&str, &str)] = &[
    ("stats/all.ron", STATS),
    ("sheets/all.ron", SHEETS),
    ("worlds/all.ron", WORLDS),
    ("bonus_types/all.ron", BONUSES),
];

/// The content above.
pub(crate) fn content() -> Arc<Content> {
    compile(FILES).unwrap_or_else(|errors| panic!("{}", show(&errors)))
}

pub(crate) fn show(errors: &[Diagnostic]) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}

pub(crate) fn stat(name: &str) -> StatId {
    StatId::of(&format!("t:{name}"))
}

pub(crate) fn uid(raw: u64) -> Uid {
    Uid::new(raw).unwrap()
}

/// A character, with its layout.
pub(crate) fn character(name: &str, world: Option<&str>) -> (StatInputs, Arc<Layout>) {
    let content = content();
    let template = DefId::of(&format!("t:{name}"));
    let sheet = content
        .table::<crate::content::SheetDef>()
        .get(template)
        .unwrap();
    let mut inputs = StatInputs::new(
        Some(template),
        sheet.sets.iter().map(wayfarer_core::content::Ref::id),
    );
    inputs.world = world.map(|world| DefId::of(&format!("t:{world}")));
    let layout = Layout::compile(&content, &inputs);
    (inputs, layout)
}

/// The values of a character.
pub(crate) fn values(inputs: &StatInputs, layout: &Arc<Layout>) -> StatValues {
    StatValues::new(layout, inputs, Now::STORED)
}

/// An unconditional modifier.
pub(crate) fn modifier(name: &str, kind: ModifierKind, amount: f32, source: u64) -> Modifier {
    Modifier::new(stat(name), kind, amount, uid(source))
}
