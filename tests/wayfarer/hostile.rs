//! A client that means harm: whatever it sends, for every action, nothing changes, nothing
//! panics, nothing grows, nobody else waits.

use bevy::prelude::*;
use proptest::prelude::*;
use serde_bytes::ByteBuf;
use wayfarer::{
    core::{
        door::{Answers, Arrived, DoorMetrics, Inbox, Origin, Request, RequestId},
        state::{Viewpoint, audience_hash, state_hash},
    },
    prelude::*,
};

use super::{payloads, rig};

const VICTIM: PlayerId = PlayerId(1 << 32);
const VILLAIN: PlayerId = PlayerId(2 << 32);

struct Table {
    app: App,
    victim: Uid,
    villain: Uid,
    sequence: u32,
    ticks: u32,
}

impl Table {
    fn new() -> Self {
        let mut app = rig::game(rig::BY_HAND);
        let victim = rig::seat(&mut app, VICTIM, "demo:knight");
        let villain = rig::seat(&mut app, VILLAIN, "demo:ranger");
        Self {
            app,
            victim,
            villain,
            sequence: 0,
            ticks: 0,
        }
    }

    /// The hash of a world in which as much time has passed, and nobody has asked for anything:
    /// people get hungry even if they are left in peace.
    fn left_in_peace(&self) -> u64 {
        let mut other = Self::new();
        for _ in 0..self.ticks {
            other.tick();
        }
        state_hash(other.app.world())
    }

    fn send_bytes(&mut self, player: PlayerId, bytes: Vec<u8>) {
        let client = Entity::from_raw_u32((player.0 >> 32) as u32).unwrap();
        self.app.world_mut().resource_mut::<Inbox>().push(
            Arrived {
                origin: Origin::Remote(client),
                player,
                bytes,
            },
            128,
        );
    }

    fn send(&mut self, actor: Option<Uid>, action: DefId, payload: Vec<u8>) {
        self.sequence += 1;
        let request = Request {
            id: RequestId {
                nonce: 1,
                sequence: self.sequence,
            },
            actor,
            expect: Default::default(),
            action,
            payload: ByteBuf::from(payload),
        };
        self.send_bytes(VILLAIN, postcard::to_stdvec(&request).unwrap());
    }

    fn act<A: Action>(&mut self, actor: Uid, action: &A) {
        self.send(
            Some(actor),
            DefId::of(A::NAME),
            postcard::to_stdvec(action).unwrap(),
        );
    }

    fn tick(&mut self) {
        self.ticks += 1;
        self.app.world_mut().run_schedule(RulesTick);
        self.app
            .world_mut()
            .resource_mut::<Answers>()
            .remote
            .clear();
    }
}

#[test]
fn a_foreign_character_does_nothing_for_a_stranger() {
    let mut table = Table::new();
    let victim = table.victim;
    for action in payloads::actions(&table.app) {
        for payload in payloads::garbage() {
            table.send(Some(victim), action, payload);
        }
        table.tick();
        // A second passes, so that the limit is not what protects the victim.
        for _ in 0..20 {
            table.tick();
        }
    }
    assert_eq!(state_hash(table.app.world()), table.left_in_peace());
    assert_eq!(table.app.world().resource::<DoorMetrics>().applied, 0);
}

#[test]
fn impossible_numbers_are_refused_for_ones_own_character_too() {
    let mut table = Table::new();
    let (me, other) = (table.villain, table.victim);
    for (n, (action, payload)) in payloads::impossible(&table.app, me, other)
        .into_iter()
        .enumerate()
    {
        table.send(Some(me), action, payload);
        // Two a tick are what the limit lets through.
        if n % 2 == 1 {
            table.tick();
        }
    }
    table.tick();
    let metrics = table.app.world().resource::<DoorMetrics>();
    assert_eq!(metrics.rate_limited, 0, "the limit protects nobody here");
    assert_eq!(state_hash(table.app.world()), table.left_in_peace());
}

#[test]
fn ten_thousand_requests_a_second_harm_nobody() {
    let mut table = Table::new();
    let before = audience_hash(table.app.world(), Viewpoint::Player(VICTIM, Role::Player));
    let sword = rig::items(&table.app, table.victim)
        .into_iter()
        .find(|item| matches!(item.place, Place::In(_)))
        .expect("the knight has something loose");
    for second in 0..2 {
        for tick in 0..20 {
            for _ in 0..500 {
                let villain = table.villain;
                table.act(
                    villain,
                    &SortItems {
                        compartment: Some(Place::In(0)),
                        by: SortBy::Name,
                    },
                );
            }
            // The victim plays on in the middle of it.
            if tick == 10 {
                let request = Request {
                    id: RequestId {
                        nonce: 9,
                        sequence: second + 1,
                    },
                    actor: Some(table.victim),
                    expect: Default::default(),
                    action: DefId::of(MoveItem::NAME),
                    payload: ByteBuf::from(
                        postcard::to_stdvec(&MoveItem {
                            item: sword.uid,
                            to: Place::In(0),
                            before: None,
                        })
                        .unwrap(),
                    ),
                };
                table.send_bytes(VICTIM, postcard::to_stdvec(&request).unwrap());
                table.app.world_mut().run_schedule(RulesTick);
                let answers =
                    std::mem::take(&mut table.app.world_mut().resource_mut::<Answers>().remote);
                let client = Entity::from_raw_u32((VICTIM.0 >> 32) as u32).unwrap();
                assert!(
                    answers.iter().any(|(to, _)| *to == client),
                    "the victim is answered in the same tick"
                );
            } else {
                table.tick();
            }
        }
    }
    let metrics = table.app.world().resource::<DoorMetrics>();
    let decided = metrics.applied + metrics.refused;
    assert!(decided < 200, "{decided} of 20 000 were decided");
    assert!(table.app.world().resource::<Inbox>().is_empty());
    let ledger = table.app.world().resource::<Ledger>();
    assert!(
        ledger.iter().len() < 300,
        "the ledger does not grow with the flood"
    );
    let after = audience_hash(table.app.world(), Viewpoint::Player(VICTIM, Role::Player));
    // The victim's own moves may have renumbered; the things are the same.
    let _ = (before, after);
    assert!(
        rig::items(&table.app, table.victim)
            .iter()
            .any(|i| i.uid == sword.uid)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Random payloads for every action, as oneself: never a panic, and no thing of the other's
    /// ever changes hands.
    #[test]
    fn random_payloads_never_touch_somebody_else(
        payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..24)
    ) {
        let mut table = Table::new();
        let theirs = rig::items(&table.app, table.victim);
        for action in payloads::actions(&table.app) {
            for payload in &payloads {
                let villain = table.villain;
                table.send(Some(villain), action, payload.clone());
            }
            for _ in 0..12 {
                table.tick();
            }
        }
        prop_assert_eq!(rig::items(&table.app, table.victim), theirs);
    }
}
