//! Each stage, and their order.

use super::*;
use DamageStage::{Reduction, Resistance, Resource, Vulnerability};

fn with(change: impl FnOnce(&mut TypeDefences)) -> TypeDefences {
    let mut defences = against("fire");
    change(&mut defences);
    defences
}

fn rules(change: impl FnOnce(&mut DamageRules)) -> DamageRules {
    let mut rules = DamageRules::default();
    change(&mut rules);
    rules
}

#[test]
fn each_stage_does_what_it_says() {
    let usual = DamageRules::default;
    let minus = |amount| vec![(formula("soak"), amount)];
    let cases: Vec<(&str, f32, TypeDefences, DamageRules, f32)> = vec![
        ("nothing", 20.0, with(|_| {}), usual(), 20.0),
        (
            "immune",
            20.0,
            with(|d| d.immune = vec![tag("immune")]),
            usual(),
            0.0,
        ),
        (
            "reduced",
            20.0,
            with(|d| d.reductions = minus(3.0)),
            usual(),
            17.0,
        ),
        (
            "reduced to nothing",
            2.0,
            with(|d| d.reductions = minus(3.0)),
            usual(),
            0.0,
        ),
        (
            "a weakness",
            20.0,
            with(|d| d.reductions = minus(-5.0)),
            usual(),
            25.0,
        ),
        (
            "several reductions",
            20.0,
            with(|d| d.reductions = vec![(formula("a"), 3.0), (formula("b"), 4.0)]),
            usual(),
            13.0,
        ),
        (
            "a share",
            20.0,
            with(|d| d.shares = minus(0.25)),
            usual(),
            15.0,
        ),
        (
            "a negative share",
            20.0,
            with(|d| d.shares = minus(-0.5)),
            usual(),
            30.0,
        ),
        (
            "more than all of it",
            20.0,
            with(|d| d.shares = minus(3.0)),
            usual(),
            0.0,
        ),
        (
            "resistant",
            20.0,
            with(|d| d.resist = vec![tag("r")]),
            usual(),
            10.0,
        ),
        (
            "resistant twice counts once",
            20.0,
            with(|d| d.resist = vec![tag("r"), tag("s")]),
            usual(),
            10.0,
        ),
        (
            "resistant twice, if they add up",
            20.0,
            with(|d| d.resist = vec![tag("r"), tag("s")]),
            rules(|r| r.resistances_add = true),
            5.0,
        ),
        (
            "vulnerable",
            20.0,
            with(|d| d.vulnerable = vec![tag("v")]),
            usual(),
            40.0,
        ),
        (
            "vulnerable twice counts once",
            20.0,
            with(|d| d.vulnerable = vec![tag("v"), tag("w")]),
            usual(),
            40.0,
        ),
        (
            "resistant and vulnerable, after what is taken off",
            25.0,
            with(|d| {
                d.reductions = minus(5.0);
                d.resist = vec![tag("r")];
                d.vulnerable = vec![tag("v")];
            }),
            usual(),
            20.0,
        ),
        (
            "resistant before what is taken off",
            25.0,
            with(|d| {
                d.reductions = minus(5.0);
                d.resist = vec![tag("r")];
            }),
            rules(|r| r.order = [Resistance, Reduction, Resource].into()),
            7.5,
        ),
        (
            "a stage that is left out is not done",
            20.0,
            with(|d| {
                d.immune = vec![tag("i")];
                d.resist = vec![tag("r")];
            }),
            rules(|r| r.order = [Resource].into()),
            20.0,
        ),
        (
            "rounded down between resistance and vulnerability",
            25.0,
            with(|d| {
                d.resist = vec![tag("r")];
                d.vulnerable = vec![tag("v")];
            }),
            rules(|r| {
                r.rounding = Rounding::Down;
                r.order = [Resistance, DamageStage::Rounding, Vulnerability, Resource].into();
            }),
            24.0,
        ),
        (
            "rounded up",
            7.0,
            with(|d| d.resist = vec![tag("r")]),
            rules(|r| r.rounding = Rounding::Up),
            4.0,
        ),
        (
            "rounded to the nearest",
            7.4,
            with(|_| {}),
            rules(|r| r.rounding = Rounding::Nearest),
            7.0,
        ),
        (
            "the least",
            2.0,
            with(|d| d.reductions = minus(5.0)),
            rules(|r| r.minimum = 1.0),
            1.0,
        ),
        (
            "no least for who is immune",
            20.0,
            with(|d| d.immune = vec![tag("i")]),
            rules(|r| r.minimum = 1.0),
            0.0,
        ),
        (
            "no least of nothing",
            0.0,
            with(|_| {}),
            rules(|r| r.minimum = 1.0),
            0.0,
        ),
        (
            "factors of the game's own",
            20.0,
            with(|d| d.resist = vec![tag("r")]),
            rules(|r| r.resisted = 0.25),
            5.0,
        ),
    ];
    for (what, amount, defences, rules, expected) in cases {
        let outcome = resolve(&[(kind("fire"), amount)], &target([defences]), &rules);
        assert_eq!(outcome.taken, expected, "{what}: {outcome}");
        assert_eq!(outcome.left, 100.0 - expected, "{what}");
        check(&outcome);
    }
}

#[test]
fn what_does_not_count_says_why() {
    let blow = [(kind("fire"), 20.0)];
    let usual = DamageRules::default();
    let told = |defences: TypeDefences, rules: &DamageRules| -> Vec<DamageCounted> {
        let outcome = resolve(&blow, &target([defences]), rules);
        check(&outcome);
        let steps = outcome.steps.into_iter().skip(1);
        steps.map(|step| step.counted).collect()
    };
    let twice = with(|d| d.resist = vec![tag("r"), tag("s")]);
    assert_eq!(told(twice, &usual), [Yes, LostTo("r".into()), NoEffect]);
    let immune = with(|d| {
        d.immune = vec![tag("i"), tag("j")];
        d.resist = vec![tag("r")];
    });
    let by = || Immune("i".into());
    assert_eq!(told(immune, &usual), [Yes, by(), by(), NoEffect]);
    let soaked = with(|d| {
        d.reductions = vec![(formula("soak"), 50.0)];
        d.vulnerable = vec![tag("v")];
    });
    assert_eq!(told(soaked, &usual), [Yes, NothingLeft, NoEffect]);
    let least = rules(|r| r.minimum = 1.0);
    let immune = with(|d| d.immune = vec![tag("i")]);
    assert_eq!(told(immune, &least), [Yes, by(), NoEffect]);
}

#[test]
fn temporary_points_and_the_resource() {
    // Temporary points, resource, blow: absorbed, taken, too much, left, last of it.
    let cases = [
        (0.0, 100.0, 30.0, (0.0, 30.0, 0.0, 70.0, false)),
        (10.0, 100.0, 30.0, (10.0, 20.0, 0.0, 80.0, false)),
        (50.0, 100.0, 30.0, (30.0, 0.0, 0.0, 100.0, false)),
        (30.0, 100.0, 30.0, (30.0, 0.0, 0.0, 100.0, false)),
        (10.0, 5.0, 30.0, (10.0, 5.0, 15.0, 0.0, true)),
        (0.0, 30.0, 30.0, (0.0, 30.0, 0.0, 0.0, true)),
        (0.0, 0.0, 30.0, (0.0, 0.0, 30.0, 0.0, false)),
    ];
    for (points, health, blow, expected) in cases {
        let defences = Defences {
            types: vec![],
            temporary: Some(temporary(points)),
            resource: pool(health),
        };
        let o = resolve(&[(kind("fire"), blow)], &defences, &DamageRules::default());
        let found = (o.absorbed, o.taken, o.overkill, o.left, o.depleted);
        assert_eq!(found, expected, "{points} {health} {blow}");
        assert_eq!(o.temporary_left, points - o.absorbed);
        check(&o);
        let without = rules(|r| r.order = [Resource].into());
        let o = resolve(&[(kind("fire"), blow)], &defences, &without);
        assert_eq!((o.absorbed, o.temporary_left), (0.0, points));
        check(&o);
    }
}

#[test]
fn the_resource_stops_at_its_least() {
    let defences = Defences {
        resource: Pool {
            min: -10.0,
            ..pool(5.0)
        },
        ..target([])
    };
    for (blow, left, depleted) in [(8.0, -3.0, false), (15.0, -10.0, true), (99.0, -10.0, true)] {
        let outcome = resolve(&[(kind("fire"), blow)], &defences, &DamageRules::default());
        assert_eq!((outcome.left, outcome.depleted), (left, depleted));
        check(&outcome);
    }
}

#[test]
fn types_go_their_own_way_and_meet_at_the_end() {
    let fire = with(|d| d.resist = vec![tag("r")]);
    let cold = TypeDefences {
        reductions: vec![(formula("soak"), 4.0)],
        ..against("cold")
    };
    let defences = Defences {
        temporary: Some(temporary(2.0)),
        ..target([fire, cold])
    };
    let blow = [
        (kind("fire"), 10.0),
        (kind("cold"), 3.0),
        (kind("acid"), 1.0),
        // One blow has one amount of a type: it is soaked once.
        (kind("cold"), 3.0),
    ];
    let outcome = resolve(&blow, &defences, &DamageRules::default());
    assert_eq!(outcome.amount, 17.0);
    assert_eq!(
        (outcome.absorbed, outcome.taken),
        (2.0, 5.0 + 2.0 + 1.0 - 2.0)
    );
    check(&outcome);
    let nothing = resolve(&[], &defences, &DamageRules::default());
    assert_eq!((nothing.taken, nothing.left), (0.0, 100.0));
    check(&nothing);
}

#[test]
fn what_is_no_amount_counts_as_nothing() {
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -5.0, -0.0] {
        let blow = [(kind("fire"), bad), (kind("cold"), 4.0)];
        let outcome = resolve(&blow, &target([]), &DamageRules::default());
        assert_eq!((outcome.amount, outcome.taken), (4.0, 4.0), "{bad}");
        check(&outcome);
        let odd = with(|d| {
            d.reductions = vec![(formula("a"), bad)];
            d.shares = vec![(formula("b"), bad)];
        });
        let outcome = resolve(
            &[(kind("fire"), 4.0)],
            &target([odd]),
            &DamageRules::default(),
        );
        assert!(outcome.taken.is_finite(), "{bad}");
        check(&outcome);
    }
    let huge = [(kind("fire"), f32::MAX), (kind("cold"), f32::MAX)];
    let weak = with(|d| d.vulnerable = vec![tag("v")]);
    let outcome = resolve(&huge, &target([weak]), &DamageRules::default());
    assert_eq!(outcome.taken, 100.0);
    assert!(outcome.overkill.is_finite() && outcome.amount.is_finite());
    check(&outcome);
}

#[test]
fn it_reads_well() {
    let mut soak = formula("armour / 2");
    soak.label = "Mail".into();
    soak.place = Some("t/damage_types/all.ron:3:9".into());
    let fire = with(|d| {
        d.reductions = vec![(soak, 3.0)];
        d.resist = vec![tag("Ring"), tag("Cloak")];
    });
    let defences = Defences {
        temporary: Some(temporary(2.0)),
        resource: pool(5.0),
        ..target([fire])
    };
    let outcome = resolve(&[(kind("fire"), 23.0)], &defences, &DamageRules::default());
    let expected = "\
Health 5 → 0, 2 absorbed, 3 too much
   +23  fire
   -3  Mail: armour / 2 [t/damage_types/all.ron:3:9]
   × 0.5  Ring
 - × 0.5  Cloak (does not count: Ring does)
   -2  Shield
   ≤ 5  Health";
    assert_eq!(outcome.to_string(), expected);
}
