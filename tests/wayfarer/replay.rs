//! A checkpoint and the ledger's requests give the same state again, with the real rules.

use wayfarer::{
    core::{
        door::replay,
        state::{restore_world, snapshot_world, state_hash},
    },
    prelude::*,
};

use super::rig::{self, BY_HAND, items, seat, ticks};
use crate::garbage::Dice;

const PLAYERS: [PlayerId; 3] = [PlayerId(1 << 32), PlayerId(2 << 32), PlayerId(3 << 32)];

/// A random action of somebody about something that somebody has.
fn step(app: &mut bevy::app::App, people: &[Uid], dice: &mut Dice) -> bool {
    let who = (dice.next() % 3) as usize;
    let (player, actor) = (PLAYERS[who], people[who]);
    let mut things = items(app, actor);
    if dice.next().is_multiple_of(8) {
        things = items(app, people[(dice.next() % 3) as usize]);
    }
    let Some(item) = things
        .get(dice.next() as usize % things.len().max(1))
        .map(|i| i.uid)
    else {
        return false;
    };
    let count = [None, Some(1), Some(3), Some(0)][(dice.next() % 4) as usize];
    let world = app.world_mut();
    let before = state_hash(world);
    let done = match dice.next() % 7 {
        0 => world
            .act(player, Some(actor), &DropItem { item, count })
            .is_ok(),
        1 => {
            let ground = world
                .query::<(&WorldItem, &Identity)>()
                .iter(world)
                .map(|(_, id)| id.0)
                .min();
            let Some(item) = ground else { return false };
            world
                .act(
                    player,
                    Some(actor),
                    &PickUpItem {
                        item,
                        count,
                        to: None,
                    },
                )
                .is_ok()
        }
        2 => world
            .act(player, Some(actor), &EquipItem { item, slot: None })
            .is_ok(),
        3 => {
            let slot = DefId::of("core:main_hand");
            world
                .act(
                    player,
                    Some(actor),
                    &UnequipItem {
                        slot,
                        compartment: None,
                    },
                )
                .is_ok()
        }
        4 => {
            let to = Place::In((dice.next() % 4) as u8);
            world
                .act(
                    player,
                    Some(actor),
                    &MoveItem {
                        item,
                        to,
                        before: None,
                    },
                )
                .is_ok()
        }
        5 => world
            .act(
                player,
                Some(actor),
                &SplitStack {
                    item,
                    count: count.unwrap_or(2),
                    to: None,
                },
            )
            .is_ok(),
        _ => {
            let compartment = Some(Place::In((dice.next() % 3) as u8));
            world
                .act(
                    player,
                    Some(actor),
                    &SortItems {
                        compartment,
                        by: SortBy::Name,
                    },
                )
                .is_ok()
        }
    };
    if !done {
        assert_eq!(state_hash(world), before, "a refusal changes nothing");
    }
    done
}

#[test]
fn the_ledger_replays_to_the_same_hash() {
    for seed in 1..=6 {
        let mut dice = Dice(seed);
        let mut app = rig::game(BY_HAND);
        let people: Vec<Uid> = PLAYERS
            .iter()
            .map(|&player| seat(&mut app, player, "demo:knight"))
            .collect();
        let checkpoint = snapshot_world(app.world());
        let first = app.world().resource::<Ledger>().next_sequence();
        // All in one tick: what time does in between is not a request.
        let mut done = 0;
        for _ in 0..250 {
            done += usize::from(step(&mut app, &people, &mut dice));
        }
        assert!(done > 20, "only {done} of 250 were done");
        let after = state_hash(app.world());
        let requests: Vec<_> = app
            .world()
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
        let world = app.world_mut();
        restore_world(world, &checkpoint);
        assert_ne!(state_hash(world), after);
        for (player, request, refusal) in requests {
            assert_eq!(replay(world, player, &request).err(), refusal);
        }
        assert_eq!(state_hash(world), after, "seed {seed}");
        ticks(&mut app, 1);
    }
}
