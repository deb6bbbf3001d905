//! Charges, things that are somebody's alone, and things that a story needs.

use bevy::prelude::*;
use wayfarer_core::{
    content::ActiveContent,
    prelude::*,
    state::{restore_world, snapshot_world},
};
use wayfarer_inventory::{
    cling::{bound_to, charges_now, spend_charges},
    prelude::*,
};
use wayfarer_stats::effects::{RestKind, actions::Rest};

use crate::{
    making::{rig, ticks},
    rig::{ANN, BOB, Rig},
};

fn using(item: Uid) -> UseItem {
    UseItem { item, target: None }
}

fn left(rig: &Rig, hero: Entity, item: Uid) -> Option<(u16, u16)> {
    let world = rig.app.world();
    let content = world.resource::<ActiveContent>().0.clone();
    charges_now(world, &content, rig.bag(hero).get(item)?)
}

#[test]
fn the_last_charge_uses_a_wand_up() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let wand = rig.give(hero, "wand", 1, 0);
    assert_eq!(
        left(&rig, hero, wand),
        Some((2, 3)),
        "a new one is not full"
    );
    rig.act(ANN, me, &using(wand)).unwrap();
    assert_eq!(left(&rig, hero, wand), Some((1, 3)));
    rig.act(ANN, me, &using(wand)).unwrap();
    assert_eq!(rig.bag(hero).get(wand), None);
    let rock = rig.give(hero, "rock", 1, 0);
    assert_eq!(left(&rig, hero, rock), None);
    let spent = rig
        .app
        .world_mut()
        .transact("test", |txn| spend_charges(txn, hero, rock, 1));
    assert_eq!(spent.unwrap_err().code.as_str(), "no_charges");
    rig.check_conserved();
}

#[test]
fn charges_come_back_in_their_own_time() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let rod = rig.give(hero, "rod", 1, 0);
    rig.act(ANN, me, &using(rod)).unwrap();
    assert_eq!(left(&rig, hero, rod), Some((1, 3)));
    let refused = rig.refused(ANN, me, &using(rod));
    assert_eq!(refused.to_string(), "no_charges (item Rod, need 2, have 1)");
    ticks(&mut rig, 39);
    assert_eq!(left(&rig, hero, rod), Some((1, 3)));
    rig.tick();
    assert_eq!(left(&rig, hero, rod), Some((2, 3)), "one every two seconds");
    ticks(&mut rig, 30);
    rig.act(ANN, me, &using(rod)).unwrap();
    ticks(&mut rig, 10);
    assert_eq!(
        left(&rig, hero, rod),
        Some((1, 3)),
        "a begun period is not lost"
    );
    // A save keeps the moment.
    let saved = snapshot_world(rig.app.world());
    ticks(&mut rig, 40);
    assert_eq!(left(&rig, hero, rod), Some((2, 3)));
    let mut later = crate::making::rig();
    restore_world(later.app.world_mut(), &saved);
    let again = later.app.world().resource::<UidIndex>().get(me).unwrap();
    assert_eq!(left(&later, again, rod), Some((1, 3)));
    ticks(&mut later, 40);
    assert_eq!(left(&later, again, rod), Some((2, 3)));
    ticks(&mut later, 400);
    assert_eq!(
        left(&later, again, rod),
        Some((3, 3)),
        "never more than it holds"
    );
}

#[test]
fn rests_and_dawns_bring_charges_back() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let (staff, orb) = (rig.give(hero, "staff", 1, 0), rig.give(hero, "orb", 1, 0));
    for item in [staff, orb] {
        rig.act(ANN, me, &using(item)).unwrap();
        assert_eq!(
            rig.refused(ANN, me, &using(item)).code.as_str(),
            "no_charges"
        );
    }
    let rest = Rest {
        target: me,
        kind: RestKind::Short,
    };
    rig.app
        .world_mut()
        .act(PlayerId::LOCAL, None, &rest)
        .unwrap();
    rig.app.world_mut().flush();
    assert_eq!(left(&rig, hero, staff), Some((3, 4)));
    assert_eq!(left(&rig, hero, orb), Some((0, 1)), "not by sleeping");
    // A day is ten seconds here, and dawn after a quarter of it.
    ticks(&mut rig, 200);
    assert_eq!(left(&rig, hero, orb), Some((1, 1)));
    assert_eq!(left(&rig, hero, staff), Some((3, 4)), "not by the sun");
    rig.act(ANN, me, &using(orb)).unwrap();
}

#[test]
fn what_is_somebodys_alone_is_nobody_elses() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let (friend, other) = rig.hero(BOB);
    let (chest, box_uid) = rig.chest(1.0);
    let ring = rig.give(chest, "band", 1, 0);
    assert_eq!(
        bound_to(rig.bag(chest).get(ring).unwrap()),
        None,
        "chests own nothing"
    );
    let to = |from, to| TransferItem {
        from,
        item: ring,
        count: None,
        to,
        compartment: None,
    };
    let open = OpenContainer { container: box_uid };
    for (player, who) in [(ANN, me), (BOB, other)] {
        rig.act(player, who, &open).unwrap();
    }
    rig.act(ANN, me, &to(box_uid, me)).unwrap();
    assert_eq!(bound_to(rig.bag(hero).get(ring).unwrap()), Some(me));
    // It can lie in a chest or on the ground, but only she takes it out.
    rig.act(ANN, me, &to(me, box_uid)).unwrap();
    assert_eq!(
        rig.refused(BOB, other, &to(box_uid, other)).code.as_str(),
        "bound_to_other"
    );
    rig.act(ANN, me, &to(box_uid, me)).unwrap();
    rig.act(
        ANN,
        me,
        &DropItem {
            item: ring,
            count: None,
        },
    )
    .unwrap();
    let pick = PickUpItem {
        item: ring,
        count: None,
        to: None,
    };
    assert_eq!(
        rig.refused(BOB, other, &pick).code.as_str(),
        "bound_to_other"
    );
    rig.act(ANN, me, &pick).unwrap();
    // Nor does a game master hand it on by accident.
    let give = rig
        .app
        .world_mut()
        .act(PlayerId::LOCAL, Some(me), &to(me, other));
    assert_eq!(give.unwrap_err().code.as_str(), "bound_to_other");

    let charm = rig.give(friend, "charm", 1, 0);
    assert_eq!(bound_to(rig.bag(friend).get(charm).unwrap()), None);
    rig.act(BOB, other, &using(charm)).unwrap();
    assert_eq!(bound_to(rig.bag(friend).get(charm).unwrap()), Some(other));
    rig.check_conserved();
}

#[test]
fn bound_things_are_not_for_sale() {
    let mut rig = rig();
    let (hero, _) = rig.hero(ANN);
    let ring = rig.give(hero, "band", 1, 0);
    let idol = rig.give(hero, "idol", 1, 0);
    let rock = rig.give(hero, "rock", 1, 0);
    let world = rig.app.world();
    let content = world.resource::<ActiveContent>().0.clone();
    let view = View::of(world, &content, hero).unwrap();
    let ask = |uid, purpose| {
        let item = view.item(uid).unwrap();
        let planned = Planned {
            item,
            count: 1,
            purpose,
            to: None,
        };
        let answer = wayfarer_inventory::constraint::check_constraints(&view, &planned);
        answer.err().map(|refusal| refusal.code.as_str().to_owned())
    };
    for (purpose, ring_is, idol_is) in [
        (Purpose::Sell, Some("bound"), Some("quest_item")),
        (Purpose::Trade, Some("bound"), Some("quest_item")),
        (Purpose::Give, None, Some("quest_item")),
        (Purpose::Drop, None, Some("quest_item")),
        (Purpose::Destroy, None, Some("quest_item")),
        (Purpose::Sacrifice, None, Some("quest_item")),
        (Purpose::Move, None, None),
        (Purpose::Equip, None, None),
        (Purpose::Repair, None, None),
    ] {
        assert_eq!(ask(ring, purpose).as_deref(), ring_is, "{purpose:?}");
        assert_eq!(ask(idol, purpose).as_deref(), idol_is, "{purpose:?}");
        assert_eq!(ask(rock, purpose), None);
    }
}

#[test]
fn a_story_keeps_what_it_needs() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let idol = rig.give(hero, "idol", 1, 0);
    let (_, box_uid) = rig.chest(1.0);
    rig.act(ANN, me, &OpenContainer { container: box_uid })
        .unwrap();
    let drop = DropItem {
        item: idol,
        count: None,
    };
    assert_eq!(
        rig.refused(ANN, me, &drop).to_string(),
        "quest_item (item Idol)"
    );
    let destroy = DestroyItem {
        item: idol,
        count: None,
    };
    assert_eq!(rig.refused(ANN, me, &destroy).code.as_str(), "quest_item");
    let give = TransferItem {
        from: me,
        item: idol,
        count: None,
        to: box_uid,
        compartment: None,
    };
    assert_eq!(rig.refused(ANN, me, &give).code.as_str(), "quest_item");
    // Whoever tells the story may take it.
    let taken = rig.app.world_mut().transact("test", |txn| {
        wayfarer_inventory::actions::remove(txn, hero, MovementKind::Consumed, idol, 1)
    });
    taken.unwrap();
    rig.check_conserved();
}

#[test]
fn mistakes_about_charges_are_told() {
    for text in [
        r#"{ "x": (name: "X", charges: (max: 0)) }"#,
        r#"{ "x": (name: "X", charges: (max: 3, start: 4)) }"#,
        r#"{ "x": (name: "X", charges: (max: 3, back: 0)) }"#,
        r#"{ "x": (name: "X", charges: (max: 3, recharge: Seconds(0))) }"#,
        r#"{ "x": (name: "X", charges: (max: 3), max_stack: 2) }"#,
        r#"{ "x": (name: "X", binds: OnUse, max_stack: 2) }"#,
        r#"{ "x": (name: "X", use: ()) }"#,
    ] {
        let mut rig = rig();
        rig.pack.set("t", "items/x.ron", text);
        assert!(rig.app.load_content_now().is_err(), "{text}");
    }
}
