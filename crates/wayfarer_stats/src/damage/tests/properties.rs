//! What holds for every blow.

use proptest::prelude::*;

use super::*;

const KINDS: [&str; 4] = ["fire", "cold", "acid", "force"];

fn reasons() -> impl Strategy<Value = Vec<Reason>> {
    prop::collection::vec(prop::sample::select(vec!["a", "b", "c"]), 0..3)
        .prop_map(|names| names.into_iter().map(tag).collect())
}

fn numbers(range: std::ops::Range<f32>) -> impl Strategy<Value = Vec<(Reason, f32)>> {
    prop::collection::vec(range, 0..3)
        .prop_map(|list| list.into_iter().map(|n| (formula("f"), n)).collect())
}

fn defended(name: &'static str) -> impl Strategy<Value = TypeDefences> {
    let immune = prop_oneof![4 => Just(vec![]), 1 => reasons()];
    let parts = (
        immune,
        numbers(-5.0..9.0),
        numbers(-1.0..1.5),
        reasons(),
        reasons(),
    );
    parts.prop_map(
        move |(immune, reductions, shares, resist, vulnerable)| TypeDefences {
            immune,
            reductions,
            shares,
            resist,
            vulnerable,
            ..against(name)
        },
    )
}

fn defences() -> impl Strategy<Value = Defences> {
    let pools = (prop::option::of(0.0_f32..20.0), 0.0_f32..60.0);
    (defended("fire"), defended("cold"), defended("acid"), pools).prop_map(|(a, b, c, pools)| {
        Defences {
            types: vec![a, b, c],
            temporary: pools.0.map(temporary),
            resource: pool(pools.1),
        }
    })
}

fn rules() -> impl Strategy<Value = DamageRules> {
    let rounding = prop::sample::select(vec![
        Rounding::None,
        Rounding::Down,
        Rounding::Up,
        Rounding::Nearest,
    ]);
    let first = DamageStage::DEFAULT[..6].to_vec();
    let order = Just(first).prop_shuffle();
    (rounding, order, any::<bool>(), 0.0_f32..3.0).prop_map(|(rounding, order, adds, minimum)| {
        DamageRules {
            rounding,
            order: order
                .into_iter()
                .chain([DamageStage::Temporary, DamageStage::Resource])
                .collect(),
            resistances_add: adds,
            minimum: minimum.floor(),
            ..DamageRules::default()
        }
    })
}

fn blow() -> impl Strategy<Value = Vec<(DefId, f32)>> {
    let amount = prop_oneof![
        8 => 0.0_f32..40.0,
        1 => prop::num::f32::ANY,
        1 => Just(0.0),
    ];
    prop::collection::vec((prop::sample::select(KINDS.to_vec()), amount), 0..5)
        .prop_map(|parts| parts.into_iter().map(|(k, n)| (kind(k), n)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_steps_end_with_the_result_and_nothing_is_negative(
        blow in blow(), defences in defences(), rules in rules(),
    ) {
        let outcome = resolve(&blow, &defences, &rules);
        prop_assert_eq!(replay(&outcome.steps, outcome.taken), Ok(()), "{}", outcome);
        for step in &outcome.steps {
            prop_assert!(step.after >= 0.0 && step.after.is_finite(), "{}", step);
            prop_assert!(step.after.is_sign_positive(), "{}", step);
        }
        let o = &outcome;
        for amount in [o.amount, o.taken, o.absorbed, o.overkill, o.left, o.temporary_left] {
            prop_assert!(amount >= 0.0 && amount.is_finite(), "{:?}", o);
        }
        prop_assert!(o.taken <= o.before().have);
        prop_assert_eq!(o.depleted, o.left == 0.0 && o.before().have > 0.0);
    }

    #[test]
    fn who_is_immune_to_all_of_it_takes_nothing(
        blow in blow(), mut defences in defences(), rules in rules(),
    ) {
        let known: Vec<_> = blow.into_iter().filter(|part| part.0 != kind("force")).collect();
        for types in &mut defences.types {
            types.immune = vec![tag("immune")];
        }
        let outcome = resolve(&known, &defences, &rules);
        prop_assert_eq!((outcome.taken, outcome.absorbed), (0.0, 0.0), "{}", outcome);
    }

    #[test]
    fn the_order_of_types_makes_no_difference(
        (blow, mixed) in blow().prop_flat_map(|b| (Just(b.clone()), Just(b).prop_shuffle())),
        defences in defences(), rules in rules(),
    ) {
        let of = |blow: &[(DefId, f32)]| {
            let o = resolve(blow, &defences, &rules);
            [o.amount, o.taken, o.absorbed, o.overkill, o.left].map(f32::to_bits)
        };
        prop_assert_eq!(of(&blow), of(&mixed));
    }

    #[test]
    fn more_protection_never_means_more_damage(
        amount in 0.0_f32..50.0, mut defences in defences(), soak in 0.0_f32..9.0,
    ) {
        // In the default order; reductions only, for a weakness hits only what is left.
        for types in &mut defences.types {
            types.reductions.clear();
        }
        let rules = DamageRules::default();
        let blow = [(kind("fire"), amount)];
        let before = resolve(&blow, &defences, &rules);
        defences.types[0].reductions.push((formula("soak"), soak));
        let after = resolve(&blow, &defences, &rules);
        prop_assert!(after.taken <= before.taken);
        if defences.types[0].resist.is_empty() {
            defences.types[0].resist.push(tag("r"));
            prop_assert!(resolve(&blow, &defences, &rules).taken <= after.taken);
        }
    }

    #[test]
    fn healing_and_temporary_points_stay_within_limits(
        amount in prop::num::f32::ANY, have in 0.0_f32..100.0, shares in numbers(-1.0..1.5),
        stacks in any::<bool>(), rounding in rules(),
    ) {
        let rules = DamageRules { temporary_stacks: stacks, ..rounding };
        let defences = HealingDefences { blocked: vec![], shares, pool: pool(have) };
        let healed = resolve_healing(amount, &defences, &rules);
        let given = resolve_temporary(amount, &pool(have), &rules);
        for o in [healed, given] {
            prop_assert_eq!(replay(&o.steps, o.gained), Ok(()), "{}", o);
            prop_assert!(o.left >= have && o.left <= 100.0, "{}", o);
            prop_assert!(o.gained >= 0.0 && o.wasted >= 0.0, "{}", o);
        }
    }
}
