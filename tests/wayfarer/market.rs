//! A hundred thousand requests by eight players among eight holders of things: everything that can
//! be done with items and money, with people who leave and come back and worlds that are loaded in
//! between. At every hundredth request all things and coins of the world are counted.

mod dealings;
mod upheavals;

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer::{core::state::WorldRecord, inventory::audit::audit, prelude::*};

use super::rig::{self, BY_HAND, seat, ticks};
use crate::garbage::Dice;

const REQUESTS: u64 = 100_000;
/// Each plays its part of the requests in a world of its own.
const THREADS: u64 = 2;
const PLAYERS: u64 = 8;
/// Chests, and those who live off the clearing: eight holders beside the players.
const HOLDERS: [(&str, f32); 8] = [
    ("demo:oak_chest", -1.0),
    ("demo:oak_chest", -0.5),
    ("demo:iron_chest", 0.5),
    ("demo:iron_chest", 1.0),
    ("demo:merchant", 0.2),
    ("demo:merchant", -0.2),
    ("demo:smith", 0.3),
    ("demo:enchanter", -0.3),
];

/// What there should be.
type Counts = BTreeMap<DefId, i64>;

struct Market {
    app: App,
    dice: Dice,
    /// Player and character.
    people: Vec<(PlayerId, Uid)>,
    chests: Vec<Uid>,
    merchants: Vec<Uid>,
    smith: Uid,
    enchanter: Uid,
    expected: Counts,
    /// Worth of each coin.
    worths: BTreeMap<DefId, i64>,
    /// Worth that changing money made or lost; always 0.
    changed: i64,
    read: u64,
    checkpoint: Option<(WorldRecord, Counts)>,
    done: BTreeMap<&'static str, (u32, u32)>,
    loads: u32,
    leaves: u32,
}

fn player(n: u64) -> PlayerId {
    PlayerId((n + 1) << 32)
}

impl Market {
    fn new(seed: u64) -> Self {
        let mut app = rig::game(BY_HAND);
        let people = (0..PLAYERS)
            .map(|n| {
                let template = ["demo:knight", "demo:ranger"][n as usize % 2];
                (player(n), seat(&mut app, player(n), template))
            })
            .collect();
        let mut holders = Vec::new();
        for (template, x) in HOLDERS {
            let mut holder = app
                .world_mut()
                .spawn((Character::new(template), Position::ground(x, 0.0)));
            if template.ends_with("chest") {
                holder.insert(Container::default());
            }
            let holder = holder.id();
            ticks(&mut app, 1);
            holders.push(app.world().get::<Identity>(holder).unwrap().0);
        }
        let coin = |name| DefId::of(name);
        let counts = audit(app.world()).counts;
        let mut market = Self {
            dice: Dice(seed),
            people,
            chests: holders[..4].to_vec(),
            merchants: holders[4..6].to_vec(),
            smith: holders[6],
            enchanter: holders[7],
            expected: counts.iter().map(|(&def, &n)| (def, n as i64)).collect(),
            worths: [(coin("demo:coin"), 1), (coin("demo:platinum_coin"), 10)].into(),
            changed: 0,
            read: app.world().resource::<Ledger>().next_sequence(),
            checkpoint: None,
            done: BTreeMap::new(),
            loads: 0,
            leaves: 0,
            app,
        };
        for n in 0..market.people.len() {
            market.gift(n);
        }
        market
    }

    /// Something to deal with.
    fn gift(&mut self, n: usize) {
        let (_, to) = self.people[n % self.people.len()];
        for (name, count) in [
            ("coin", 120),
            ("platinum_coin", 20),
            ("iron_ore", 6),
            ("iron_ingot", 4),
            ("oak_plank", 3),
            ("apple", 5),
            ("ember_dust", 2),
            ("whetstone_dust", 2),
            ("tarnished_ring", 1),
            ("dagger", 1),
        ] {
            let def = DefId::of(&format!("demo:{name}"));
            let compartment = None;
            let grant = GrantItem {
                to,
                def,
                count,
                compartment,
            };
            self.ask((PlayerId::LOCAL, to), &grant);
        }
    }

    fn ask<A: Action>(&mut self, (player, actor): (PlayerId, Uid), action: &A) -> bool {
        let world = self.app.world_mut();
        let answer = world.act(player, Some(actor), action);
        let tally = self.done.entry(A::NAME).or_default();
        match &answer {
            Ok(_) => tally.0 += 1,
            Err(_) => tally.1 += 1,
        }
        self.read_ledger();
        answer.is_ok()
    }

    /// Adds up what the ledger says came and went.
    fn read_ledger(&mut self) {
        let ledger = self.app.world().resource::<Ledger>();
        for entry in ledger.iter().rev() {
            if entry.sequence < self.read {
                break;
            }
            for movement in &entry.movements {
                let signed = movement.kind.sign() * i64::from(movement.count);
                *self.expected.entry(movement.def).or_default() += signed;
                if matches!(
                    movement.kind,
                    MovementKind::ChangedAway | MovementKind::ChangedInto
                ) {
                    self.changed += signed * self.worths[&movement.def];
                }
            }
        }
        self.read = ledger.next_sequence();
    }

    fn check(&mut self, after: &str) {
        let found = audit(self.app.world());
        assert!(found.twice.is_empty(), "{after}: twice: {:?}", found.twice);
        let found: Counts = found.counts.iter().map(|(&d, &n)| (d, n as i64)).collect();
        let mut expected = self.expected.clone();
        expected.retain(|_, count| *count != 0);
        assert_eq!(found, expected, "{after}: the ledger says otherwise");
        assert_eq!(self.changed, 0, "{after}: changing money changed its worth");
    }

    fn entity(&self, uid: Uid) -> Option<Entity> {
        self.app.world().resource::<UidIndex>().get(uid)
    }

    fn held(&self, holder: Uid) -> Vec<(Uid, DefId, u32)> {
        let inventory = self.entity(holder);
        let inventory = inventory.and_then(|entity| self.app.world().get::<Inventory>(entity));
        let mut held: Vec<_> = inventory
            .into_iter()
            .flat_map(Inventory::iter)
            .map(|item| (item.uid, item.def, item.count))
            .collect();
        held.sort_unstable();
        held
    }

    fn lying(&mut self) -> Vec<Uid> {
        let mut lying = self.app.world_mut().query::<&WorldItem>();
        let mut lying: Vec<Uid> = lying.iter(self.app.world()).map(|l| l.item.uid).collect();
        lying.sort_unstable();
        lying
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let at = self.dice.below(all.len() as u64) as usize;
        all.get(at).copied()
    }

    fn count(&mut self) -> Option<u32> {
        let counts = [
            None,
            None,
            Some(1),
            Some(1),
            Some(2),
            Some(5),
            Some(0),
            Some(u32::MAX),
        ];
        self.pick(&counts).flatten()
    }
}

/// Plays so many requests; what was done and refused, by action.
fn play(seed: u64, requests: u64) -> Market {
    let mut market = Market::new(seed);
    let mut asked = 0;
    let mut next_check = 100;
    while asked < requests {
        market.step();
        asked = market.done.values().map(|(a, b)| u64::from(a + b)).sum();
        if asked >= next_check {
            market.check(&format!("after {asked} requests"));
            next_check = asked + 100;
        }
    }
    market.check("at the end");
    market
}

#[test]
fn a_hundred_thousand_requests_balance_to_the_coin() {
    let mut all = BTreeMap::<&str, (u32, u32)>::new();
    let (mut loads, mut leaves) = (0, 0);
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..THREADS)
            .map(|n| {
                scope.spawn(move || {
                    let market = play(20_261_121 + n, REQUESTS / THREADS);
                    (market.done, market.loads, market.leaves)
                })
            })
            .collect();
        for part in parts {
            let (done, loaded, left) = match part.join() {
                Ok(part) => part,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            (loads, leaves) = (loads + loaded, leaves + left);
            for (name, (yes, no)) in done {
                let sum = all.entry(name).or_default();
                *sum = (sum.0 + yes, sum.1 + no);
            }
        }
    });
    println!("{loads} loads, {leaves} who left and came back: {all:?}");
    assert!(loads > 100 && leaves > 100);
    // What needs luck, skill and a state of affairs is seldom done in a crowd.
    const SELDOM: [&str; 4] = [
        "equipment.disenchant",
        "equipment.remove_enchantment",
        "equipment.repair",
        "inventory.share_out",
    ];
    for (name, (done, _)) in &all {
        let least = if SELDOM.contains(name) { 0 } else { 20 };
        assert!(*done >= least, "{name}: only {done} were done");
    }
}
