//! Healing and temporary points.

use super::*;

#[test]
fn healing_is_blocked_shared_and_limited() {
    let usual = DamageRules::default;
    let down = || DamageRules {
        rounding: Rounding::Down,
        ..DamageRules::default()
    };
    // Amount, blocked, share taken off, rules, what there was: gained, wasted, what there is.
    let cases = [
        (10.0, false, 0.0, usual(), 50.0, (10.0, 0.0, 60.0)),
        (10.0, false, 0.0, usual(), 95.0, (5.0, 5.0, 100.0)),
        (10.0, false, 0.0, usual(), 100.0, (0.0, 10.0, 100.0)),
        (10.0, true, 0.0, usual(), 50.0, (0.0, 0.0, 50.0)),
        (10.0, true, -2.0, usual(), 50.0, (0.0, 0.0, 50.0)),
        (10.0, false, 0.25, usual(), 50.0, (7.5, 0.0, 57.5)),
        (10.0, false, 0.25, down(), 50.0, (7.0, 0.0, 57.0)),
        (10.0, false, -1.0, usual(), 50.0, (20.0, 0.0, 70.0)),
        (10.0, false, 9.0, usual(), 50.0, (0.0, 0.0, 50.0)),
        (f32::NAN, false, 0.0, usual(), 50.0, (0.0, 0.0, 50.0)),
        (f32::INFINITY, false, 0.0, usual(), 50.0, (0.0, 0.0, 50.0)),
        (-10.0, false, 0.0, usual(), 50.0, (0.0, 0.0, 50.0)),
    ];
    for (amount, blocked, share, rules, have, expected) in cases {
        let defences = HealingDefences {
            blocked: if blocked { vec![tag("curse")] } else { vec![] },
            shares: vec![(formula("wounds"), share)],
            pool: pool(have),
        };
        let outcome = resolve_healing(amount, &defences, &rules);
        let found = (outcome.gained, outcome.wasted, outcome.left);
        assert_eq!(found, expected, "{amount} {blocked} {share}: {outcome}");
        replay(&outcome.steps, outcome.gained).unwrap();
    }
}

#[test]
fn temporary_points_do_not_add_up_unless_they_do() {
    // What there was, what is given, whether they add up: gained, wasted, what there is.
    let cases = [
        (0.0, 8.0, false, (8.0, 0.0, 8.0)),
        (5.0, 8.0, false, (3.0, 0.0, 8.0)),
        (9.0, 8.0, false, (0.0, 0.0, 9.0)),
        (5.0, 8.0, true, (8.0, 0.0, 13.0)),
        (5.0, 120.0, false, (95.0, 20.0, 100.0)),
        (5.0, 120.0, true, (95.0, 25.0, 100.0)),
        (5.0, f32::NAN, true, (0.0, 0.0, 5.0)),
    ];
    for (have, given, temporary_stacks, expected) in cases {
        let rules = DamageRules {
            temporary_stacks,
            ..DamageRules::default()
        };
        let outcome = resolve_temporary(given, &temporary(have), &rules);
        let found = (outcome.gained, outcome.wasted, outcome.left);
        assert_eq!(found, expected, "{have} {given}: {outcome}");
        replay(&outcome.steps, outcome.gained).unwrap();
    }
}
