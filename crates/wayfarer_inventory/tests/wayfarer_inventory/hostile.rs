//! Every action with wrong owners, wrong kinds, nothing, and far too much.

use bevy::prelude::*;
use wayfarer_core::prelude::*;
use wayfarer_inventory::prelude::*;

use crate::rig::{ANN, BOB, Rig, def};

const COUNTS: [Option<u32>; 5] = [None, Some(0), Some(1), Some(u32::MAX), Some(1 << 31)];

#[test]
fn nobody_gets_anything_by_asking_strangely() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (_, bob) = rig.hero(BOB);
    let (chest, chest_uid) = rig.chest(1.0);
    let coins = rig.give(hero, "coin", 10, 0);
    let rock = rig.give(chest, "rock", 5, 0);
    let nobody = Uid::new(u64::MAX).unwrap();
    let uids = [me, bob, chest_uid, coins, rock, nobody];

    // Bob may not act for Ann at all.
    let drop = DropItem {
        item: coins,
        count: None,
    };
    assert_eq!(rig.refused(BOB, me, &drop).code.as_str(), "not_owner");
    // A spectator may do nothing.
    let looker = PlayerId(9);
    rig.app
        .world_mut()
        .resource_mut::<Players>()
        .arrive(looker, "Looker", Role::Spectator);
    let open = OpenContainer {
        container: chest_uid,
    };
    assert_eq!(
        rig.refused(looker, me, &open).code.as_str(),
        "not_authorised"
    );

    // Bob tries everything on everything, for himself.
    let before = rig.hash();
    for &a in &uids {
        for &b in &uids {
            for count in COUNTS {
                let amount = count.unwrap_or(7);
                for compartment in hostile_places(b) {
                    let to = Some(compartment);
                    let _ = rig.act(
                        BOB,
                        bob,
                        &MoveItem {
                            item: a,
                            to: compartment,
                            before: Some(b),
                        },
                    );
                    let _ = rig.act(
                        BOB,
                        bob,
                        &SplitStack {
                            item: a,
                            count: amount,
                            to,
                        },
                    );
                    let _ = rig.act(BOB, bob, &PickUpItem { item: a, count, to });
                    let _ = rig.act(
                        BOB,
                        bob,
                        &TransferItem {
                            from: a,
                            item: b,
                            count,
                            to: bob,
                            compartment: to,
                        },
                    );
                    let _ = rig.act(
                        BOB,
                        bob,
                        &TransferItem {
                            from: a,
                            item: coins,
                            count,
                            to: b,
                            compartment: None,
                        },
                    );
                    let grant = GrantItem {
                        to: b,
                        def: def("coin"),
                        count: amount,
                        compartment: to,
                    };
                    let _ = rig.act(BOB, bob, &grant);
                }
                let _ = rig.act(
                    BOB,
                    bob,
                    &MergeStacks {
                        from: a,
                        into: b,
                        count,
                    },
                );
                let _ = rig.act(BOB, bob, &DropItem { item: a, count });
                let _ = rig.act(BOB, bob, &TakeAll { from: a });
                let _ = rig.act(BOB, bob, &PutMatching { to: a });
                let mark = MarkItem {
                    item: a,
                    favourite: true,
                };
                let _ = rig.act(BOB, bob, &mark);
                let slot = count.unwrap_or(9).min(255) as u8;
                let _ = rig.act(
                    BOB,
                    bob,
                    &SetHotbar {
                        slot,
                        item: Some(a),
                    },
                );
                for to in hostile_places(b) {
                    let position = count.unwrap_or(0);
                    let _ = rig.act(
                        BOB,
                        bob,
                        &PutItem {
                            item: a,
                            to,
                            position,
                        },
                    );
                    let _ = rig.act(
                        BOB,
                        bob,
                        &StackAll {
                            compartment: Some(to),
                        },
                    );
                }
                let _ = rig.act(BOB, bob, &DestroyItem { item: a, count });
            }
        }
    }
    assert_eq!(rig.hash(), before, "nothing of it was allowed");
    rig.check_conserved();
}

#[test]
fn a_game_master_asking_strangely_breaks_nothing() {
    let mut rig = Rig::new();
    let (hero, me) = rig.hero(ANN);
    let (chest, chest_uid) = rig.chest(1.0);
    let coins = rig.give(hero, "coin", 10, 0);
    let rock = rig.give(chest, "rock", 5, 0);
    for &a in &[me, chest_uid, coins, rock] {
        for &b in &[me, chest_uid, coins, rock] {
            for count in COUNTS {
                for item in [coins, rock] {
                    let action = TransferItem {
                        from: a,
                        item,
                        count,
                        to: b,
                        compartment: None,
                    };
                    let _ = rig.act(PlayerId::LOCAL, me, &action);
                }
                let merge = MergeStacks {
                    from: a,
                    into: b,
                    count,
                };
                let _ = rig.act(PlayerId::LOCAL, me, &merge);
            }
        }
    }
    assert_eq!(rig.count(hero, "coin") + rig.count(chest, "coin"), 10);
    assert_eq!(rig.count(hero, "rock") + rig.count(chest, "rock"), 5);
    rig.check_conserved();
}

#[test]
fn raw_bytes_for_every_action_are_answered() {
    use wayfarer_core::door::{Arrived, Inbox, Origin, Request, RequestId};
    let mut rig = Rig::new();
    let (_, me) = rig.hero(ANN);
    let names: Vec<DefId> = {
        let registry = rig
            .app
            .world()
            .resource::<wayfarer_core::action::ActionRegistry>();
        registry.iter().map(|(id, _)| id).collect()
    };
    let before = rig.hash();
    let mut sequence = 0;
    for action in names {
        for length in 0..24_u8 {
            sequence += 1;
            let payload: Vec<u8> = (0..length)
                .map(|i| i.wrapping_mul(37).wrapping_add(length))
                .collect();
            let request = Request {
                id: RequestId { nonce: 1, sequence },
                actor: Some(me),
                expect: Default::default(),
                action,
                payload: payload.into(),
            };
            let bytes = postcard::to_stdvec(&request).unwrap();
            let arrived = Arrived {
                origin: Origin::Remote(Entity::PLACEHOLDER),
                player: ANN,
                bytes,
            };
            rig.app
                .world_mut()
                .resource_mut::<Inbox>()
                .push(arrived, usize::MAX);
            rig.tick();
        }
    }
    assert_eq!(rig.hash(), before);
    rig.check_conserved();
}

/// Places of every sort, most of which are not there.
fn hostile_places(bag: Uid) -> [Place; 7] {
    [
        Place::In(0),
        Place::In(1),
        Place::In(200),
        Place::In(255),
        Place::Worn(def("head")),
        Place::Inside { bag, pocket: 0 },
        Place::Overflow,
    ]
}
