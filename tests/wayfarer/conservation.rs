//! Promises 2 and 3 at full size: ten thousand random sequences of requests, by two players and a
//! game master, on the shipped packs.
//!
//! Every sequence begins at the same checkpoint, so what fails is shrunk to the fewest requests.

use std::{cell::RefCell, collections::BTreeMap, time::Instant};

use bevy::prelude::*;
use proptest::{
    prelude::*,
    test_runner::{TestCaseError, TestRunner},
};
use wayfarer::{
    core::{
        action::ActionRegistry,
        door::replay,
        state::{WorldRecord, restore_world, snapshot_world, state_hash},
    },
    inventory::{actions::create, audit::audit},
    prelude::*,
};

use super::rig::{self, BY_HAND, seat, ticks};

const SEQUENCES: u32 = 10_000;
/// Of so many requests one is watched: a refusal leaves the hash, nothing is there twice.
const WATCHED: u64 = 7;
/// Of so many sequences one is replayed from its ledger, if nothing but requests happened in it.
const REPLAYED: u64 = 8;

const ANN: PlayerId = PlayerId(1 << 32);
const BOB: PlayerId = PlayerId(2 << 32);

/// A request in numbers, each taken modulo what there is: who, verb, item, other item, count,
/// place.
type Wish = [u8; 6];

mod wish;

/// What was played, so that a test that does nothing does not pass.
#[derive(Debug, Default)]
struct Tally {
    sequences: u64,
    asked: u64,
    replayed: u32,
    /// How often each action was done, and refused.
    actions: BTreeMap<&'static str, (u32, u32)>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.sequences += other.sequences;
        self.asked += other.asked;
        self.replayed += other.replayed;
        for (name, (done, refused)) in other.actions {
            let sum = self.actions.entry(name).or_default();
            *sum = (sum.0 + done, sum.1 + refused);
        }
    }
}

struct Scene {
    app: App,
    /// Ann, Bob and the two chests between them.
    holders: Vec<Uid>,
    checkpoint: WorldRecord,
    hash: u64,
    counts: BTreeMap<DefId, u64>,
    /// Something happened that no request stands behind.
    only_requests: bool,
    tally: Tally,
    lying: QueryState<&'static WorldItem>,
    /// A sequence is under way; still so afterwards if it panicked.
    busy: bool,
}

impl Scene {
    fn new() -> Self {
        let mut app = rig::game(BY_HAND);
        let mut holders = vec![
            seat(&mut app, ANN, "demo:knight"),
            seat(&mut app, BOB, "demo:ranger"),
        ];
        for (template, x) in [("demo:oak_chest", -1.0), ("demo:iron_chest", 1.0)] {
            let chest = (
                Character::new(template),
                Container::default(),
                Position::ground(x, 0.0),
            );
            let chest = app.world_mut().spawn(chest).id();
            ticks(&mut app, 1);
            holders.push(app.world().get::<Identity>(chest).unwrap().0);
        }
        // A ring each, so that there is something that can be worn in either of two places.
        for &holder in &holders[..2] {
            let world = app.world_mut();
            let entity = world.resource::<UidIndex>().get(holder).unwrap();
            let ring = DefId::of("demo:ring_of_strength");
            let made = world.transact("test.ring", |txn| {
                create(txn, entity, MovementKind::Granted, ring, 1, None)
            });
            let wear = EquipItem {
                item: made.unwrap()[0],
                slot: Some(DefId::of("core:ring_left")),
            };
            world.act(PlayerId::LOCAL, Some(holder), &wear).unwrap();
        }
        ticks(&mut app, 100);
        Self {
            lying: app.world_mut().query(),
            holders,
            checkpoint: snapshot_world(app.world()),
            hash: state_hash(app.world()),
            counts: audit(app.world()).counts,
            only_requests: true,
            tally: Tally::default(),
            busy: false,
            app,
        }
    }

    /// Plays one sequence from the checkpoint.
    fn play(&mut self, wishes: &[Wish]) -> Result<(), TestCaseError> {
        restore_world(self.app.world_mut(), &self.checkpoint);
        self.only_requests = true;
        self.tally.sequences += 1;
        let first = wishes.first().map_or(0, |wish| wish[0]);
        if !first.is_multiple_of(4) {
            // Most have the chests open from the beginning.
            for (player, actor) in [(ANN, self.holders[0]), (BOB, self.holders[1])] {
                for container in [self.holders[2], self.holders[3]] {
                    self.ask((player, actor), &OpenContainer { container })?;
                }
            }
        }
        for wish in wishes {
            self.wish(*wish)?;
        }
        let found = audit(self.app.world());
        prop_assert!(found.twice.is_empty(), "twice: {:?}", found.twice);
        prop_assert_eq!(&found.counts, &self.expected(), "the ledger says otherwise");
        if self.only_requests && self.tally.sequences.is_multiple_of(REPLAYED) {
            self.replay()?;
        }
        Ok(())
    }

    /// What there should be of everything: what there was, and what the ledger says came and went.
    fn expected(&self) -> BTreeMap<DefId, u64> {
        let mut sum: BTreeMap<DefId, i64> = self
            .counts
            .iter()
            .map(|(&def, &count)| (def, i64::try_from(count).unwrap()))
            .collect();
        for entry in self.app.world().resource::<Ledger>().iter() {
            for movement in &entry.movements {
                let signed = movement.kind.sign() * i64::from(movement.count);
                *sum.entry(movement.def).or_default() += signed;
            }
        }
        sum.into_iter()
            .filter(|&(_, count)| count != 0)
            .map(|(def, count)| (def, u64::try_from(count).expect("not less than nothing")))
            .collect()
    }

    /// The same requests on the same checkpoint give the same state and the same answers.
    fn replay(&mut self) -> Result<(), TestCaseError> {
        let world = self.app.world_mut();
        let (after, end) = (state_hash(world), world.resource::<RulesClock>().tick);
        let requests: Vec<_> = {
            let actions = world.resource::<ActionRegistry>();
            world
                .resource::<Ledger>()
                .iter()
                // What the rules do by themselves in a tick, they do again by themselves.
                .filter(|entry| actions.get(entry.request.action).is_some())
                .map(|entry| {
                    (
                        entry.cause.clone(),
                        entry.request.clone(),
                        entry.refusal.clone(),
                    )
                })
                .collect()
        };
        restore_world(world, &self.checkpoint);
        prop_assert_eq!(state_hash(world), self.hash, "the checkpoint");
        for (cause, request, refusal) in requests {
            while world.resource::<RulesClock>().tick < cause.tick {
                world.run_schedule(RulesTick);
            }
            let answer = replay(world, cause.player, &request);
            prop_assert_eq!(answer.err(), refusal, "{}", cause.action);
        }
        while world.resource::<RulesClock>().tick < end {
            world.run_schedule(RulesTick);
        }
        prop_assert_eq!(state_hash(world), after, "the replay went another way");
        self.tally.replayed += 1;
        Ok(())
    }

    fn ask<A: Action>(
        &mut self,
        (player, actor): (PlayerId, Uid),
        action: &A,
    ) -> Result<(), TestCaseError> {
        self.tally.asked += 1;
        let watched = self.tally.asked.is_multiple_of(WATCHED);
        let world = self.app.world_mut();
        let before = watched.then(|| state_hash(world));
        let answer = world.act(player, Some(actor), action).map(drop);
        let tally = self.tally.actions.entry(A::NAME).or_default();
        match &answer {
            Ok(()) => tally.0 += 1,
            Err(_) => tally.1 += 1,
        }
        let Some(before) = before else { return Ok(()) };
        let after = state_hash(world);
        if let Err(refusal) = answer {
            prop_assert_eq!(
                after,
                before,
                "{:?} was refused ({}) and did something",
                action,
                refusal
            );
        }
        let found = audit(world);
        prop_assert!(
            found.twice.is_empty(),
            "{:?} copied {:?}",
            action,
            found.twice
        );
        Ok(())
    }
}

/// Plays `cases` sequences; what fails is shrunk and told.
fn play(cases: u32) -> Tally {
    let scene = RefCell::new(Scene::new());
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..ProptestConfig::default()
    };
    let wishes = prop::collection::vec(prop::array::uniform6(any::<u8>()), 8..=40);
    let outcome = TestRunner::new(config).run(&wishes, |wishes| {
        let mut scene = scene.borrow_mut();
        if scene.busy {
            // The sequence before this one panicked in the middle of something.
            *scene = Scene::new();
        }
        scene.busy = true;
        let outcome = scene.play(&wishes);
        scene.busy = false;
        outcome
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    scene.into_inner().tally
}

#[test]
fn ten_thousand_sequences_lose_and_copy_nothing() {
    const THREADS: u32 = 2;
    let began = Instant::now();
    let mut all = Tally::default();
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..THREADS)
            .map(|_| scope.spawn(|| play(SEQUENCES / THREADS)))
            .collect();
        for part in parts {
            match part.join() {
                Ok(tally) => all.add(tally),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    println!("{all:?} in {:.1?}", began.elapsed());
    assert_eq!(all.sequences, u64::from(SEQUENCES));
    assert!(all.replayed > 200, "{} replays", all.replayed);
    let done: u32 = all.actions.values().map(|(done, _)| done).sum();
    assert!(u64::from(done) * 4 > all.asked, "only {done} were done");
    for (name, (done, refused)) in &all.actions {
        assert!(*done > 20, "{name}: {done} done");
        assert!(*refused > 20, "{name}: {refused} refused");
    }
}
