use bevy::prelude::*;
use wayfarer_core::{ledger::UndoAction, people::SetRole, prelude::*};

use super::purse::{ANN, BEN, Gift, Paid, Purse, PurseOp, app, coins, pay, uid};

#[test]
fn a_payment_moves_coins_and_tells_the_fact() {
    let mut app = app();
    let left = app.world_mut().act(ANN, Some(uid(1)), &pay(30));
    assert_eq!(left, Ok(70));
    assert_eq!((coins(&app, 1), coins(&app, 2)), (70, 130));
    assert_eq!(app.world().resource::<Messages<Paid>>().len(), 1);
}

#[test]
fn a_refusal_changes_nothing_at_all() {
    let mut app = app();
    app.world_mut().clear_trackers();
    let before = state_hash(app.world());
    let change_tick = |app: &App| {
        let entity = app.world().resource::<UidIndex>().get(uid(2)).unwrap();
        let purse = app.world().entity(entity).get_ref::<Purse>().unwrap();
        purse.last_changed()
    };
    let ticks = change_tick(&app);
    let refused = app.world_mut().act(ANN, Some(uid(1)), &pay(101));
    assert_eq!(refused.unwrap_err().code, Code::STATE_CORRUPT);
    assert_eq!(state_hash(app.world()), before);
    assert_eq!(change_tick(&app), ticks, "not even a change mark");
    assert!(app.world().resource::<Messages<Paid>>().is_empty());
}

#[test]
fn who_may_not_is_told_why() {
    let mut app = app();
    let world = app.world_mut();
    let before = state_hash(world);
    let cases = [
        (BEN, Some(uid(1)), Code::NOT_OWNER),
        (ANN, None, Code::NO_ACTOR),
        (ANN, Some(uid(99)), Code::NOT_FOUND),
        (PlayerId(77), Some(uid(1)), Code::NOT_AUTHORISED),
    ];
    for (player, actor, code) in cases {
        let refusal = world.act(player, actor, &pay(1)).unwrap_err();
        assert_eq!(refusal.code, code, "{player} as {actor:?}");
    }
    let gift = world.act(ANN, Some(uid(1)), &Gift).unwrap_err();
    assert_eq!(gift.code, Code::NOT_AUTHORISED);
    assert_eq!(state_hash(world), before);
}

#[test]
fn a_refusal_reads_as_a_sentence() {
    let mut app = app();
    let refusal = app.world_mut().act(ANN, Some(uid(1)), &pay(0)).unwrap_err();
    let text = app
        .world()
        .resource::<Texts>()
        .refusal(&refusal, &Content::default());
    assert_eq!(text, "0 is not a possible amount here.");
}

#[test]
fn the_game_master_undoes_what_nobody_has_touched_since() {
    let mut app = app();
    let world = app.world_mut();
    let before = coins_of(world);
    world.act(ANN, Some(uid(1)), &pay(30)).unwrap();
    let first = world.resource::<Ledger>().next_sequence() - 1;
    world.act(ANN, Some(uid(1)), &pay(5)).unwrap();
    let undo = |sequence| UndoAction { sequence };
    // The second payment has touched both purses since.
    let refused = world.act(PlayerId::LOCAL, None, &undo(first));
    assert_eq!(refused.unwrap_err().code, Code::CANNOT_UNDO);
    world.act(PlayerId::LOCAL, None, &undo(first + 1)).unwrap();
    assert_eq!(coins_of(world), (70, 130));
    let again = world.act(PlayerId::LOCAL, None, &undo(first + 1));
    assert_eq!(again.unwrap_err().code, Code::CANNOT_UNDO);
    assert_ne!(coins_of(world), before);
    let player = world.act(ANN, None, &undo(first));
    assert_eq!(player.unwrap_err().code, Code::NOT_AUTHORISED);
}

fn coins_of(world: &World) -> (u32, u32) {
    let of = |raw| {
        let entity = world.resource::<UidIndex>().get(uid(raw)).unwrap();
        world.get::<Purse>(entity).unwrap().coins()
    };
    (of(1), of(2))
}

#[test]
fn only_the_host_makes_game_masters() {
    let mut app = app();
    let world = app.world_mut();
    let promote = SetRole {
        player: ANN,
        role: Role::GameMaster,
    };
    assert!(world.act(ANN, None, &promote).is_err());
    world.act(PlayerId::LOCAL, None, &promote).unwrap();
    assert!(world.act(ANN, Some(uid(2)), &Gift).is_ok());
    let crown = SetRole {
        player: ANN,
        role: Role::Host,
    };
    assert!(world.act(PlayerId::LOCAL, None, &crown).is_err());
}

#[test]
fn spawns_and_uids_are_taken_back() {
    let mut app = app();
    let world = app.world_mut();
    let before = (state_hash(world), world.resource::<UidIndex>().len());
    let refused: Result<(), _> = world.transact("test", |txn| {
        txn.spawn(Purse::of(5));
        let victim = txn.entity(uid(1))?;
        txn.despawn(victim)?;
        assert!(txn.entity(uid(1)).is_err(), "gone for this transaction");
        Err(Code::NOT_FOUND.into())
    });
    assert!(refused.is_err());
    assert_eq!(
        (state_hash(world), world.resource::<UidIndex>().len()),
        before
    );
    world
        .transact("test", |txn| {
            txn.spawn(Purse::of(5));
            let victim = txn.entity(uid(1))?;
            txn.despawn(victim)
        })
        .unwrap();
    assert!(world.resource::<UidIndex>().get(uid(1)).is_none());
    assert!(world.resource::<UidIndex>().get(uid(3)).is_some());
}

#[test]
fn a_part_that_fails_leaves_the_rest() {
    let mut app = app();
    let world = app.world_mut();
    let ann = world.resource::<UidIndex>().get(uid(1)).unwrap();
    let done = world.transact("test", |txn| {
        txn.op::<Purse>(ann, PurseOp::Take(10))?;
        let minted = txn.mint();
        let failed = txn.attempt(|txn| {
            txn.op::<Purse>(ann, PurseOp::Take(20))?;
            txn.ensure::<Note>(ann)?;
            txn.mint();
            txn.despawn(ann)?;
            Err::<(), _>(Refusal::not_found("reason"))
        });
        assert!(failed.is_err());
        assert!(txn.get::<Note>(ann).is_none(), "taken away again");
        txn.attempt(|txn| txn.op::<Purse>(ann, PurseOp::Take(5)))?;
        Ok((minted, txn.mint()))
    });
    let (first, second) = done.unwrap();
    assert_eq!(second.get(), first.get() + 1, "the number was given back");
    assert_eq!(coins(&app, 1), 85);
}

#[derive(Component, Default)]
struct Note;

#[test]
fn what_is_ensured_goes_with_a_refusal_and_stays_with_a_commit() {
    let mut app = app();
    let world = app.world_mut();
    let ann = world.resource::<UidIndex>().get(uid(1)).unwrap();
    let refused: Result<(), Refusal> = world.transact("test", |txn| {
        txn.ensure::<Note>(ann)?;
        Err(Refusal::not_found("reason"))
    });
    assert!(refused.is_err() && world.get::<Note>(ann).is_none());
    for _ in 0..2 {
        world
            .transact("test", |txn| txn.ensure::<Note>(ann))
            .unwrap();
        assert!(world.get::<Note>(ann).is_some());
    }
    world.despawn(ann);
    assert!(
        world
            .transact("test", |txn| txn.ensure::<Note>(ann))
            .is_err()
    );
}
