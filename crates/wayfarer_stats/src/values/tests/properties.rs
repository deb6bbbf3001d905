//! What holds whatever is done, in whatever order.

use proptest::prelude::*;

use super::*;
use crate::ops::tests::any_op;

fn bits(values: &StatValues) -> Vec<u32> {
    values.iter().map(|(_, value)| value.to_bits()).collect()
}

fn list(source: u64) -> impl Strategy<Value = (u64, Vec<Modifier>)> {
    let names = vec!["body.strength", "body.agility", "body.vigour", "mind.focus"];
    let kinds = vec![Override, Flat, Increased, More, ModifierKind::Floor, Cap];
    let one = (
        prop::sample::select(names),
        prop::sample::select(kinds),
        -3.0_f32..7.0,
        prop::option::of(prop::sample::select(vec!["t:magic", "t:help"])),
        prop::option::weighted(
            0.3,
            prop::sample::select(vec!["agility > 10", "vigour < 5"]),
        ),
    );
    let one = one.prop_map(move |(name, kind, amount, bonus, when)| Modifier {
        bonus: bonus.map(DefId::of),
        when: when.map(str::to_owned),
        ..modifier(name, kind, amount, source)
    });
    prop::collection::vec(one, 1..5).prop_map(move |mut list| {
        for (modifier, index) in list.iter_mut().zip(0..) {
            modifier.index = index;
        }
        (source, list)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn settling_step_by_step_gives_what_a_rebuild_gives(
        ops in prop::collection::vec(any_op(), 0..20),
        more in list(7),
    ) {
        let (mut inputs, layout) = character("hero", None);
        let mut settled = values(&inputs, &layout);
        let last = StatOp::SetModifiers { source: uid(more.0), modifiers: more.1 };
        for op in ops.iter().chain([&last]) {
            let _ = StatWriter::new(&mut inputs, &mut settled, Now::STORED).apply(op);
            let rebuilt = values(&inputs, &layout);
            prop_assert_eq!(bits(&settled), bits(&rebuilt), "after {:?}", op);
            prop_assert_eq!(&settled.levels, &rebuilt.levels);
            let tiers = |v: &StatValues| v.cells.iter().map(|c| c.tier).collect::<Vec<_>>();
            prop_assert_eq!(tiers(&settled), tiers(&rebuilt));
            prop_assert!(settled.iter().all(|(_, value)| value.is_finite()));
        }
    }

    #[test]
    fn the_order_of_giving_makes_no_difference(
        a in list(1), b in list(2), c in list(3), order in Just([0, 1, 2]).prop_shuffle(),
    ) {
        let (inputs, layout) = character("hero", None);
        let lists = [a, b, c];
        let apply = |order: [usize; 3]| {
            let mut inputs = inputs.clone();
            for at in order {
                let (source, modifiers) = lists[at].clone();
                set(&mut inputs, StatOp::SetModifiers { source: uid(source), modifiers });
            }
            inputs
        };
        let (one, other) = (apply([0, 1, 2]), apply(order));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(bits(&values(&one, &layout)), bits(&values(&other, &layout)));
    }

    #[test]
    fn taking_away_what_was_given_restores_every_bit(
        kept in list(1), a in list(2), b in list(3), swap: bool,
    ) {
        let (mut inputs, layout) = character("hero", None);
        set(&mut inputs, StatOp::SetModifiers { source: uid(kept.0), modifiers: kept.1 });
        let before = (inputs.clone(), bits(&values(&inputs, &layout)));
        for (source, modifiers) in [a, b] {
            set(&mut inputs, StatOp::SetModifiers { source: uid(source), modifiers });
        }
        for source in if swap { [2, 3] } else { [3, 2] } {
            set(&mut inputs, StatOp::remove_modifiers(uid(source)));
        }
        prop_assert_eq!(&inputs, &before.0);
        prop_assert_eq!(bits(&values(&inputs, &layout)), before.1);
    }
}
