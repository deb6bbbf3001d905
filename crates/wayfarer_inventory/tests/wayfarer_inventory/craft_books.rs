//! Whatever workers do, the ledger knows where everything went.

use std::collections::BTreeMap;

use proptest::prelude::*;
use wayfarer_core::{ledger::Ledger, prelude::*};
use wayfarer_inventory::prelude::*;

use crate::{
    making::{craft, rig, smith, station, ticks},
    rig::{ANN, Rig, def},
};

/// What happens to a worker.
#[derive(Clone, Debug)]
enum Step {
    Craft(u8, u32),
    Stop,
    Walk(bool),
    Wait(u32),
    Drop(u8),
    Load,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0_u8..4, 1_u32..4).prop_map(|(recipe, times)| Step::Craft(recipe, times)),
        Just(Step::Stop),
        any::<bool>().prop_map(Step::Walk),
        (1_u32..30).prop_map(Step::Wait),
        (0_u8..8).prop_map(Step::Drop),
        Just(Step::Load),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whoever begins, stops, leaves, drops things, saves and loads: what there is, is what the
    /// ledger says, and materials go only for what is made or spoiled.
    #[test]
    fn nothing_is_lost_in_the_middle(steps in proptest::collection::vec(step(), 1..24)) {
        let mut rig = rig();
        let (_, me) = smith(&mut rig);
        let (_, forge) = station(&mut rig, "smithy", 1.0);
        let mut books = Books::default();
        let find = |rig: &Rig, uid| rig.app.world().resource::<UidIndex>().get(uid).unwrap();
        for step in steps {
            let hero = find(&rig, me);
            match step {
                Step::Craft(which, times) => {
                    let recipe = ["blade", "board", "slow_board", "secret"][usize::from(which)];
                    let order = CraftItem { times, ..craft(recipe, Some(forge)) };
                    let _ = rig.act(ANN, me, &order);
                }
                Step::Stop => {
                    let _ = rig.act(ANN, me, &StopWork);
                }
                Step::Walk(away) => {
                    let at = Position::ground(if away { 40.0 } else { 0.0 }, 0.0);
                    rig.app.world_mut().entity_mut(hero).insert(at);
                }
                Step::Wait(count) => ticks(&mut rig, count),
                Step::Drop(which) => {
                    let item = rig.bag(hero).iter().nth(usize::from(which)).map(|i| i.uid);
                    if let Some(item) = item {
                        rig.act(ANN, me, &DropItem { item, count: Some(1) }).unwrap();
                    }
                }
                Step::Load => {
                    books.close(&mut rig);
                    let before = rig.hash();
                    let saved = wayfarer_core::state::snapshot_world(rig.app.world());
                    let world = rig.app.world_mut();
                    let report = wayfarer_core::state::restore_world(world, &saved);
                    prop_assert!(report.problems.is_empty(), "{report:?}");
                    prop_assert_eq!(rig.hash(), before);
                }
            }
            books.check(&rig);
        }
        books.close(&mut rig);
        prop_assert!(books.spoiled >= 0 && books.spoiled % 2 == 0, "{}", books.spoiled);
    }
}

/// What there was when the ledger was begun anew, and what became of the iron since the start.
#[derive(Default)]
struct Books {
    counts: BTreeMap<DefId, i64>,
    spoiled: i64,
}

impl Books {
    /// Everything that is there, as it must be.
    fn sum(&self, rig: &Rig) -> BTreeMap<DefId, i64> {
        let mut sum = self.counts.clone();
        for entry in rig.app.world().resource::<Ledger>().iter() {
            for movement in &entry.movements {
                let signed = movement.kind.sign() * i64::from(movement.count);
                *sum.entry(movement.def).or_default() += signed;
            }
        }
        sum.retain(|_, count| *count != 0);
        sum
    }

    fn check(&self, rig: &Rig) {
        let found = wayfarer_inventory::audit::audit(rig.app.world());
        assert!(found.twice.is_empty(), "twice: {:?}", found.twice);
        let counts: BTreeMap<DefId, i64> = found
            .counts
            .into_iter()
            .map(|(def, count)| (def, count as i64))
            .collect();
        assert_eq!(counts, self.sum(rig));
    }

    /// Loading forgets the ledger, so what it said is written down: every piece of iron that is
    /// gone went into a blade, or two of three into a failure.
    fn close(&mut self, rig: &mut Rig) {
        self.counts = self.sum(rig);
        let mut ledger = rig.app.world_mut().resource_mut::<Ledger>();
        for movement in ledger.iter().flat_map(|entry| &entry.movements) {
            let count = i64::from(movement.count);
            match movement.kind {
                MovementKind::Consumed if movement.def == def("iron") => self.spoiled += count,
                MovementKind::Crafted if movement.def == def("blade") => self.spoiled -= 3 * count,
                _ => {}
            }
        }
        ledger.forget();
    }
}
