//! What found things carry.

use wayfarer_core::prelude::*;
use wayfarer_equipment::ext::Enchants;
use wayfarer_inventory::making::{MakeSpec, Source, make};

use super::rig::{World, def};

fn made(w: &mut World, name: &str, source: Source) -> Uid {
    let hero = w.hero;
    let spec = MakeSpec {
        level: 5.0,
        ..MakeSpec::new(def(name), 1, source)
    };
    *w.rule(|txn| make(txn, hero, &spec, None)).last().unwrap()
}

#[test]
fn found_things_carry_what_rarity_and_quality_allow() {
    let mut w = World::new();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..30 {
        let fine = made(&mut w, "fine_blade", Source::Loot);
        let on_it = w.enchants(fine);
        assert_eq!(on_it.len(), 2, "rarity and quality give a place each");
        assert_ne!(on_it[0].def, on_it[1].def, "each once");
        for one in &on_it {
            assert!((30..=50).contains(&one.power), "{one:?}");
            assert_eq!(one.by, None);
            seen.insert(one.def);
        }
        w.act(&wayfarer_inventory::prelude::DestroyItem {
            item: fine,
            count: None,
        })
        .unwrap();
    }
    // Only those that say how often they are found.
    assert_eq!(seen, [def("sharp"), def("hot")].into());
    let plain = made(&mut w, "cap", Source::Loot);
    let on_it = w.enchants(plain);
    assert_eq!(on_it.len(), 1);
    assert_eq!(on_it[0].def, def("hot"), "a cap is no weapon");
}

#[test]
fn nobody_gets_magic_for_asking() {
    let mut w = World::new();
    for source in [Source::Grant, Source::Craft, Source::Kit] {
        let blade = made(&mut w, "fine_blade", source);
        assert_eq!(w.item(blade).ext::<Enchants>(), None, "{source:?}");
    }
    let pebble = made(&mut w, "pebble", Source::Loot);
    assert_eq!(
        w.item(pebble).ext::<Enchants>(),
        None,
        "nobody wears a pebble"
    );
}
