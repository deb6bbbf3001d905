//! Wayfarer's expression and dice language: parse, compile, evaluate, distribution.
//!
//! Content packs say what a game's numbers are in short formulas: `floor((strength - 10) / 2)`,
//! `10 + dex_mod + if(level >= 5, 1, 0)`, `2d6kh1 + 3`. This crate turns such text into programs
//! that run in nanoseconds, without allocating and with the same result on every machine. It knows
//! nothing of stats or games: names are whatever a [`Scope`] says they are, and values are `f32`.
//!
//! # Quick start
//!
//! ```
//! use wayfarer_formula::parse;
//!
//! // Text to tree; the names in it tell what the formula depends on.
//! let formula = parse("10 + dex_mod + if(level >= 5, 1, 0)")?;
//! assert!(formula.names().map(|(name, _)| name).eq(["dex_mod", "level"]));
//!
//! // Tree to program: names become indices into a slice of values.
//! let program = formula.compile(&["level", "strength", "dex_mod"])?;
//! assert_eq!(program.dependencies(), [0, 2]);
//! assert_eq!(program.eval(&[5.0, 18.0, 3.0]), 14.0);
//!
//! // Dice: thrown, or taken as their mean, or all outcomes with their chances.
//! let damage = parse("2d6kh1 + bonus")?.compile(&["bonus"])?;
//! let mut always_four = |_sides: u32| 4;
//! assert_eq!(damage.eval_with(&[3.0], &mut always_four), 7.0);
//! assert!((damage.eval(&[3.0]) - 7.472).abs() < 1e-3);
//! assert!((damage.distribution(&[3.0])?.at_least(9) - 11.0 / 36.0).abs() < 1e-12);
//! # Ok::<(), wayfarer_formula::FormulaError>(())
//! ```
//!
//! What is wrong with a formula is shown at the place where it is wrong:
//!
//! ```
//! # use wayfarer_formula::parse;
//! let source = "10 + clamp(level, 1)";
//! let error = parse(source).unwrap_err();
//! assert_eq!(error.render(source), "\
//! error: `clamp` takes 3 arguments, found 2
//!   |
//! 1 | 10 + clamp(level, 1)
//!   |      ^^^^^^^^^^^^^^^
//!   = help: write `clamp(x, low, high)`
//! ");
//! ```
//!
//! # The language
//!
//! Operators, from loosest to tightest; each row associates to the left:
//!
//! | Operator | Meaning |
//! |---|---|
//! | `a or b` | 1 if either is not 0, else 0; `b` is evaluated only if needed |
//! | `a and b` | 1 if neither is 0, else 0; `b` is evaluated only if needed |
//! | `not a` | 1 if `a` is 0, else 0 |
//! | `<` `<=` `>` `>=` `==` `!=` | 1 if so, else 0; comparisons do not chain |
//! | `+` `-` | sum, difference |
//! | `*` `/` `%` | product, quotient, remainder (never negative: `-1 % 4` is 3) |
//! | `-a` | negation |
//!
//! Values:
//!
//! | Value | Meaning |
//! |---|---|
//! | `1` `.5` `1_000` | a number |
//! | `25%` | 0.25. A `%` that touches a number and is not followed by an operand is a percent sign; `10 % x` and `10%x` are remainders |
//! | `strength` `stats:strength` `target.armour_class` | a name: ASCII words, joined by `:` or `.`; not `and`, `or`, `not`, nor `d` with a digit (`d20` is a die) |
//! | `2d6` `d20` `d%` | dice; the count is 1 if left out, `d%` is `d100` |
//! | `(a)` | grouping |
//!
//! Functions:
//!
//! | Function | Meaning |
//! |---|---|
//! | `min(a, b, ...)` `max(a, b, ...)` | lowest, highest |
//! | `clamp(x, low, high)` | `x`, but at least `low` and at most `high` (`high` wins if they cross) |
//! | `floor(x)` `ceil(x)` `round(x)` | whole numbers: down, up, nearest (halves away from zero) |
//! | `abs(x)` `sign(x)` | magnitude; -1, 0 or 1 |
//! | `sqrt(x)` `pow(base, exponent)` | computed in software, as hardware and libraries differ |
//! | `if(condition, then, else)` | `then` unless `condition` is 0; the other is not evaluated |
//! | `step(edge, x)` | 1 if `x >= edge`, else 0 |
//! | `table(level, 1: 2, 5: 3, 9: 1d6)` | the value with the last key not above `level`; below all keys, the first. Keys are numbers and ascend; values are any formulas |
//! | `curve(x, (0, 0), (10, 5), (20, 6))` | straight lines between points, level outside; numbers only |
//! | `adv(1d20)` `dis(1d20)` | one die thrown twice, the higher or lower counts: `2d20kh1`, `2d20kl1` |
//!
//! Dice suffixes, each at most once, in any order:
//!
//! | Suffix | Meaning |
//! |---|---|
//! | `kh3` `kl1` | only the three highest, the lowest counts |
//! | `dh1` `dl1` | all but the highest, the lowest count |
//! | `r2` | a die that shows 2 or less is thrown again once |
//! | `rr2` | … until it shows more |
//! | `!` `!5` | a die that shows its highest face (5 or more) is thrown once more and added, up to [`MAX_EXPLOSIONS`](limits::MAX_EXPLOSIONS) times |
//!
//! Rerolls come first, then explosions, then what is kept. A count in the suffixes of `k`, `d` and
//! `r` that is left out is 1.
//!
//! # Promises
//!
//! - **Total.** Every program yields a finite number for any slots. Where arithmetic has none, it is
//!   0, and [`Program::eval_checked`] says why: see [`Program`].
//! - **Exact.** Bit for bit the same on every machine: IEEE `f32` arithmetic in the order written,
//!   nothing from the C library.
//! - **Bounded.** Whatever the text, reading, compiling, running and analysing it stay cheap:
//!   [`limits`] are checked, each with an error.
//! - **Lazy.** Branches that are not taken throw no dice.

mod ast;
mod build;
mod dice;
mod distribution;
mod error;
mod function;
pub mod limits;
mod parse;
mod print;
mod program;
mod scope;
mod suggest;

#[cfg(test)]
mod properties;

pub use ast::Expr;
pub use dice::{Dice, DiceError, Die, Keep, Reroll, Roller, Throw};
pub use distribution::{Distribution, TooManyOutcomes};
pub use error::{FormulaError, Span};
pub use parse::parse;
pub use program::{EvalError, Program};
pub use scope::Scope;
