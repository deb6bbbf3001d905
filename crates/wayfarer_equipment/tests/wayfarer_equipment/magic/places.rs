//! Places that are too far away, or do not take everything, and what is not used up there.

use wayfarer_core::prelude::*;
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::prelude::*;

use super::rig::{World, def};

/// Who could enchant, take off and find out at a table and with a sage.
fn ready() -> (World, Uid, Uid) {
    let mut w = World::new();
    w.give_many("copper", 1000);
    w.give_many("dust", 50);
    w.learn("sharp", 0);
    let (blade, riddle) = (w.give("blade"), w.give("riddle"));
    (w, blade, riddle)
}

fn enchant(item: Uid, station: Uid) -> EnchantItem {
    EnchantItem {
        item,
        enchantment: def("sharp"),
        station: Some(station),
        keeper: false,
    }
}

fn lift(item: Uid, station: Uid) -> RemoveEnchantment {
    RemoveEnchantment {
        item,
        enchantment: def("sharp"),
        station: Some(station),
    }
}

fn ask(item: Uid, station: Uid) -> IdentifyItem {
    let by = IdentifyBy::Station(station);
    IdentifyItem { item, by }
}

#[test]
fn nothing_is_done_from_afar() {
    let (mut w, blade, riddle) = ready();
    let enchanted = w.give("blade");
    w.lay(enchanted, "sharp", 50);
    let (table, sage) = (w.station("t:table"), w.station("t:sage2"));
    let at = |w: &mut World, who: Uid, x: f32| {
        let entity = w.world().resource::<UidIndex>().get(who).unwrap();
        let place = Position::ground(x, 0.0);
        w.rig.app.world_mut().entity_mut(entity).insert(place);
    };
    let me = w.me;
    at(&mut w, me, 0.0);
    for place in [table, sage] {
        at(&mut w, place, 1000.0);
    }
    assert_eq!(w.refused(&enchant(blade, table)), "out_of_reach");
    assert_eq!(w.refused(&lift(enchanted, table)), "out_of_reach");
    assert_eq!(w.refused(&ask(riddle, sage)), "out_of_reach");
    for place in [table, sage] {
        at(&mut w, place, 1.0);
    }
    // Who walks away from the work is told the same, and has lost nothing.
    w.act(&enchant(blade, table)).unwrap();
    at(&mut w, me, 1000.0);
    w.rig.ticks(1);
    assert_eq!(w.note(), "out_of_reach");
    assert_eq!((w.count("copper"), w.count("dust")), (1000, 50));
    at(&mut w, me, 0.0);
    w.act(&lift(enchanted, table)).unwrap();
    w.act(&ask(riddle, sage)).unwrap();
}

#[test]
fn a_place_takes_what_it_takes() {
    let (mut w, blade, riddle) = ready();
    let jeweller = w.station("t:jeweller");
    assert_eq!(w.refused(&enchant(blade, jeweller)), "station_refuses");
    assert_eq!(w.refused(&ask(riddle, jeweller)), "station_refuses");
}

/// Somebody may have fewer places than before: then none of their things does what it can.
#[test]
fn one_too_many_does_nothing() {
    let mut w = World::new();
    w.set_stat("mind.lore", 50.0);
    let rings = [w.give("oath"), w.give("oath")];
    for (ring, slot) in rings.into_iter().zip(["left", "right"]) {
        w.act(&AttuneItem { item: ring }).unwrap();
        w.rig.ticks(21);
        w.wear(ring, slot);
    }
    let blink = |item| UseAbility {
        item,
        ability: def("blink"),
        target: None,
    };
    w.act(&blink(rings[0])).unwrap();
    w.rig.ticks(100);
    w.set_stat("mind.lore", 20.0);
    for ring in rings {
        assert_eq!(w.refused(&blink(ring)), "attunement_full");
    }
    let listed = list_abilities(w.world(), w.hero, false);
    let refused = listed.iter().map(|view| view.refusal.as_ref());
    let codes: Vec<_> = refused
        .map(|why| why.map(|why| why.code.to_string()))
        .collect();
    let full = Some("attunement_full".to_owned());
    assert_eq!(codes, [full.clone(), full]);
    w.act(&UnattuneItem { item: rings[1] }).unwrap();
    w.act(&blink(rings[0])).unwrap();
}

/// Materials are used up by themselves, so what is dear to somebody is not among them.
#[test]
fn enchanting_spares_favourites() {
    let (mut w, blade, _) = ready();
    let table = w.station("t:table");
    let dust = w.bag().iter().find(|item| item.def == def("dust"));
    let dust = dust.unwrap().uid;
    let mark = |favourite| MarkItem {
        item: dust,
        favourite,
    };
    w.act(&mark(true)).unwrap();
    let refused = w.rig.refused(w.me, &enchant(blade, table));
    assert_eq!(refused.to_string(), "only_spared (what Dust, item Dust)");
    // Other dust is taken, and this stays.
    w.rig.give(w.hero, "dust", 100, 0);
    w.act(&enchant(blade, table)).unwrap();
    w.rig.ticks(100);
    assert_eq!(w.note(), "enchant_done");
    assert_eq!((w.item(dust).count, w.count("dust")), (100, 147));
    // Marked in the middle of the work: it is noticed at the end.
    let other = w.give("blade");
    w.act(&enchant(other, table)).unwrap();
    let rest: Vec<Uid> = w
        .bag()
        .iter()
        .filter(|i| i.def == def("dust"))
        .map(|i| i.uid)
        .collect();
    for item in rest {
        let favourite = true;
        w.act(&MarkItem { item, favourite }).unwrap();
    }
    w.rig.ticks(100);
    assert_eq!((w.note().as_str(), w.count("dust")), ("only_spared", 147));
}
