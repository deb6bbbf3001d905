#![allow(clippy::unwrap_used, reason = "tests")]

use super::{EvalError, Program};
use crate::ast::{Expr, Kind, Operator};
use crate::error::Span;
use crate::limits::{MAX_PROGRAM_OPS, MAX_STACK};
use crate::parse;

const NAMES: [&str; 4] = ["x", "y", "zero", "one"];
const SLOTS: [f32; 4] = [7.0, -2.5, 0.0, 1.0];

fn compile(source: &str) -> Program {
    parse(source).unwrap().compile(&NAMES).unwrap()
}

/// Formulas over [`NAMES`] with their values at [`SLOTS`].
const VALUES: &[(&str, f32)] = &[
    ("1_000 + .5", 1000.5),
    ("25%", 0.25),
    ("x", 7.0),
    ("-x", -7.0),
    ("x + y", 4.5),
    ("x - y", 9.5),
    ("10 - x", 3.0),
    ("x * y", -17.5),
    ("x / 2", 3.5),
    ("x / y", -2.8),
    ("x % 4", 3.0),
    ("y % 2", 1.5),
    ("-1 % 4", 3.0),
    ("-1 % -4", 3.0),
    ("x*2 + 1", 15.0),
    ("1 + 2 * 3", 7.0),
    ("(1 + 2) * 3", 9.0),
    ("10 - 4 - 3", 3.0),
    ("-x % 4", 1.0),
    ("--x", 7.0),
    ("x < 7", 0.0),
    ("x <= 7", 1.0),
    ("x > y", 1.0),
    ("x >= 7.5", 0.0),
    ("x == 7", 1.0),
    ("x != 7", 0.0),
    ("x and y", 1.0),
    ("x and zero", 0.0),
    ("zero or y", 1.0),
    ("zero or zero", 0.0),
    ("not x", 0.0),
    ("not zero and one", 1.0),
    ("not (one and zero)", 1.0),
    ("zero and 1 / zero", 0.0),
    ("one or 1 / zero", 1.0),
    ("one and x / y", 1.0),
    ("zero or zero / y", 0.0),
    ("min(x, y)", -2.5),
    ("min(x, 3, y, 9)", -2.5),
    ("max(x, y)", 7.0),
    ("max(y, zero, 3)", 3.0),
    ("clamp(x, 0, 5)", 5.0),
    ("clamp(y, 0, 5)", 0.0),
    ("clamp(x, 9, 5)", 5.0),
    ("floor(y)", -3.0),
    ("ceil(y)", -2.0),
    ("round(y)", -3.0),
    ("round(2.5)", 3.0),
    ("round(x / 3)", 2.0),
    ("abs(y)", 2.5),
    ("sign(y)", -1.0),
    ("sign(x)", 1.0),
    ("sign(zero)", 0.0),
    ("sqrt(x + 2)", 3.0),
    ("pow(x, 2)", 49.0),
    ("if(x > 3, 10, 20)", 10.0),
    ("if(x < 3, 10, 20)", 20.0),
    ("if(x, y, one) + 1", -1.5),
    ("1 + if(zero, y, one)", 2.0),
    ("if(x > 5, if(y > 0, 1, 2), 3) * 10", 20.0),
    ("step(7, x)", 1.0),
    ("step(7.5, x)", 0.0),
    ("table(x, 1: 2, 5: 3, 9: 4)", 3.0),
    ("table(x, 8: 2, 9: 3)", 2.0),
    ("table(y, -3: 2, -2: 3)", 2.0),
    ("table(x + 2, 1: 2, 5: 3, 9: 4)", 4.0),
    ("table(x, 1: y, 5: x * 2, 9: 4) + 1", 15.0),
    ("table(one, 1: y, 5: x * 2, 9: 4) + 1", -1.5),
    ("table(20, 1: y, 5: x * 2, 9: x) + 1", 8.0),
    ("table(x, 1: 1, 7: table(y, -9: x, 0: 2), 8: 3) - 1", 6.0),
    ("table(x, 3: y)", -2.5),
    ("curve(x, (0, 0), (10, 5), (20, 6))", 3.5),
    ("curve(y, (0, 1), (10, 5))", 1.0),
    ("curve(x + 90, (0, 1), (10, 5))", 5.0),
    ("curve(x, (7, 3))", 3.0),
    ("floor((x + 10 - 10) / 2)", 3.0),
    ("floor((x - 10) / 2)", -2.0),
    ("floor((x + 1) * y)", -20.0),
    ("floor((1 + x) * 0.3)", 2.0),
    ("adv(1d20)", 13.825),
    ("2d6 + x", 14.0),
    // Cases without a mathematical value.
    ("x / zero", 0.0),
    ("10 + x / 0", 10.0),
    ("1 / 0", 0.0),
    ("x % zero", 0.0),
    ("sqrt(y)", 0.0),
    ("1 + sqrt(-1)", 0.0),
    ("pow(10, 39) * x", 0.0),
    ("pow(zero, -1)", 0.0),
];

#[test]
fn every_operator_and_function() {
    for &(source, expected) in VALUES {
        let program = compile(source);
        assert_eq!(program.eval(&SLOTS), expected, "{source} is {program:?}");
        // The same with every name a constant, so that the compiler does the work.
        let constant = NAMES
            .iter()
            .zip(SLOTS)
            .fold(parse(source).unwrap(), |expr, (n, v)| {
                substitute(&expr, n, v)
            });
        let program = constant.compile(&NAMES).unwrap();
        assert_eq!(program.eval(&[]), expected, "{constant} is {program:?}");
        assert!(program.dependencies().is_empty());
    }
}

fn substitute(expr: &Expr, name: &str, value: f32) -> Expr {
    let text = expr.to_string();
    let mut out = String::new();
    let mut last = 0;
    let expr = parse(&text).unwrap();
    expr.visit(&mut |e| {
        if matches!(&e.kind, Kind::Name(n) if &**n == name) {
            out += &text[last..e.span.start as usize];
            out += &format!("({value})");
            last = e.span.end as usize;
        }
    });
    out += &text[last..];
    parse(&out).unwrap()
}

#[test]
fn constants_are_folded_and_simple_programs_are_short() {
    for (source, constant, ops) in [
        ("1 + 2 * 3", Some(7.0), 1),
        ("if(1 > 2, x, 4)", Some(4.0), 1),
        ("table(3, 1: x, 2: 5)", Some(5.0), 1),
        ("-0", Some(0.0), 1),
        ("floor((x - 10) / 2)", None, 4),
        ("2 * x + 1", None, 3),
        ("1 + x * y", None, 3),
        ("d6", None, 1),
        ("1 / 0", None, 2),
    ] {
        let program = compile(source);
        assert_eq!(program.as_constant(), constant, "{source}");
        assert_eq!(program.len(), ops, "{source}: {program:?}");
        assert!(!program.is_empty());
    }
    let zero = compile("-0").eval(&[]);
    assert_eq!(zero.to_bits(), 0, "zero is never negative");
    assert_eq!(compile("-x").eval(&[0.0]).to_bits(), 0);
    assert!(compile("x + d6").has_dice());
    assert!(!compile("if(0, d6, x)").has_dice());
}

#[test]
fn dependencies_are_sorted_and_unique() {
    assert_eq!(compile("y * x + y").dependencies(), [0, 1]);
    assert_eq!(compile("if(0, y, x)").dependencies(), [0]);
    assert_eq!(compile("table(one, 1: x, 2: y)").dependencies(), [0, 1, 3]);
    assert_eq!(compile("1").dependencies(), []);
}

#[test]
fn missing_slots_read_zero() {
    assert_eq!(compile("x + 1").eval(&[]), 1.0);
    assert_eq!(compile("y / x + x").eval(&[3.0]), 3.0);
}

#[test]
fn checked_evaluation_reports() {
    for (source, expected) in [
        ("x / 2", Ok(3.5)),
        ("x / zero", Err(EvalError::DivisionByZero)),
        ("x % zero", Err(EvalError::DivisionByZero)),
        ("1 / 0", Err(EvalError::DivisionByZero)),
        ("x / (y - y) + sqrt(y)", Err(EvalError::DivisionByZero)),
        ("if(zero, x / zero, 3)", Ok(3.0)),
        ("sqrt(y)", Err(EvalError::NotFinite)),
        ("pow(x, 99)", Err(EvalError::NotFinite)),
        ("min(pow(x, 99), 5)", Ok(5.0)),
    ] {
        assert_eq!(compile(source).eval_checked(&SLOTS), expected, "{source}");
    }
    let huge = [f32::INFINITY];
    assert_eq!(compile("x").eval(&huge), 0.0);
    assert_eq!(compile("x").eval_checked(&huge), Err(EvalError::NotFinite));
}

#[test]
fn only_branches_taken_throw_dice_and_from_left_to_right() {
    let mut thrown = Vec::new();
    let mut roller = |sides: u32| {
        thrown.push(sides);
        2
    };
    let source = "2d4 + if(x > 5, d6, d8) + (zero and d10) + (one or d12) + table(x, 1: d20, 5: d30, 9: d40)";
    let mut throws = Vec::new();
    let value = compile(source).eval_reported(&SLOTS, &mut roller, &mut throws);
    assert_eq!(value, 4.0 + 2.0 + 0.0 + 1.0 + 2.0);
    assert_eq!(thrown, [4, 4, 6, 30]);
    let totals: Vec<i64> = throws.iter().map(|throw| throw.total).collect();
    assert_eq!(totals, [4, 2, 2]);
    assert_eq!(compile(source).eval_with(&SLOTS, &mut |_| 2), value);
}

#[test]
fn unknown_names() {
    let source = "strenght + stats:dex + floor + qqq";
    let names = vec!["strength".to_owned(), "stats:dexterity".to_owned()];
    let expr = parse(source).unwrap();
    let errors = expr.unknown_names(&names);
    let told: Vec<_> = errors
        .iter()
        .map(|e| (e.span.text(source), e.message.as_str(), e.help.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "strenght",
                "unknown name `strenght`",
                Some("did you mean `strength`?")
            ),
            (
                "stats:dex",
                "unknown name `stats:dex`",
                Some("did you mean `stats:dexterity`?")
            ),
            (
                "floor",
                "unknown name `floor`",
                Some("the function is written `floor(x)`")
            ),
            ("qqq", "unknown name `qqq`", None),
        ]
    );
    assert_eq!(expr.compile(&names).unwrap_err(), errors[0]);
    assert!(parse("if(0, nobody, 1)").unwrap().compile(&NAMES).is_err());
}

#[test]
fn a_deep_stack_is_refused() {
    let nested = |depth: usize| {
        let source = "x - (".repeat(depth) + "x * x" + &")".repeat(depth);
        parse(&source).unwrap().compile(&NAMES)
    };
    assert!(nested(MAX_STACK - 1).is_ok());
    let error = nested(MAX_STACK).unwrap_err();
    assert_eq!(
        error.message,
        "formula needs more than 32 intermediate values"
    );
}

#[test]
fn a_long_program_is_refused() {
    // Longer than any source can be, so built by hand.
    let leaf = |kind| Expr::new(kind, Span::default());
    let mut expr = leaf(Kind::Name("x".into()));
    for _ in 1..MAX_PROGRAM_OPS {
        let one = leaf(Kind::Number(1.0));
        expr = leaf(Kind::Binary(Operator::Add, Box::new(expr), Box::new(one)));
    }
    assert_eq!(expr.compile(&NAMES).unwrap().len(), MAX_PROGRAM_OPS);
    let expr = leaf(Kind::Negate(Box::new(expr)));
    let error = expr.compile(&NAMES).unwrap_err();
    assert_eq!(error.message, "formula needs more than 1024 operations");
}

/// (source, [(value, chance)]) at [`SLOTS`].
const CHANCES: &[(&str, &[(i64, f64)])] = &[
    ("x", &[(7, 1.0)]),
    ("d2 + d2", &[(2, 0.25), (3, 0.5), (4, 0.25)]),
    ("2 - d2 * 3", &[(-4, 0.5), (-1, 0.5)]),
    ("d4 > d4", &[(0, 10.0 / 16.0), (1, 6.0 / 16.0)]),
    ("max(d2, d2)", &[(1, 0.25), (2, 0.75)]),
    ("min(d2, d2, 1)", &[(1, 1.0)]),
    ("floor(d4 / 2)", &[(0, 0.25), (1, 0.5), (2, 0.25)]),
    ("abs(d3 - 2)", &[(0, 1.0 / 3.0), (1, 2.0 / 3.0)]),
    (
        "if(d4 == 4, 10 + d2, d2)",
        &[(1, 0.375), (2, 0.375), (11, 0.125), (12, 0.125)],
    ),
    ("if(x > 3, d2, d20)", &[(1, 0.5), (2, 0.5)]),
    ("d2 == 1 and d2 == 1", &[(0, 0.75), (1, 0.25)]),
    ("d2 == 1 or d2 == 1", &[(0, 0.25), (1, 0.75)]),
    (
        "table(d4, 1: 0, 2: d2, 4: 7) + 1",
        &[(1, 0.25), (2, 0.25), (3, 0.25), (8, 0.25)],
    ),
    ("table(d4, 1: 0, 3: 1)", &[(0, 0.5), (1, 0.5)]),
    (
        "curve(d3, (1, 0), (3, 4))",
        &[(0, 1.0 / 3.0), (2, 1.0 / 3.0), (4, 1.0 / 3.0)],
    ),
    ("d2 / zero", &[(0, 1.0)]),
    ("sqrt(d2 - 2)", &[(0, 1.0)]),
];

#[test]
fn distributions_of_formulas() {
    for &(source, expected) in CHANCES {
        let found = compile(source).distribution(&SLOTS).unwrap();
        assert_eq!(found.outcomes(), expected.len(), "{source}: {found:?}");
        for ((value, chance), (wanted, wish)) in found.iter().zip(expected) {
            assert_eq!(value, *wanted, "{source}");
            assert!((chance - wish).abs() < 1e-12, "{source}: {value} {chance}");
        }
    }
}

#[test]
fn distributions_are_refused_where_they_must_be() {
    let error = compile("d6 / 4").distribution(&SLOTS).unwrap_err();
    assert_eq!(error.message, "some outcomes are not whole numbers");
    let message = "formula has too many outcomes to compute their chances";
    for source in [
        "100d1000 + 100d1000",
        "100d1000 * d1000",
        &("100d1000+".repeat(60) + "1"),
    ] {
        let source = source.trim_end_matches('+');
        let error = compile(source).distribution(&SLOTS).unwrap_err();
        assert_eq!(error.message, message, "{source}");
    }
    let expr = parse("1 + d6 / 4").unwrap();
    let error = expr.distribution(&|_| None).unwrap_err();
    assert_eq!(error.span, expr.span());
    let found = parse("d6 + x")
        .unwrap()
        .distribution(&|name| (name == "x").then_some(3.0));
    assert_eq!(found.unwrap().min(), 4);
}
