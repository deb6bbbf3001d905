//! What holds for all formulas, not only for those somebody thought of.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use crate::ast::{Expr, Kind, Operator};
use crate::dice::{Dice, Keep, Reroll};
use crate::error::Span;
use crate::function::Function;
use crate::limits::MAX_SOURCE_BYTES;
use crate::parse;

const NAMES: [&str; 4] = ["x", "level", "stats:dex", "target.armour_class"];

const OPERATORS: [Operator; 13] = [
    Operator::Or,
    Operator::And,
    Operator::Less,
    Operator::LessEqual,
    Operator::Greater,
    Operator::GreaterEqual,
    Operator::Equal,
    Operator::NotEqual,
    Operator::Add,
    Operator::Subtract,
    Operator::Multiply,
    Operator::Divide,
    Operator::Remainder,
];

fn dice() -> impl Strategy<Value = Dice> {
    let keep = proptest::option::of((any::<bool>(), 1_u32..7));
    let explode = proptest::option::of(2_u32..9);
    let reroll = proptest::option::of((1_u32..5, any::<bool>()));
    (1_u32..7, 1_u32..11, keep, explode, reroll).prop_map(|(n, sides, keep, explode, reroll)| {
        let mut dice = Dice::new(n, sides).unwrap();
        if let Some((highest, n)) = keep {
            let keep = if highest {
                Keep::Highest(n)
            } else {
                Keep::Lowest(n)
            };
            dice = dice.with_keep(keep).unwrap_or(dice);
        }
        if let Some((at_most, once)) = reroll {
            dice = dice.with_reroll(Reroll { at_most, once }).unwrap_or(dice);
        }
        if let Some(from) = explode {
            dice = dice.with_explode(from).unwrap_or(dice);
        }
        dice
    })
}

fn number() -> impl Strategy<Value = f32> {
    let bits = any::<u32>().prop_map(|bits| f32::from_bits(bits).abs());
    prop_oneof![
        4 => (0_u16..200).prop_map(|n| f32::from(n) / 4.0),
        1 => bits.prop_filter("numbers are finite", |n| n.is_finite()),
    ]
}

/// Ascending keys from 1 to 4.
fn keys() -> impl Strategy<Value = Vec<f32>> {
    proptest::collection::btree_set(-20_i8..20, 1..5)
        .prop_map(|keys| keys.into_iter().map(|key| f32::from(key) / 2.0).collect())
}

fn call() -> impl Strategy<Value = (Function, usize)> {
    (proptest::sample::select(&Function::ALL), 0_usize..3).prop_map(|(function, more)| {
        let (fewest, variadic) = function.arity();
        (function, if variadic { fewest + more } else { fewest })
    })
}

fn expr() -> impl Strategy<Value = Expr> {
    let new = |kind| Expr::new(kind, Span::default());
    let leaf = prop_oneof![
        number().prop_map(Kind::Number),
        proptest::sample::select(&NAMES).prop_map(|name| Kind::Name(name.into())),
        dice().prop_map(Kind::Dice),
    ]
    .prop_map(new);
    leaf.prop_recursive(6, 40, 4, move |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let several = proptest::collection::vec(inner.clone(), 5);
        let value = (0_i8..20).prop_map(f32::from);
        prop_oneof![
            1 => boxed().prop_map(Kind::Negate),
            1 => boxed().prop_map(Kind::Not),
            6 => (proptest::sample::select(&OPERATORS), boxed(), boxed())
                .prop_map(|(op, a, b)| Kind::Binary(op, a, b)),
            3 => (call(), several.clone()).prop_map(|((function, count), mut arguments)| {
                arguments.truncate(count);
                Kind::Call(function, arguments)
            }),
            1 => (boxed(), keys(), several)
                .prop_map(|(x, keys, values)| Kind::Table(x, keys.into_iter().zip(values).collect())),
            1 => (boxed(), keys(), proptest::collection::vec(value, 5))
                .prop_map(|(x, keys, values)| Kind::Curve(x, keys.into_iter().zip(values).collect())),
        ]
        .prop_map(new)
    })
}

/// Text that is nearly a formula, to get past the first character.
fn scraps() -> impl Strategy<Value = String> {
    let scraps = [
        "1", "2.5", "25%", "x", "level", "a:b", "2d6", "d%", "kh1", "!", "r1", "(", ")", ",", ":",
        "+", "-", "*", "/", "%", "<", "==", "!=", " and ", " or ", " not ", "if(", "table(",
        "curve(", "adv(", "min(", "ä", "🎲", "_", ".", " ", "\n", "\0",
    ];
    proptest::collection::vec(proptest::sample::select(scraps.to_vec()), 0..40)
        .prop_map(|scraps| scraps.concat())
}

fn slots() -> impl Strategy<Value = Vec<f32>> {
    let value = prop_oneof![
        any::<u32>().prop_map(f32::from_bits),
        (-30_i8..30).prop_map(f32::from),
        proptest::sample::select(&[0.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX]),
    ];
    proptest::collection::vec(value, 0..6)
}

/// A small generator with good enough dice (splitmix64).
fn seeded(mut state: u64) -> impl FnMut(u32) -> u32 {
    move |sides| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % u64::from(sides)) as u32 + 1
    }
}

/// Everything that can be done with a text; panics are what this looks for.
fn exercise(source: &str, slots: &[f32]) {
    let expr = match parse(source) {
        Ok(expr) => expr,
        Err(error) => {
            let _ = (error.to_string(), error.render(source));
            assert!(
                source
                    .get(error.span.start as usize..error.span.end as usize)
                    .is_some()
            );
            return;
        }
    };
    let names: Vec<&str> = expr.names().map(|(name, _)| name).collect();
    if let Ok(program) = expr.compile(&names) {
        assert!(program.eval(slots).is_finite());
        assert!(program.eval_with(slots, &mut seeded(1)).is_finite());
    }
}

proptest! {
    #[test]
    fn printing_and_parsing_is_identity(expr in expr()) {
        let text = expr.to_string();
        prop_assume!(text.len() <= MAX_SOURCE_BYTES);
        let back = parse(&text);
        prop_assert_eq!(back.as_ref(), Ok(&expr), "{}", text);
        prop_assert_eq!(back.unwrap().to_string(), text);
    }

    #[test]
    fn any_text_is_answered(source in any::<String>(), slots in slots()) {
        exercise(&source, &slots);
    }

    #[test]
    fn any_scraps_are_answered(source in scraps(), slots in slots()) {
        exercise(&source, &slots);
    }

    #[test]
    fn every_program_yields_a_finite_number(expr in expr(), slots in slots(), seed: u64) {
        let program = expr.compile(&NAMES).unwrap();
        let value = program.eval(&slots);
        prop_assert!(value.is_finite());
        prop_assert!(value != 0.0 || value.is_sign_positive());
        prop_assert!(program.eval_with(&slots, &mut seeded(seed)).is_finite());
        if let Ok(checked) = program.eval_checked(&slots) {
            prop_assert_eq!(checked, value);
        }
        if let Some(constant) = program.as_constant() {
            prop_assert_eq!(constant, value);
        }
        let mut throws = Vec::new();
        let reported = program.eval_reported(&slots, &mut seeded(seed), &mut throws);
        prop_assert_eq!(reported, program.eval_with(&slots, &mut seeded(seed)));
    }

    #[test]
    fn compiling_constants_does_not_change_the_value(
        expr in expr(),
        values in proptest::array::uniform4(0_u8..20),
    ) {
        let slots = values.map(|v| f32::from(v) / 2.0);
        let constant = with_constants(&expr, &slots);
        let folded = constant.compile(&NAMES).unwrap();
        prop_assert_eq!(folded.eval(&[]), expr.compile(&NAMES).unwrap().eval(&slots));
        prop_assert!(folded.dependencies().is_empty());
    }

    #[test]
    fn throws_stay_within_the_distribution(dice in dice(), seed: u64) {
        let chances = dice.distribution();
        let sum: f64 = chances.iter().map(|(_, chance)| chance).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9, "{} {}", dice, sum);
        prop_assert_eq!((dice.min(), dice.max()), (chances.min(), chances.max()), "{}", dice);
        let mut roller = seeded(seed);
        for _ in 0..50 {
            let total = dice.roll(&mut roller);
            prop_assert!(chances.probability(total) > 0.0, "{} {}", dice, total);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn distributions_agree_with_many_throws(expr in expr(), seed: u64) {
        const THROWS: u32 = 4000;
        let slots = [3.0, 5.0, -1.0, 12.0];
        let program = expr.compile(&NAMES).unwrap();
        let Ok(chances) = program.distribution(&slots) else {
            return Ok(());
        };
        let sum: f64 = chances.iter().map(|(_, chance)| chance).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9, "{}", expr);
        let mut roller = seeded(seed);
        let mut mean = 0.0;
        for _ in 0..THROWS {
            let value = program.eval_with(&slots, &mut roller);
            mean += f64::from(value) / f64::from(THROWS);
            prop_assert!(chances.probability(value as i64) > 0.0, "{} {}", expr, value);
        }
        // Seven standard errors: one false alarm in 10^11 cases where the tails are ordinary.
        let error = (chances.variance() / f64::from(THROWS)).sqrt();
        let scale = 1e-6 * (1.0 + chances.mean().abs());
        let allowed = 7.0 * error + scale;
        // An outcome too rare to be thrown can carry the mean; then this says nothing.
        let extreme = chances.min().abs().max(chances.max().abs()) as f64;
        prop_assume!(extreme < 1e4);
        prop_assert!((mean - chances.mean()).abs() <= allowed, "{} {} {}", expr, mean, chances.mean());
    }
}

/// `expr` with its names replaced by values.
fn with_constants(expr: &Expr, slots: &[f32; 4]) -> Expr {
    let inner = |e: &Expr| with_constants(e, slots);
    let boxed = |e: &Expr| Box::new(inner(e));
    let kind = match &expr.kind {
        Kind::Number(_) | Kind::Dice(_) => expr.kind.clone(),
        Kind::Name(name) => {
            let index = NAMES.iter().position(|known| *known == &**name);
            Kind::Number(slots[index.unwrap()])
        }
        Kind::Negate(x) => Kind::Negate(boxed(x)),
        Kind::Not(x) => Kind::Not(boxed(x)),
        Kind::Binary(op, a, b) => Kind::Binary(*op, boxed(a), boxed(b)),
        Kind::Call(function, arguments) => {
            Kind::Call(*function, arguments.iter().map(inner).collect())
        }
        Kind::Table(x, rows) => {
            let rows = rows.iter().map(|(key, value)| (*key, inner(value)));
            Kind::Table(boxed(x), rows.collect())
        }
        Kind::Curve(x, points) => Kind::Curve(boxed(x), points.clone()),
    };
    Expr::new(kind, expr.span)
}
