//! What single things have been through.

use wayfarer_core::{
    prelude::*,
    state::{restore_world, snapshot_world},
};
use wayfarer_inventory::{
    actions::{AskHistory, Told},
    history::{Deed, ItemLog, LINES_OF_ONE, Note, note},
    prelude::*,
};

use crate::{
    making::{craft, rig, smith, station, ticks},
    rig::{ANN, BOB, Rig, def},
};

fn told(name: &str) -> Told {
    Told::With(name.to_owned())
}

#[test]
fn a_sword_remembers_and_a_coin_does_not() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let (_, other) = rig.hero(BOB);
    rig.app
        .world_mut()
        .entity_mut(hero)
        .insert(DisplayName("Ann's own".into()));
    let sword = rig.give(hero, "sword", 1, 0);
    let coins = rig.give(hero, "coin", 5, 0);
    rig.tick();
    rig.act(
        ANN,
        me,
        &MoveItem {
            item: sword,
            to: Place::In(1),
            before: None,
        },
    )
    .unwrap();
    rig.act(
        ANN,
        me,
        &DropItem {
            item: sword,
            count: None,
        },
    )
    .unwrap();
    rig.act(
        ANN,
        me,
        &DropItem {
            item: coins,
            count: None,
        },
    )
    .unwrap();
    rig.tick();
    rig.act(
        BOB,
        other,
        &PickUpItem {
            item: sword,
            count: None,
            to: None,
        },
    )
    .unwrap();
    rig.tick();
    let ask = AskHistory { item: sword };
    let lines = rig.act(BOB, other, &ask).unwrap();
    let short: Vec<_> = lines
        .iter()
        .map(|line| {
            (
                line.action.as_str(),
                line.who.as_str(),
                line.from.clone(),
                line.to.clone(),
            )
        })
        .collect();
    assert_eq!(
        short,
        [
            ("inventory.pick_up", "Hero", Told::Ground, told("Hero")),
            (
                "inventory.drop",
                "Ann's own",
                told("Ann's own"),
                Told::Ground
            ),
            ("test.give", "", Told::Unknown, told("Ann's own")),
        ]
    );
    assert!(lines[0].tick > lines[1].tick);
    assert_eq!(lines[2].deed, Deed::Went(MovementKind::Granted));
    // Ann no longer sees it, and is told no more than of what does not exist.
    assert_eq!(rig.refused(ANN, me, &ask).code, Code::NOT_FOUND);
    let nobody = AskHistory {
        item: Uid::new(u64::MAX).unwrap(),
    };
    assert_eq!(rig.refused(ANN, me, &nobody).code, Code::NOT_FOUND);
    let coins = AskHistory { item: coins };
    assert_eq!(rig.act(ANN, me, &coins).unwrap(), []);
    // Names are kept when people are gone; the game master sees it even then.
    rig.app.world_mut().despawn(hero);
    rig.act(
        BOB,
        other,
        &DestroyItem {
            item: sword,
            count: None,
        },
    )
    .unwrap();
    rig.tick();
    let lines = rig.act(PlayerId::LOCAL, other, &ask).unwrap();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0].deed, Deed::Went(MovementKind::Destroyed));
    assert_eq!(lines[3].to, told("Ann's own"));
}

#[test]
fn what_was_made_says_who_made_it() {
    let mut rig = rig();
    let (hero, me) = smith(&mut rig);
    let (_, forge) = station(&mut rig, "smithy", 1.0);
    while rig.count(hero, "blade") == 0 {
        rig.act(ANN, me, &craft("blade", Some(forge))).unwrap();
        ticks(&mut rig, 20);
    }
    let blade = rig
        .bag(hero)
        .iter()
        .find(|i| i.def == def("blade"))
        .unwrap()
        .uid;
    let log = rig.app.world().resource::<ItemLog>();
    let first = log.of(blade).next().unwrap();
    assert_eq!(
        (log.action_of(first), first.who),
        ("inventory.work", Some(me))
    );
    assert_eq!(first.deed, Deed::Went(MovementKind::Crafted));
    // It is saved with the world.
    let saved = snapshot_world(rig.app.world());
    let mut later = crate::making::rig();
    restore_world(later.app.world_mut(), &saved);
    assert_eq!(later.app.world().resource::<ItemLog>(), log);
    later.tick();
    let lines = |rig: &Rig| rig.app.world().resource::<ItemLog>().of(blade).count();
    assert_eq!(lines(&later), lines(&rig), "nothing is written twice");
}

#[test]
fn an_open_chest_is_seen_into() {
    let mut rig = rig();
    let (_, me) = rig.hero(ANN);
    let (chest, uid) = rig.chest(1.0);
    let sword = rig.give(chest, "sword", 1, 0);
    rig.tick();
    let ask = AskHistory { item: sword };
    assert_eq!(rig.refused(ANN, me, &ask).code, Code::NOT_FOUND);
    rig.act(ANN, me, &OpenContainer { container: uid }).unwrap();
    assert_eq!(rig.act(ANN, me, &ask).unwrap().len(), 1);
}

#[test]
fn what_is_done_to_a_thing_is_noted() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let sword = rig.give(hero, "sword", 1, 0);
    let coins = rig.give(hero, "coin", 5, 0);
    rig.tick();
    let mend = |rig: &mut Rig, uid: Uid, after: u32, refuse: bool| {
        let world = rig.app.world_mut();
        world.transact_for("test.mend", me, |txn| {
            let inventory = txn.need::<Inventory>(hero, "inventory")?;
            let item = inventory.get(uid).cloned();
            let item = item.ok_or_else(|| Refusal::not_found(uid))?;
            let used = [(def("apple"), 2)];
            let line = Note::new("mended")
                .left(1000, after)
                .cost(7)
                .materials(used);
            note(txn, &item, line);
            if refuse {
                return Err(Code::INVALID_AMOUNT.into());
            }
            Ok(())
        })
    };
    mend(&mut rig, sword, 2000, false).unwrap();
    mend(&mut rig, coins, 2000, false).unwrap();
    mend(&mut rig, sword, 9999, true).unwrap_err();
    // Thrown away in the same tick, and in that order.
    let gone = DestroyItem {
        item: sword,
        count: None,
    };
    rig.act(ANN, me, &gone).unwrap();
    rig.tick();
    let log = rig.app.world().resource::<ItemLog>();
    assert_eq!(log.of(coins).count(), 0, "what stacks has no history");
    let lines: Vec<_> = log.of(sword).collect();
    let deeds: Vec<Deed> = lines.iter().map(|line| line.deed.clone()).collect();
    let line = Note {
        what: Code::new("mended"),
        done: true,
        left: Some((1000, 2000)),
        cost: 7,
        materials: vec![(def("apple"), 2)],
        about: None,
    };
    assert_eq!(
        deeds,
        [
            Deed::Went(MovementKind::Granted),
            Deed::Noted(Box::new(line)),
            Deed::Went(MovementKind::Destroyed),
        ],
        "what was refused is not noted"
    );
    assert_eq!(
        (lines[1].who, log.action_of(lines[1])),
        (Some(me), "test.mend")
    );
    assert_eq!((lines[1].from, lines[1].to), (lines[0].to, lines[0].to));
    // It is saved and loaded like the other lines, and as bounded.
    let saved = snapshot_world(rig.app.world());
    let mut later = crate::making::rig();
    restore_world(later.app.world_mut(), &saved);
    assert_eq!(later.app.world().resource::<ItemLog>(), log);
    let sword = rig.give(hero, "sword", 1, 0);
    for after in 0..100 {
        mend(&mut rig, sword, after, false).unwrap();
    }
    rig.tick();
    let log = rig.app.world().resource::<ItemLog>();
    assert_eq!(log.of(sword).count(), LINES_OF_ONE);
}

/// What was done since the last tick belongs to the world that was left behind.
#[test]
fn what_was_noted_before_loading_is_forgotten() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let sword = rig.give(hero, "sword", 1, 0);
    rig.tick();
    let saved = snapshot_world(rig.app.world());
    let world = rig.app.world_mut();
    let noted = world.transact_for("test.mend", me, |txn| {
        let inventory = txn.need::<Inventory>(hero, "inventory")?;
        let item = inventory.get(sword).cloned();
        note(txn, &item.unwrap(), Note::new("mended"));
        Ok(())
    });
    noted.unwrap();
    restore_world(rig.app.world_mut(), &saved);
    rig.tick();
    let log = rig.app.world().resource::<ItemLog>();
    let deeds: Vec<_> = log.of(sword).map(|line| line.deed.clone()).collect();
    assert_eq!(deeds, [Deed::Went(MovementKind::Granted)]);
}
