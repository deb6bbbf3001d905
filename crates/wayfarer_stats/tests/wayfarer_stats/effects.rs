//! Effects on characters of a small game.

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, MemorySource},
    prelude::*,
};
use wayfarer_stats::{
    effects::{
        ActiveEffect, ActiveEffects, Applied, EffectSpec, actions::ApplyEffect, apply_effect,
        tags_now,
    },
    tags::Tags,
};

use crate::common::*;

#[path = "effects/auras.rs"]
mod auras;
#[path = "effects/content.rs"]
mod content;
#[path = "effects/endings.rs"]
mod endings;
#[path = "effects/foreign.rs"]
mod foreign;
#[path = "effects/properties.rs"]
mod properties;
#[path = "effects/replication.rs"]
mod replication;
#[path = "effects/sources.rs"]
mod sources;
#[path = "effects/stacking.rs"]
mod stacking;
#[path = "effects/steady.rs"]
mod steady;
#[path = "effects/steps.rs"]
mod steps;
#[path = "effects/suppression.rs"]
mod suppression;
#[path = "effects/time.rs"]
mod time;

const TAGS: &str = r#"{
    "living": (name: "Living"),
    "undead": (name: "Undead"),
    "magic": (name: "Magic"),
    "magic.bless": (name: "Blessing"),
    "fire": (name: "Fire"),
    "frost": (name: "Frost"),
    "poison": (name: "Poison"),
    "wet": (name: "Wet"),
    "condition": (name: "Condition"),
    "condition.dazed": (name: "Dazed"),
    "cooldown": (name: "Cooling down"),
    "cooldown.smite": (name: "Smite is cooling down"),
}"#;

const EFFECTS: &str = r#"{
    "strong": (name: "Strong", tags: ["magic.bless"], lasts: Seconds("2"),
        modifiers: [(stat: "t:body.strength", flat: 4)]),
    "training": (name: "Training", on_apply: [Add(stat: "t:body.strength", amount: "2")]),
    "cure": (name: "Cure", on_apply: [Add(stat: "t:body.health", amount: "5 + effect.level")]),
    "wake": (name: "Wake", on_apply: [Set(stat: "t:body.health", to: "3")]),
    "cost": (name: "Cost", on_apply: [
        Add(stat: "t:body.luck", amount: "1"), Spend(stat: "t:body.health", amount: "effect.price"),
    ]),
    "burning": (name: "Burning", tags: ["fire"], lasts: Seconds("3"), public: true,
        removes: ["frost"], during: (none: ["wet"]),
        every: (seconds: 1, steps: [Add(stat: "t:body.health", amount: "-2")])),
    "frozen": (name: "Frozen", tags: ["frost"], lasts: Forever, grants: ["condition.dazed"],
        modifiers: [(stat: "t:body.strength", cap: 5)]),
    "soaked": (name: "Soaked", lasts: Seconds("1"), grants: ["wet"]),
    "antimagic": (name: "Antimagic", lasts: Seconds("1"), suppresses: ["magic"]),
    "ward": (name: "Ward", tags: ["magic"], lasts: Forever, immune: ["poison"]),
    "venom": (name: "Venom", tags: ["poison"], lasts: Forever, requires: (all: ["living"]),
        modifiers: [(stat: "t:body.strength", flat: -3)]),
    "pile": (name: "Pile", lasts: Seconds("2"), stacking: (limit: 3),
        modifiers: [(stat: "t:body.luck", flat: "10 * effect.stacks")]),
    "peel": (name: "Peel", lasts: Seconds("1"), stacking: (limit: 3, expiry: One),
        modifiers: [(stat: "t:body.luck", flat: "effect.stacks")]),
    "few": (name: "Few", lasts: Seconds("9"), stacking: (limit: 2, full: Refuse),
        modifiers: [(stat: "t:body.luck", flat: "effect.stacks")]),
    "grudge": (name: "Grudge", lasts: Forever, stacking: (by: Source),
        modifiers: [(stat: "t:body.luck", flat: 1)]),
    "token": (name: "Token", lasts: Forever, stacking: (by: Source)),
    "arrow": (name: "Arrow", lasts: Forever, stacking: (by: Each, limit: 2),
        modifiers: [(stat: "t:body.luck", flat: "effect.level")]),
    "smite": (name: "Smite", requires: (none: ["cooldown.smite"]), on_apply: [
        Spend(stat: "t:body.health", amount: "2"), Apply("smite_cooldown"),
    ]),
    "smite_cooldown": (name: "Smite is cooling down", lasts: Seconds("3"), grants: ["cooldown.smite"]),
    "stunned": (name: "Stunned", lasts: Seconds("1"), with: ["dazed"]),
    "paralyzed": (name: "Paralyzed", lasts: Seconds("2"), with: ["dazed"]),
    "dazed": (name: "Dazed", lasts: Forever, grants: ["condition.dazed"]),
    "pact": (name: "Pact", lasts: Forever, ends_with_source: true,
        modifiers: [(stat: "t:body.luck", flat: "source.strength", capture: Live)]),
    "oath": (name: "Oath", lasts: Forever, dismissable: true,
        modifiers: [(stat: "t:body.luck", flat: "source.strength")]),
    "daze_turns": (name: "Slow", lasts: Turns("3"), modifiers: [(stat: "t:body.luck", flat: 7)],
        every: (turns: 2, steps: [Add(stat: "t:body.health", amount: "-1")])),
    "tired": (name: "Tired", lasts: ShortRest, modifiers: [(stat: "t:body.luck", flat: 1)]),
    "weary": (name: "Weary", lasts: LongRest, modifiers: [(stat: "t:body.luck", flat: 2)]),
    "curse": (name: "Curse", lasts: Dawn, modifiers: [(stat: "t:body.luck", flat: 3)]),
    "upkeep": (name: "Upkeep", lasts: Forever, modifiers: [(stat: "t:body.luck", flat: 5)],
        every: (seconds: 1, steps: [Spend(stat: "t:body.health", amount: "8")])),
    "parting": (name: "Parting", lasts: Seconds("1"),
        on_end: [Add(stat: "t:body.strength", amount: "1")]),
    "drunk": (name: "Drunk", lasts: Seconds("9"),
        on_apply: [Add(stat: "t:body.health", amount: "-1d6")]),
    "hearth": (name: "Hearth", lasts: Forever,
        aura: (effect: "warm", radius: "3", to: (all: ["living"]))),
    "warm": (name: "Warm", lasts: Forever, modifiers: [(stat: "t:body.luck", flat: 2)]),
}"#;

const SHEETS: &str = r#"{
    "knight": (sets: ["body"], base: { "strength": 14 }, tags: ["living"]),
    "ghost": (sets: ["body"], tags: ["undead"], immune: ["frost"]),
    "fire": (sets: [], effects: ["hearth"], offers: ["strong"]),
}"#;

fn effect_pack() -> MemorySource {
    let pack = pack();
    pack.set(
        "t",
        "characters/all.ron",
        r#"{ "knight": (name: "Knight"), "ghost": (name: "Ghost"), "fire": (name: "Fire") }"#,
    );
    pack.set("t", "tags/all.ron", TAGS);
    pack.set("t", "effects/all.ron", EFFECTS);
    pack.set("t", "sheets/all.ron", SHEETS);
    pack.set(
        "t",
        "calendars/all.ron",
        r#"{ "c": (hours: 24, scale: 36000, dawn: 6) }"#,
    );
    pack
}

fn effect_game() -> (App, Entity, Uid) {
    game_with(effect_pack())
}

fn spec(name: &str) -> EffectSpec {
    EffectSpec::named(&format!("t:{name}"))
}

fn give(app: &mut App, target: Entity, spec: &EffectSpec) -> Result<Applied, Refusal> {
    app.world_mut()
        .transact("test", |txn| apply_effect(txn, target, spec))
}

fn effects(app: &App, entity: Entity) -> Vec<ActiveEffect> {
    let effects = app.world().get::<ActiveEffects>(entity);
    effects
        .into_iter()
        .flat_map(ActiveEffects::iter)
        .cloned()
        .collect()
}

fn names(app: &App, entity: Entity) -> Vec<String> {
    let content = app.world().resource::<ActiveContent>();
    let effects = effects(app, entity);
    let name = |effect: &ActiveEffect| content.0.name_of(effect.def).unwrap().to_owned();
    effects
        .iter()
        .map(name)
        .map(|name| name.replace("t:", ""))
        .collect()
}

fn spawn(app: &mut App, template: &'static str, at: Position) -> Entity {
    let entity = app.world_mut().spawn((Character::new(template), at)).id();
    tick(app, 1);
    entity
}

fn uid_of(app: &App, entity: Entity) -> Uid {
    app.world().get::<Identity>(entity).unwrap().0
}

/// What nobody ever granted a tag does not even have the component.
fn tags(app: &App, entity: Entity) -> Tags {
    app.world().get::<Tags>(entity).cloned().unwrap_or_default()
}

fn has_tag(app: &App, entity: Entity, tag: &str) -> bool {
    let tag = DefId::of(&format!("t:{tag}"));
    let derived = tags(app, entity).has(tag);
    assert_eq!(
        derived,
        tags_now(app.world(), entity).has(tag),
        "derived and computed differ"
    );
    derived
}

fn ask(target: Uid, name: &str) -> ApplyEffect {
    ApplyEffect {
        target,
        effect: DefId::of(&format!("t:{name}")),
        source: None,
        level: 1.0,
        numbers: Vec::new(),
    }
}
