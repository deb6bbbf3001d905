//! Learning by taking things apart.

use wayfarer_core::{prelude::*, state::state_hash};
use wayfarer_equipment::{
    prelude::*,
    rules::outcome::{Outcome, WHOLE},
};
use wayfarer_inventory::prelude::*;
use wayfarer_stats::effects::ActiveEffects;

use super::rig::{Numbers, World, def};

fn ask(item: Uid, name: &str) -> DisenchantItem {
    DisenchantItem {
        item,
        enchantment: def(name),
        station: None,
    }
}

/// A world in which a sacrifice always comes out like this.
fn always(outcome: Outcome) -> World {
    let (learn, edges, least_critical) = match outcome {
        // 0.95 is the most there is; the seeds of these tests are not among the rest.
        Outcome::Learned => ("1", ["0", "0", "0"], "0.01"),
        Outcome::Partial => ("0", ["1", "1", "1"], "0.000001"),
        Outcome::Safe => ("0", ["0", "1", "1"], "0.000001"),
        Outcome::Destroyed => ("0", ["0", "0", "1"], "0.000001"),
        Outcome::Critical => ("0", ["0", "0", "0"], "1"),
    };
    World::with(&Numbers {
        learn,
        edges,
        least_critical,
        ..Numbers::default()
    })
}

#[test]
fn every_outcome_does_what_it_says() {
    for (outcome, gone, knows, progress, xp) in [
        (Outcome::Partial, true, false, 50, 10),
        (Outcome::Safe, false, false, 0, 10),
        (Outcome::Destroyed, true, false, 0, 10),
        (Outcome::Critical, true, false, 0, 10),
    ] {
        let mut w = always(outcome);
        let blade = w.give("blade");
        let pebbles = w.give_many("pebble", 5);
        w.lay(blade, "sharp", 80);
        let plan = sacrifice_odds(w.world(), w.hero, &ask(blade, "sharp")).unwrap();
        assert!(plan.odds.share(outcome) > 0.999, "{outcome:?}: {plan:?}");
        assert_eq!(
            w.act(&ask(blade, "sharp")).unwrap(),
            None,
            "it takes no time"
        );
        assert_eq!(w.has(blade), !gone, "{outcome:?}");
        let lore = w.lore();
        assert_eq!(lore.knows(def("sharp")), knows, "{outcome:?}");
        assert_eq!(lore.of(def("sharp")).progress, progress, "{outcome:?}");
        assert_eq!(lore.xp, xp, "{outcome:?}");
        assert_eq!(lore.taken_apart, u32::from(gone), "{outcome:?}");
        assert_eq!(lore.of_school("war"), u32::from(gone), "{outcome:?}");
        // Disaster hurts, and takes one more thing along.
        let critical = outcome == Outcome::Critical;
        let scars = w.world().get::<ActiveEffects>(w.hero);
        let scars = scars.map_or(0, |all| all.of(DefId::of("core:scar")).count());
        assert_eq!(scars, usize::from(critical), "{outcome:?}");
        assert_eq!(
            w.item(pebbles).count,
            if critical { 4 } else { 5 },
            "{outcome:?}"
        );
        assert_eq!(
            w.note(),
            format!("sacrifice_{}", format!("{outcome:?}").to_lowercase())
        );
    }
}

#[test]
fn one_learns_and_the_ledger_tells_the_die() {
    let mut learned = 0;
    for _ in 0..1 {
        let mut w = always(Outcome::Learned);
        let blade = w.give("blade");
        w.lay(blade, "sharp", 80);
        w.act(&ask(blade, "sharp")).unwrap();
        let lore = w.lore();
        if lore.knows(def("sharp")) {
            learned += 1;
            assert_eq!((lore.xp, w.note().as_str()), (20, "sacrifice_learned"));
        }
        let ledger = w.world().resource::<Ledger>();
        let entry = ledger.iter().next_back().unwrap();
        assert_eq!(entry.rolls[0].sides, WHOLE, "one die decides");
        assert_eq!(entry.movements[0].count, 1);
    }
    assert_eq!(learned, 1);
}

#[test]
fn two_halves_make_a_whole_and_what_is_known_can_still_be_lost() {
    let mut w = always(Outcome::Partial);
    for (half, known) in [(0, false), (50, true), (100, true)] {
        let blade = w.give("blade");
        w.lay(blade, "sharp", 80);
        let plan = sacrifice_odds(w.world(), w.hero, &ask(blade, "sharp")).unwrap();
        assert_eq!((plan.progress, plan.known), (half, half == 100));
        w.act(&ask(blade, "sharp")).unwrap();
        assert_eq!(w.lore().knows(def("sharp")), known);
    }
    assert_eq!(w.lore().xp, 10 + 20 + 10, "the second half is worth double");
    assert_eq!(w.note(), "sacrifice_known");
    assert_eq!(w.lore().taken_apart, 3);
}

#[test]
fn what_is_understood_raises_the_chance() {
    let mut w = World::new();
    let blade = w.give("blade");
    w.lay(blade, "sharp", 80);
    let before = sacrifice_odds(w.world(), w.hero, &ask(blade, "sharp")).unwrap();
    assert_eq!(before.odds.parts(Outcome::Learned), 500_000);
    let hero = w.hero;
    w.rule(|txn| {
        txn.ensure::<EnchantLore>(hero)?;
        let mut lore = EnchantLore::default();
        lore.known.entry(def("sharp")).or_default().progress = 50;
        txn.set(hero, lore)
    });
    let after = sacrifice_odds(w.world(), w.hero, &ask(blade, "sharp")).unwrap();
    assert_eq!(after.odds.parts(Outcome::Learned), 750_000);
}

#[test]
fn every_refusal() {
    let mut w = World::new();
    let blade = w.give("blade");
    assert_eq!(w.refused(&ask(blade, "sharp")), "not_enchanted");
    assert_eq!(w.refused(&ask(blade, "nothing")), "unknown_enchantment");
    w.lay(blade, "sharp", 80);
    assert_eq!(
        w.refused(&ask(Uid::new(u64::MAX).unwrap(), "sharp")),
        "not_found"
    );
    assert_eq!(w.refused(&ask(blade, "cold")), "not_enchanted");
    w.set_stat("mind.lore", 9.0);
    assert_eq!(w.refused(&ask(blade, "sharp")), "enchant_skill");
    w.set_stat("mind.lore", 10.0);
    w.wear(blade, "main");
    assert_eq!(w.refused(&ask(blade, "sharp")), "worn");
    w.take_off("main");
    let riddle = w.give("riddle");
    w.lay(riddle, "hot", 50);
    assert_eq!(w.refused(&ask(riddle, "hot")), "unidentified");
    w.switch(false);
    assert_eq!(w.refused(&ask(blade, "sharp")), "feature_disabled");
    let before = state_hash(w.world());
    assert!(sacrifice_odds(w.world(), w.hero, &ask(blade, "sharp")).is_err());
    assert_eq!(state_hash(w.world()), before);
}

#[test]
fn the_die_falls_as_the_odds_say() {
    // 400 sacrifices against the odds shown: within four standard deviations.
    let mut w = World::new();
    let mut seen = [0u32; 5];
    let rounds = 400;
    let mut expected = None;
    for _ in 0..rounds {
        let blade = w.give("blade");
        w.lay(blade, "cold", 80);
        let hero = w.hero;
        w.rule(|txn| {
            txn.ensure::<EnchantLore>(hero)?;
            txn.set(hero, EnchantLore::default())
        });
        let plan = sacrifice_odds(w.world(), w.hero, &ask(blade, "cold")).unwrap();
        expected = Some(plan.odds);
        w.act(&ask(blade, "cold")).unwrap();
        let outcome = match w.note().as_str() {
            "sacrifice_learned" => 0,
            "sacrifice_partial" => 1,
            "sacrifice_safe" => 2,
            "sacrifice_destroyed" => 3,
            _ => 4,
        };
        seen[outcome] += 1;
        if w.has(blade) {
            w.act(&DestroyItem {
                item: blade,
                count: None,
            })
            .unwrap();
        }
    }
    let odds = expected.unwrap();
    for (outcome, seen) in Outcome::ALL.into_iter().zip(seen) {
        let p = f64::from(odds.share(outcome));
        let mean = p * f64::from(rounds);
        let deviation = (mean * (1.0 - p)).sqrt();
        let off = (f64::from(seen) - mean).abs();
        assert!(
            off <= 4.0 * deviation,
            "{outcome:?}: {seen} instead of {mean}"
        );
    }
}

/// Something could not go with what is in it, so whoever left something in it would lose nothing.
#[test]
fn a_bag_is_emptied_first() {
    let mut w = always(Outcome::Destroyed);
    let quiver = w.give("quiver");
    w.lay(quiver, "sharp", 80);
    let pebble = w.give("pebble");
    let mv = |to| MoveItem {
        item: pebble,
        to,
        before: None,
    };
    let inside = Place::Inside {
        bag: quiver,
        pocket: 0,
    };
    w.act(&mv(inside)).unwrap();
    assert_eq!(w.refused(&ask(quiver, "sharp")), "not_empty");
    w.act(&mv(Place::In(0))).unwrap();
    w.act(&ask(quiver, "sharp")).unwrap();
    assert!(!w.has(quiver) && w.has(pebble));
}
