#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use wayfarer_core::aggregate::Aggregate;

use super::*;
use crate::{
    modifier::Modifier,
    ops::{StatOp, tests::any_op},
    test_content::{character, modifier, stat, uid, values},
    what_if::what_if,
};

fn why(inputs: &StatInputs, layout: &Arc<Layout>, name: &str) -> Explanation {
    explain(inputs, layout, layout.shape().content(), stat(name)).unwrap()
}

#[test]
fn every_layer_has_its_line_and_its_place() {
    let (mut inputs, layout) = character("hero", Some("city"));
    let value = Some(20.0);
    let stat = stat("body.strength");
    inputs.apply(&StatOp::SetBase { stat, value }).unwrap();
    let magic = |amount, source| Modifier {
        bonus: Some(DefId::of("t:magic")),
        ..modifier("body.strength", ModifierKind::Flat, amount, source)
    };
    let cursed = Modifier {
        marks: crate::modifier::Marks {
            sealed: true,
            suppressed: false,
        },
        ..modifier("body.strength", ModifierKind::Flat, -2.0, 3)
    };
    for (source, modifier) in [(1, magic(2.0, 1)), (2, magic(3.0, 2)), (3, cursed)] {
        let (source, modifiers) = (uid(source), vec![modifier]);
        inputs
            .apply(&StatOp::SetModifiers { source, modifiers })
            .unwrap();
    }
    let found = why(&inputs, &layout, "body.strength");
    let lines: Vec<(LineSource, f32, bool)> = found
        .lines
        .iter()
        .map(|line| (line.source.clone(), line.running, line.counted.counts()))
        .collect();
    let from = |uid, origin| LineSource::Modifier { uid, origin };
    let none = DefId(0);
    assert_eq!(
        lines,
        [
            (LineSource::Default, 0.0, false),
            (LineSource::Template, 0.0, false),
            (LineSource::World, 0.0, false),
            (LineSource::Base, 20.0, true),
            (from(uid(1), none), 20.0, false),
            (from(uid(2), none), 23.0, true),
            (from(uid(3), none), 21.0, true),
        ]
    );
    assert_eq!(found.lines[4].counted, Counted::LostTo("#2".into()));
    assert_eq!(
        (found.lines[6].label.as_str(), found.lines[6].sealed),
        ("Unidentified", true)
    );
    let place = |at: usize| found.lines[at].place.as_deref().unwrap_or("").to_owned();
    assert_eq!(place(0), "t/stats/all.ron:3:67");
    assert!(place(1).starts_with("t/sheets/all.ron:2:"), "{}", place(1));
    assert!(place(2).starts_with("t/worlds/all.ron:2:"), "{}", place(2));
    assert_eq!((found.value, found.tier.as_deref()), (21.0, Some("Novice")));
}

#[test]
fn formulas_say_what_they_read() {
    let (inputs, layout) = character("hero", None);
    let found = why(&inputs, &layout, "body.vigour");
    assert_eq!(
        found.lines[0].source,
        LineSource::Formula("floor(strength / 10)".into())
    );
    assert_eq!(found.reads, [("Strength".to_owned(), 40.0)]);
    let speed = why(&inputs, &layout, "body.speed");
    assert_eq!(
        speed.reads,
        [("Agility".to_owned(), 10.0), ("Focus".to_owned(), 5.0)]
    );
    assert_eq!(found.to_string().lines().next(), Some("Vigour 4"));
}

#[test]
fn a_condition_that_does_not_hold_is_told() {
    let (mut inputs, layout) = character("hero", None);
    let modifiers = vec![Modifier {
        when: Some("agility > 50".to_owned()),
        ..modifier("body.strength", ModifierKind::Flat, 5.0, 1)
    }];
    let source = uid(1);
    inputs
        .apply(&StatOp::SetModifiers { source, modifiers })
        .unwrap();
    let found = why(&inputs, &layout, "body.strength");
    let last = found.lines.last().unwrap();
    assert_eq!(last.counted, Counted::ConditionFalse("agility > 50".into()));
}

#[test]
fn a_preview_touches_nothing_and_says_what_would_change() {
    let (inputs, layout) = character("hero", None);
    let before = inputs.clone();
    let op = StatOp::SetBase {
        stat: stat("body.strength"),
        value: Some(80.0),
    };
    let changes = what_if(&inputs, &layout, std::slice::from_ref(&op)).unwrap();
    assert_eq!(inputs, before);
    let strength = changes
        .iter()
        .find(|c| c.stat == stat("body.strength"))
        .unwrap();
    assert_eq!((strength.before, strength.after), (40.0, 80.0));
    assert_eq!(strength.tier_after.as_deref(), Some("expert"));
    assert_eq!(
        changes.len(),
        5,
        "strength, vigour, maximum, health, wits: {changes:?}"
    );
    let mut done = inputs.clone();
    done.apply(&op).unwrap();
    let after = values(&done, &layout);
    assert!(changes.iter().all(|c| after.get(c.stat) == Some(c.after)));
    let nonsense = StatOp::SetBase {
        stat: stat("body.strength"),
        value: Some(f32::NAN),
    };
    assert!(what_if(&inputs, &layout, &[nonsense]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_lines_end_at_the_value(ops in prop::collection::vec(any_op(), 0..16)) {
        let (mut inputs, layout) = character("hero", None);
        for op in &ops {
            let _ = inputs.apply(op);
        }
        let settled = values(&inputs, &layout);
        for (stat, value) in settled.iter() {
            let found = explain(&inputs, &layout, layout.shape().content(), stat).unwrap();
            let last = found.lines.iter().rfind(|line| line.counted.counts()).unwrap();
            prop_assert_eq!(last.running.to_bits(), value.to_bits(), "{}", found);
            prop_assert_eq!(found.value.to_bits(), value.to_bits());
        }
    }
}
