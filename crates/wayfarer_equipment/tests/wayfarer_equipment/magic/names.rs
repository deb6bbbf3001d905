//! Names.

use wayfarer_core::prelude::*;
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::{naming::display_name, value::appraise};

use super::rig::World;

fn name(w: &World, item: Uid) -> String {
    display_name(w.world(), &w.item(item))
}

#[test]
fn names_come_from_quality_enchantments_and_people() {
    let mut w = World::new();
    let (plain, fine) = (w.give("blade"), w.give("fine_blade"));
    assert_eq!(name(&w, plain), "Blade");
    assert_eq!(name(&w, fine), "Fine fine blade");
    w.lay(plain, "sharp", 50);
    assert_eq!(name(&w, plain), "Magical blade of sharpness");
    w.lay(plain, "cold", 60);
    assert_eq!(
        name(&w, plain),
        "Enchanted blade",
        "the stronger one has no suffix"
    );
    let rename = |name: Option<&str>| RenameItem {
        item: plain,
        name: name.map(str::to_owned),
    };
    w.act(&rename(Some("  Old   Widow "))).unwrap();
    assert_eq!(name(&w, plain), "Old Widow");
    for (given, code) in [
        ("", "name_empty"),
        ("thirteen more", "name_too_long"),
        ("a\u{202e}b", "name_letter"),
        ("{item}", "name_letter"),
    ] {
        assert_eq!(w.refused(&rename(Some(given))), code, "{given:?}");
    }
    w.act(&rename(None)).unwrap();
    assert_eq!(name(&w, plain), "Enchanted blade");
    let nobodys = RenameItem {
        item: Uid::new(u64::MAX).unwrap(),
        name: None,
    };
    assert_eq!(w.refused(&nobodys), "not_found");
}

#[test]
fn named_things_keep_apart_and_travel_with_their_names() {
    let mut w = World::new();
    let pebbles = w.give_many("pebble", 2);
    w.act(&RenameItem {
        item: pebbles,
        name: Some("Bob".into()),
    })
    .unwrap();
    let more = w.give_many("pebble", 1);
    assert_ne!(more, pebbles);
    let merge = wayfarer_inventory::prelude::MergeStacks {
        from: more,
        into: pebbles,
        count: None,
    };
    assert_eq!(w.refused(&merge), "cannot_stack");
    assert_eq!(name(&w, pebbles), "Bob");
}

#[test]
fn enchantments_are_worth_what_they_cost_by_their_power() {
    let mut w = World::new();
    let blade = w.give("blade");
    let worth = |w: &World| {
        let content = &w.world().resource::<ActiveContent>().0;
        appraise(content, &w.item(blade)).total
    };
    assert_eq!(worth(&w), 100);
    w.lay(blade, "sharp", 75);
    assert_eq!(worth(&w), 175);
    // Nobody pays for what they know nothing of.
    let riddle = w.give("riddle");
    w.lay(riddle, "sharp", 75);
    let content = w.world().resource::<ActiveContent>().0.clone();
    assert_eq!(appraise(&content, &w.item(riddle)).total, 10);
}
