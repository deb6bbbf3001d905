//! The packs that are shipped.

use bevy::prelude::*;
use wayfarer_core::{
    content::{FolderSource, MemorySource},
    prelude::*,
};
use wayfarer_stats::{
    api,
    content::{BonusTypeDef, SheetDef, StatSetDef},
    explain::explain,
    layout::Layout,
    prelude::*,
    values::StatValues,
};

/// The folders that this crate reads; the rest belongs to others.
pub fn shipped() -> App {
    shipped_with(MemorySource::new())
}

/// The same with one more pack.
pub fn shipped_with(pack: MemorySource) -> App {
    let assets = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets");
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(FolderSource::new(assets))
        .add_pack_source(pack)
        .insert_resource(ClockMode::Manual { hz: 20.0 });
    let mut registry = app
        .world_mut()
        .resource_mut::<wayfarer_core::content::ContentRegistry>();
    for folder in [
        "compartments",
        "equip_rules",
        "load_curves",
        "slots",
        "gear",
        "items",
        "kits",
    ] {
        registry.ignore_folder(folder);
    }
    if let Err(errors) = app.load_content_now() {
        let text: String = errors.iter().map(|error| format!("{error}\n")).collect();
        panic!("{text}");
    }
    app
}

#[test]
fn everything_has_a_name_and_a_description() {
    let app = shipped();
    let content = &app.world().resource::<ActiveContent>().0;
    let sets = content.table::<StatSetDef>();
    assert!(sets.len() >= 12);
    for set in sets {
        assert!(
            !set.name.is_empty() && !set.description.is_empty(),
            "{}",
            set.name()
        );
        for (key, stat) in set.stats.iter() {
            assert!(
                !stat.name.is_empty() && !stat.description.is_empty(),
                "{key}"
            );
        }
    }
    for bonus in content.table::<BonusTypeDef>() {
        assert!(!bonus.name.is_empty() && !bonus.description.is_empty());
    }
    assert!(content.warnings.is_empty(), "{:?}", content.warnings);
}

#[test]
fn the_people_of_the_demo_are_who_they_should_be() {
    let mut app = shipped();
    let spawn =
        |app: &mut App, name: &'static str| app.world_mut().spawn(Character::new(name)).id();
    let (knight, ranger) = (
        spawn(&mut app, "demo:knight"),
        spawn(&mut app, "demo:ranger"),
    );
    app.world_mut().run_schedule(RulesTick);
    for (who, name, expected) in [
        (knight, "core:attributes.strength", 16.0),
        (knight, "attributes.strength_mod", 3.0),
        (knight, "skills.melee", 35.0),
        (knight, "skills.defense", 20.0),
        (knight, "combat.attack", 11.0),
        (knight, "combat.defense", 12.0),
        (knight, "carry_limit", 130.0),
        (knight, "health", 108.0),
        (knight, "speed", 3.0),
        (ranger, "dexterity", 16.0),
        (ranger, "archery", 40.0),
        (ranger, "melee", 12.0),
        (ranger, "combat.attack", 12.0),
        (ranger, "stress", 0.0),
    ] {
        assert_eq!(api::value(app.world(), who, name), Some(expected), "{name}");
    }
    let values = app.world().get::<StatValues>(knight).unwrap();
    let level = values.level(DefId::of("core:resources")).unwrap();
    assert_eq!(level.id.as_str(), "peak");
    let melee = values.tier(StatId::of("core:skills.melee")).unwrap();
    assert_eq!(melee.id.as_str(), "advanced");
}

#[test]
fn every_number_of_every_sheet_explains_itself() {
    let app = shipped();
    let content = &app.world().resource::<ActiveContent>().0;
    for sheet in content.table::<SheetDef>() {
        let inputs = StatInputs::new(
            Some(sheet.id()),
            sheet.sets.iter().map(wayfarer_core::content::Ref::id),
        );
        let layout = Layout::compile(content, &inputs);
        let values = StatValues::new(
            &layout,
            &inputs,
            wayfarer_stats::rules::resource::Now::STORED,
        );
        for (stat, value) in values.iter() {
            let why = explain(&inputs, &layout, content, stat).unwrap();
            let last = why
                .lines
                .iter()
                .rfind(|line| line.counted.counts())
                .unwrap();
            assert_eq!(last.running.to_bits(), value.to_bits(), "{why}");
            assert!(why.lines.iter().all(|line| line.place.is_some()), "{why}");
        }
    }
}

#[test]
fn the_shipped_damage_works_on_the_people_of_the_demo() {
    use wayfarer_stats::{
        damage::{DamageIndex, DamageTypeDef, preview},
        effects::{ActiveEffects, EffectSpec, apply_effect, remove_effect},
        tags::TagDef,
    };
    // An effect for every tag, in a pack of its own.
    let names: Vec<String> = {
        let app = shipped();
        let content = &app.world().resource::<ActiveContent>().0;
        let tags = content.table::<TagDef>().iter();
        tags.map(|tag| tag.name().to_owned()).collect()
    };
    let is =
        |tag: &String| format!("\"is_{tag}\": (name: \"X\", lasts: Forever, grants: [\"{tag}\"]),");
    let effects: String = names.iter().map(is).collect();
    let pack = MemorySource::new();
    let depends = r#"(name: "t", version: "1", depends: ["core", "srd"])"#;
    pack.set("t", "pack.ron", depends);
    pack.set(
        "t",
        "effects/all.ron",
        format!("{{ {effects} }}")
            .replace("is_core:", "is_core.")
            .replace("is_srd:", "is_srd.")
            .replace("is_demo:", "is_demo."),
    );
    let mut app = shipped_with(pack);
    let knight = app.world_mut().spawn(Character::new("demo:knight")).id();
    app.world_mut().run_schedule(RulesTick);
    let content = app.world().resource::<ActiveContent>().0.clone();
    let index = content.derived::<DamageIndex>().unwrap();
    assert!(index.rules().is_some() && index.temporary().is_some());
    let taken = |app: &mut App, kind: &str, granted: &[&str]| {
        let given = app.world_mut().transact("test", |txn| {
            for tag in granted {
                let spec = EffectSpec::named(&format!("t:is_{}", tag.replace(':', ".")));
                apply_effect(txn, knight, &spec)?;
            }
            Ok(())
        });
        given.unwrap();
        let taken = preview(app.world(), knight, &[(DefId::of(kind), 20.0)])
            .unwrap()
            .taken;
        let ended = app.world_mut().transact("test", |txn| {
            let effects = txn
                .get::<ActiveEffects>(knight)
                .cloned()
                .unwrap_or_default();
            effects
                .iter()
                .try_for_each(|effect| remove_effect(txn, knight, effect.uid))
        });
        ended.unwrap();
        taken
    };
    for kind in content.table::<DamageTypeDef>() {
        assert!(!kind.name.is_empty() && !kind.description.is_empty());
        let kind = kind.name();
        let tag = |word: &str| kind.replace(':', &format!(":{word}."));
        assert_eq!(taken(&mut app, kind, &[]), 20.0);
        for (word, expected) in [("immune", 0.0), ("resist", 10.0), ("vulnerable", 40.0)] {
            assert_eq!(
                taken(&mut app, kind, &[&tag(word)]),
                expected,
                "{word} {kind}"
            );
        }
    }
    for (kind, tag, expected) in [
        ("slashing", "resist.physical", 10.0),
        ("physical", "resist.slashing", 20.0),
        ("piercing", "resist.slashing", 20.0),
        ("fire", "vulnerable.energy", 40.0),
        ("poison", "immune.energy", 20.0),
    ] {
        let (kind, tag) = (format!("core:{kind}"), format!("core:{tag}"));
        assert_eq!(taken(&mut app, &kind, &[&tag]), expected, "{kind} {tag}");
    }
}
