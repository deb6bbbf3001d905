//! Number literals: `1`, `.5`, `1_000`, `25%`.

use crate::error::{FormulaError, Span};

/// End of a run of digits from `at`, with single underscores between them allowed.
pub(super) fn digits(bytes: &[u8], mut at: usize) -> usize {
    let is_digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    while is_digit(at)
        || (at > 0 && is_digit(at - 1) && bytes.get(at) == Some(&b'_') && is_digit(at + 1))
    {
        at += 1;
    }
    at
}

/// Reads the number that starts at `start`; returns its value and its end.
pub(super) fn scan(source: &str, start: usize) -> Result<(f32, usize), FormulaError> {
    let bytes = source.as_bytes();
    let mut end = digits(bytes, start);
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = digits(bytes, end + 1);
    }
    let text = Span::new(start, end).text(source).replace('_', "");
    let value: f32 = text.parse().unwrap_or(f32::INFINITY);
    if !value.is_finite() {
        let span = Span::new(start, end);
        return Err(FormulaError::new(span, "number is too large")
            .help(format!("the largest is about {:e}", f32::MAX)));
    }
    // `25%` is a percentage, `10%x` and `10 % x` are remainders: a sign that touches a number and
    // is not followed by an operand belongs to the number.
    let after = bytes.get(end + 1).copied().unwrap_or(b' ');
    let operand = after.is_ascii_alphanumeric() || matches!(after, b'_' | b'(' | b'.');
    if bytes.get(end) == Some(&b'%') && !operand {
        return Ok((value / 100.0, end + 1));
    }
    Ok((value, end))
}
