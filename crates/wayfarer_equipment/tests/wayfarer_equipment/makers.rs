//! How well made, and how rare, new things are.

use std::collections::BTreeMap;

use wayfarer_core::prelude::*;
use wayfarer_equipment::{
    content::RarityDef,
    ext::{quality_of, rarity_of},
    prelude::*,
};
use wayfarer_inventory::{
    making::{MakeSpec, Source, make},
    prelude::*,
};

use crate::gear_rig::{Gear, def, packs};

fn make_one(rig: &mut Gear, spec: &MakeSpec) -> Item {
    let hero = rig.hero;
    let world = rig.app.world_mut();
    let made = world.transact("test.make", |txn| make(txn, hero, spec, None));
    let uid = made.unwrap()[0];
    let item = rig.item(uid);
    let count = None;
    rig.act(&DestroyItem { item: uid, count }).unwrap();
    item
}

#[test]
fn a_score_decides_the_tier() {
    let mut rig = Gear::new();
    for (score, tier) in [
        (0.0, "Basic"),
        (39.9, "Basic"),
        (40.0, "Military"),
        (60.0, "Superior"),
        (79.9, "Superior"),
        (80.0, "Elite"),
        (94.9, "Elite"),
        (95.0, "Masterwork"),
        (100.0, "Masterwork"),
    ] {
        let spec = MakeSpec {
            score: Some(score),
            ..MakeSpec::new(def("sword"), 1, Source::Craft)
        };
        let item = make_one(&mut rig, &spec);
        let content = rig.content();
        assert_eq!(quality_of(&content, &item).unwrap().name, tier, "{score}");
        assert_eq!(rarity_of(&content, &item).unwrap().name, "Common");
        // The usual tier is not written down.
        assert_eq!(item.ext::<Quality>().is_none(), tier == "Basic");
    }
}

#[test]
fn what_is_found_is_as_rare_as_its_level_says() {
    let mut rig = Gear::new();
    let content = rig.content();
    let chances = RarityDef::chances(&content, 10.0);
    let spec = MakeSpec {
        level: 10.0,
        ..MakeSpec::new(def("ring"), 1, Source::Loot)
    };
    const MANY: u32 = 2000;
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..MANY {
        let item = make_one(&mut rig, &spec);
        let name = rarity_of(&content, &item).unwrap().name.clone();
        *seen.entry(name).or_default() += 1;
    }
    for (def, chance) in chances {
        let expected = chance * f64::from(MANY);
        let found = f64::from(seen.get(&def.name).copied().unwrap_or(0));
        // Five standard deviations.
        let deviation = (expected * (1.0 - chance)).sqrt() * 5.0;
        assert!(
            (found - expected).abs() < deviation,
            "{}: {found} of {expected}",
            def.name
        );
    }
}

#[test]
fn low_levels_find_no_master_works() {
    let mut rig = Gear::new();
    let content = rig.content();
    for (level, tiers) in [(1.0, vec!["Basic"]), (5.0, vec!["Basic", "Military"])] {
        for _ in 0..50 {
            let spec = MakeSpec {
                level,
                ..MakeSpec::new(def("ring"), 1, Source::Shop)
            };
            let item = make_one(&mut rig, &spec);
            let tier = quality_of(&content, &item).unwrap().name.as_str();
            assert!(tiers.contains(&tier), "{tier} at {level}");
        }
    }
}

#[test]
fn what_is_given_or_no_gear_stays_as_it_is() {
    let pack = packs(&[]);
    pack.set(
        "t",
        "gear/b.ron",
        r#"{ "hammer": (slots: ["core:off_hand"], quality: "core:elite", rarity: "core:epic") }"#,
    );
    let mut rig = Gear::with(pack);
    for (name, source) in [
        ("sword", Source::Grant),
        ("sword", Source::Kit),
        ("iron", Source::Loot),
        // Its definition says what it is.
        ("hammer", Source::Loot),
        ("hammer", Source::Craft),
    ] {
        let spec = MakeSpec {
            level: 30.0,
            score: (source == Source::Craft).then_some(5.0),
            ..MakeSpec::new(def(name), 1, source)
        };
        for _ in 0..20 {
            let item = make_one(&mut rig, &spec);
            assert_eq!(item.exts().count(), 0, "{name} {source:?}");
        }
    }
}
