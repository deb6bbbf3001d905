use wayfarer_core::{
    prelude::*,
    state::{restore_world, snapshot_world},
};

use super::purse::{ANN, BEN, Gift, Pay, app, coins, pay, uid};

/// Checkpoint, play, go back, feed the ledger's requests in again: the same state, dice included.
#[test]
fn replaying_the_ledger_gives_the_same_hash() {
    let mut app = app();
    let world = app.world_mut();
    let checkpoint = snapshot_world(world);
    let first = world.resource::<Ledger>().next_sequence();
    for step in 0..40u32 {
        let _ = match step % 4 {
            0 => world.act(ANN, Some(uid(1)), &pay(step)),
            1 => world.act(
                BEN,
                Some(uid(2)),
                &Pay {
                    to: uid(1),
                    coins: 9,
                },
            ),
            2 => world.act(PlayerId::LOCAL, Some(uid(1)), &Gift),
            _ => world.act(ANN, Some(uid(1)), &pay(10_000)),
        };
    }
    let after = state_hash(world);
    let requests: Vec<_> = world
        .resource::<Ledger>()
        .iter()
        .filter(|entry| entry.sequence >= first)
        .map(|entry| {
            (
                entry.cause.player,
                entry.request.clone(),
                entry.refusal.clone(),
            )
        })
        .collect();
    assert_eq!(requests.len(), 40);
    assert!(requests.iter().any(|(.., refusal)| refusal.is_some()));

    restore_world(world, &checkpoint);
    assert_ne!(state_hash(world), after);
    for (player, request, refusal) in requests {
        let again = wayfarer_core::door::replay(world, player, &request);
        assert_eq!(again.err(), refusal);
    }
    assert_eq!(state_hash(world), after);
    assert!(coins(&app, 1) + coins(&app, 2) > 200);
}
