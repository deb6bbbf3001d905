//! What single things have been through.

use wayfarer_core::{
    prelude::*,
    state::{restore_world, snapshot_world},
};
use wayfarer_inventory::{
    actions::{AskHistory, Told},
    history::ItemLog,
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
    assert_eq!(lines[2].kind, MovementKind::Granted);
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
    assert_eq!((lines.len(), lines[0].kind), (4, MovementKind::Destroyed));
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
    assert_eq!(first.kind, MovementKind::Crafted);
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
