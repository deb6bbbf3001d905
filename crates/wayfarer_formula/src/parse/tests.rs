#![allow(clippy::unwrap_used, reason = "tests")]

use super::parse;
use crate::limits::{MAX_NESTING, MAX_SOURCE_BYTES};

/// (source, the text under the span, message, help)
const ERRORS: &[(&str, &str, &str, &str)] = &[
    ("", "", "expected a value, found the end of the formula", ""),
    (
        "1 +",
        "",
        "expected a value, found the end of the formula",
        "",
    ),
    (
        "(1",
        "",
        "expected `)`, found the end of the formula",
        "it closes the `(` in column 1",
    ),
    (
        "min(1, (2)",
        "",
        "expected `)`, found the end of the formula",
        "it closes the `(` in column 4",
    ),
    ("1)", ")", "unmatched `)`", ""),
    ("1, 2", ",", "expected an operator, found `,`", ""),
    (
        "2 x",
        "x",
        "expected an operator, found `x`",
        "to multiply, write `*`",
    ),
    (
        "1e3",
        "e3",
        "expected an operator, found `e3`",
        "to multiply, write `*`",
    ),
    ("1 * / 2", "/", "expected a value, found `/`", ""),
    (
        "1 < x < 3",
        "<",
        "comparisons do not chain",
        "write `a < x and x < b`",
    ),
    (
        "1 + not x",
        "not",
        "`not` needs parentheses here",
        "write `(not ...)`",
    ),
    ("a && b", "&&", "unexpected `&&`", "write `and`"),
    ("a || b", "||", "unexpected `||`", "write `or`"),
    ("a = b", "=", "unexpected `=`", "to compare, write `==`"),
    (
        "!a",
        "!",
        "unexpected `!`",
        "write `not`, or `!=` to compare",
    ),
    (
        "a ^ 2",
        "^",
        "unexpected `^`",
        "write `pow(base, exponent)`",
    ),
    (
        "stärke",
        "ä",
        "unexpected `ä`",
        "names are ASCII letters, digits and `_`, joined by `:` or `.`",
    ),
    (
        "a.",
        ".",
        "unexpected `.`",
        "names are ASCII letters, digits and `_`, joined by `:` or `.`",
    ),
    ("[1]", "[", "unexpected `[`", "write `(`"),
    (
        "flor(1)",
        "flor",
        "unknown function `flor`",
        "did you mean `floor(x)`?",
    ),
    (
        "tabel(1)",
        "tabel",
        "unknown function `tabel`",
        "did you mean `table(x, key: value, ...)`?",
    ),
    ("zzz(1)", "zzz", "unknown function `zzz`", ""),
    (
        "clamp(1, 2)",
        "clamp(1, 2)",
        "`clamp` takes 3 arguments, found 2",
        "write `clamp(x, low, high)`",
    ),
    (
        "abs()",
        "abs()",
        "`abs` takes 1 argument, found 0",
        "write `abs(x)`",
    ),
    (
        "min(1)",
        "min(1)",
        "`min` takes at least 2 arguments, found 1",
        "write `min(a, b, ...)`",
    ),
    (
        "if(1, 2, 3, 4)",
        "if(1, 2, 3, 4)",
        "`if` takes 3 arguments, found 4",
        "write `if(condition, then, else)`",
    ),
    (
        "table(x)",
        "table",
        "`table` needs at least one entry",
        "write `table(x, key: value, ...)`",
    ),
    (
        "table(x, y: 1)",
        "y",
        "expected a number as key, found `y`",
        "",
    ),
    ("table(x, 1 2)", "2", "expected `:`, found `2`", ""),
    (
        "table(x, 5: 1, 5: 2)",
        "5",
        "keys must ascend, 5 follows 5",
        "",
    ),
    (
        "curve(x)",
        "curve",
        "`curve` needs at least one entry",
        "write `curve(x, (key, value), ...)`",
    ),
    ("curve(x, 1: 2)", "1", "expected `(`, found `1`", ""),
    (
        "curve(x, (1, y))",
        "y",
        "expected a number as value, found `y`",
        "",
    ),
    (
        "curve(x, (3, 1), (-2, 1))",
        "-2",
        "keys must ascend, -2 follows 3",
        "",
    ),
    (
        "adv(1d20 + 5)",
        "1d20 + 5",
        "`adv` takes a single die",
        "write `adv(1d20) + bonus`",
    ),
    (
        "dis(2d20)",
        "2d20",
        "`dis` takes a single die",
        "write `dis(1d20) + bonus`",
    ),
    ("1 + 101d6", "101d6", "101 dice are too many", "at most 100"),
    (
        "d1001",
        "d1001",
        "a die cannot have 1001 sides",
        "1 to 1000",
    ),
    ("d0", "d0", "a die cannot have 0 sides", "1 to 1000"),
    ("0d6", "0d6", "there must be at least one die", ""),
    (
        "99999999999d6",
        "99999999999d6",
        "4294967295 dice are too many",
        "at most 100",
    ),
    ("4d6kh5", "4d6kh5", "cannot keep 5 of 4 dice", ""),
    ("4d6kh0", "4d6kh0", "cannot keep 0 of 4 dice", ""),
    ("4d6dl4", "4d6dl4", "cannot keep 0 of 4 dice", ""),
    (
        "2d6r6",
        "2d6r6",
        "no face of a d6 is left when 6 and less are thrown again",
        "",
    ),
    (
        "2d6!1",
        "2d6!1",
        "a d6 that explodes from 1 always explodes",
        "",
    ),
    ("2d6!7", "2d6!7", "a d6 never explodes from 7", ""),
    ("2d6kh1kl1", "kl1", "the dice kept are given twice", ""),
    ("2d6r1rr1", "rr1", "the reroll is given twice", ""),
    ("2d6!!", "!", "the explosion is given twice", ""),
    (
        "2d6x2",
        "x2",
        "`x2` is not a dice suffix",
        "use kh, kl, dh, dl, r, rr or !",
    ),
    (
        "d4_bonus",
        "_bonus",
        "`_bonus` is not a dice suffix",
        "use kh, kl, dh, dl, r, rr or !",
    ),
    (
        "50d1000kh25",
        "50d1000kh25",
        "50d1000kh25 has too many outcomes",
        "use fewer dice, fewer sides or keep fewer",
    ),
];

#[test]
fn errors_are_precise() {
    for &(source, at, message, help) in ERRORS {
        let error = parse(source).unwrap_err();
        assert_eq!(error.message, message, "{source}");
        assert_eq!(error.span.text(source), at, "{source}");
        assert_eq!(error.help.clone().unwrap_or_default(), help, "{source}");
    }
}

#[test]
fn a_long_formula_is_refused() {
    let fits = "1".repeat(20) + &" ".repeat(MAX_SOURCE_BYTES - 20);
    assert!(parse(&fits).is_ok());
    let error = parse(&(fits + "ä")).unwrap_err();
    assert_eq!(
        error.message,
        "formula is 1026 bytes long, at most 1024 are allowed"
    );
}

#[test]
fn deep_nesting_is_refused() {
    let nest = |open: &str, close: &str, depth: usize| {
        parse(&(open.repeat(depth) + "1" + &close.repeat(depth)))
    };
    for (open, close) in [
        ("(", ")"),
        ("-", ""),
        ("not ", ""),
        ("abs(", ")"),
        ("curve(", ",(1,1))"),
    ] {
        assert!(nest(open, close, MAX_NESTING).is_ok(), "{open}");
        let error = nest(open, close, MAX_NESTING + 1).unwrap_err();
        assert_eq!(error.message, "formula is nested more than 64 levels deep");
    }
    assert!(parse(&("(".repeat(1000))).is_err());
}

#[test]
fn a_huge_number_is_refused() {
    let error = parse(&"9".repeat(60)).unwrap_err();
    assert_eq!(error.message, "number is too large");
}

#[test]
fn names_come_in_order_of_first_use_with_their_spans() {
    let source = "b + a * b + table(c:d, 1: e.f, 2: a)";
    let expr = parse(source).unwrap();
    let names: Vec<_> = expr.names().collect();
    for (name, span) in &names {
        assert_eq!(span.text(source), *name);
        assert_eq!(source.find(name), Some(span.start as usize), "{name}");
    }
    let names: Vec<_> = names.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["b", "a", "c:d", "e.f"]);
    assert!(!expr.has_dice());
    assert!(parse("1 + min(2, d6)").unwrap().has_dice());
}

#[test]
fn layout_does_not_matter_for_equality() {
    assert_eq!(parse("a+b*2").unwrap(), parse(" a + ( b*2 )\n").unwrap());
    assert_ne!(parse("a+b*2").unwrap(), parse("(a+b)*2").unwrap());
}
