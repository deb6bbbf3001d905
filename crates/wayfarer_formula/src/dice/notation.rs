//! Dice as text: `4d6kh3`, `d%`, `2d6r1`, `3d6!5`.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use super::{Dice, DiceError, Keep, Reroll};
use crate::ast::Kind;
use crate::error::{FormulaError, Span};
use crate::parse;

/// Whether dice go on at `at`, after the count: a `d` with sides.
pub(crate) fn starts(bytes: &[u8], at: usize) -> bool {
    let sides = bytes.get(at + 1);
    matches!(bytes.get(at), Some(b'd' | b'D'))
        && sides.is_some_and(|b| b.is_ascii_digit() || *b == b'%')
}

/// Reads dice from `start`, with the `d` at `count_end`; returns them and their end.
pub(crate) fn scan(
    source: &str,
    start: usize,
    count_end: usize,
) -> Result<(Dice, usize), FormulaError> {
    let mut cursor = Cursor {
        bytes: source.as_bytes(),
        at: start,
    };
    let count = cursor.number().unwrap_or(1);
    cursor.at = count_end + 1;
    let sides = if cursor.take(b"%") {
        Some(100)
    } else {
        cursor.number()
    };
    let refuse = |end: usize, error: DiceError| {
        let refused = FormulaError::new(Span::new(start, end), error.to_string());
        match error.help() {
            Some(help) => refused.help(help),
            None => refused,
        }
    };
    let mut dice =
        Dice::new(count, sides.unwrap_or(0)).map_err(|error| refuse(cursor.at, error))?;
    let (mut reroll, mut explode, mut keep) = (None, None, None);
    loop {
        let from = cursor.at;
        let twice = if let Some(found) = cursor.keep(count) {
            keep.replace(found).map(|_| "the dice kept are")
        } else if let Some(found) = cursor.reroll() {
            reroll.replace(found).map(|_| "the reroll is")
        } else if let Some(found) = cursor.explode(dice.sides) {
            explode.replace(found).map(|_| "the explosion is")
        } else {
            break;
        };
        if let Some(what) = twice {
            let span = Span::new(from, cursor.at);
            return Err(FormulaError::new(span, format!("{what} given twice")));
        }
    }
    let end = cursor.at;
    let rest = cursor.word();
    if rest > end {
        let span = Span::new(end, rest);
        let message = format!("`{}` is not a dice suffix", span.text(source));
        return Err(FormulaError::new(span, message).help("use kh, kl, dh, dl, r, rr or !"));
    }
    // What is kept comes first: it can only lower the number of outcomes.
    if let Some(keep) = keep {
        dice = dice.with_keep(keep).map_err(|e| refuse(end, e))?;
    }
    if let Some(reroll) = reroll {
        dice = dice.with_reroll(reroll).map_err(|e| refuse(end, e))?;
    }
    if let Some(from) = explode {
        dice = dice.with_explode(from).map_err(|e| refuse(end, e))?;
    }
    Ok((dice, end))
}

struct Cursor<'s> {
    bytes: &'s [u8],
    at: usize,
}

impl Cursor<'_> {
    fn take(&mut self, text: &[u8]) -> bool {
        let end = self.at + text.len();
        let found = self
            .bytes
            .get(self.at..end)
            .is_some_and(|here| here.eq_ignore_ascii_case(text));
        if found {
            self.at = end;
        }
        found
    }

    /// Digits, with `_` between them; what does not fit becomes the greatest number.
    fn number(&mut self) -> Option<u32> {
        let start = self.at;
        let mut value = 0_u32;
        while let Some(&byte) = self.bytes.get(self.at) {
            let next = self.bytes.get(self.at + 1);
            match byte {
                b'0'..=b'9' => {
                    let digit = u32::from(byte - b'0');
                    value = value.saturating_mul(10).saturating_add(digit);
                }
                b'_' if self.at > start && next.is_some_and(u8::is_ascii_digit) => {}
                _ => break,
            }
            self.at += 1;
        }
        (self.at > start).then_some(value)
    }

    fn keep(&mut self, count: u32) -> Option<Keep> {
        let keep = |kept: fn(u32) -> Keep, number: u32| Some(kept(number));
        let drop = |kept: fn(u32) -> Keep, number: u32| Some(kept(count.saturating_sub(number)));
        if self.take(b"kh") {
            keep(Keep::Highest, self.number().unwrap_or(1))
        } else if self.take(b"kl") {
            keep(Keep::Lowest, self.number().unwrap_or(1))
        } else if self.take(b"dl") {
            drop(Keep::Highest, self.number().unwrap_or(1))
        } else if self.take(b"dh") {
            drop(Keep::Lowest, self.number().unwrap_or(1))
        } else {
            None
        }
    }

    fn reroll(&mut self) -> Option<Reroll> {
        let repeatedly = self.take(b"rr");
        if !repeatedly && !self.take(b"r") {
            return None;
        }
        Some(Reroll {
            at_most: self.number().unwrap_or(1),
            once: !repeatedly,
        })
    }

    fn explode(&mut self, sides: u32) -> Option<u32> {
        // `3d6!=4` compares; `3d6!==4` explodes and then compares.
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.starts_with(b"!=") && !rest.starts_with(b"!==") {
            return None;
        }
        self.take(b"!").then(|| self.number().unwrap_or(sides))
    }

    /// Where the letters, digits and `_` from here end.
    fn word(&self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let inside = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        self.at + rest.iter().take_while(inside).count()
    }
}

impl Display for Dice {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}d{}", self.count, self.sides)?;
        if let Some(Reroll { at_most, once }) = self.reroll {
            write!(f, "{}{at_most}", if once { "r" } else { "rr" })?;
        }
        match self.explode {
            Some(from) if from == self.sides => f.write_str("!")?,
            Some(from) => write!(f, "!{from}")?,
            None => {}
        }
        match self.keep {
            Some(Keep::Highest(n)) => write!(f, "kh{n}"),
            Some(Keep::Lowest(n)) => write!(f, "kl{n}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Dice {
    type Err = FormulaError;

    /// Reads dice and nothing else, as [`parse()`](crate::parse()) does; `adv(1d20)` is allowed.
    fn from_str(source: &str) -> Result<Self, FormulaError> {
        let expr = parse(source)?;
        match expr.kind {
            Kind::Dice(dice) => Ok(dice),
            _ => Err(FormulaError::new(expr.span, "expected dice only").help("such as `2d6kh1`")),
        }
    }
}
