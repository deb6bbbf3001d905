//! From text to tokens.

use super::number;
use crate::ast::Operator;
use crate::dice::{self, Dice};
use crate::error::{FormulaError, Span};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind {
    Number(f32),
    Dice(Dice),
    /// A name or a function; the text is under the span.
    Word,
    Operator(Operator),
    Not,
    Open,
    Close,
    Comma,
    Colon,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// The tokens of `source`; the last is [`TokenKind::End`].
pub(super) fn lex(source: &str) -> Result<Vec<Token>, FormulaError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = source.as_bytes().get(at) {
        if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let (kind, end) = token(source, at, byte)?;
        tokens.push(Token {
            kind,
            span: Span::new(at, end),
        });
        at = end;
    }
    tokens.push(Token {
        kind: TokenKind::End,
        span: Span::new(at, at),
    });
    Ok(tokens)
}

fn token(source: &str, at: usize, byte: u8) -> Result<(TokenKind, usize), FormulaError> {
    let bytes = source.as_bytes();
    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
    if byte.is_ascii_digit() || byte.eq_ignore_ascii_case(&b'd') {
        let count_end = number::digits(bytes, at);
        if dice::notation::starts(bytes, count_end) {
            let (dice, end) = dice::notation::scan(source, at, count_end)?;
            return Ok((TokenKind::Dice(dice), end));
        }
    }
    if byte.is_ascii_digit() || (byte == b'.' && next.is_ascii_digit()) {
        let (value, end) = number::scan(source, at)?;
        return Ok((TokenKind::Number(value), end));
    }
    if byte.is_ascii_alphabetic() || byte == b'_' {
        let end = word(bytes, at);
        let kind = match Span::new(at, end).text(source) {
            "and" => TokenKind::Operator(Operator::And),
            "or" => TokenKind::Operator(Operator::Or),
            "not" => TokenKind::Not,
            _ => TokenKind::Word,
        };
        return Ok((kind, end));
    }
    let two = match (byte, next) {
        (b'<', b'=') => Some(Operator::LessEqual),
        (b'>', b'=') => Some(Operator::GreaterEqual),
        (b'=', b'=') => Some(Operator::Equal),
        (b'!', b'=') => Some(Operator::NotEqual),
        _ => None,
    };
    if let Some(operator) = two {
        return Ok((TokenKind::Operator(operator), at + 2));
    }
    let one = match byte {
        b'(' => TokenKind::Open,
        b')' => TokenKind::Close,
        b',' => TokenKind::Comma,
        b':' => TokenKind::Colon,
        b'+' => TokenKind::Operator(Operator::Add),
        b'-' => TokenKind::Operator(Operator::Subtract),
        b'*' => TokenKind::Operator(Operator::Multiply),
        b'/' => TokenKind::Operator(Operator::Divide),
        b'%' => TokenKind::Operator(Operator::Remainder),
        b'<' => TokenKind::Operator(Operator::Less),
        b'>' => TokenKind::Operator(Operator::Greater),
        _ => return Err(unexpected(source, at)),
    };
    Ok((one, at + 1))
}

/// End of the name at `at`: words of letters, digits and `_`, joined by `:` or `.` without spaces.
fn word(bytes: &[u8], mut at: usize) -> usize {
    let starts = |index: usize| {
        bytes
            .get(index)
            .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_')
    };
    let continues =
        |index: usize| starts(index) || bytes.get(index).is_some_and(u8::is_ascii_digit);
    while continues(at) || (matches!(bytes.get(at), Some(b':' | b'.')) && starts(at + 1)) {
        at += 1;
    }
    at
}

fn unexpected(source: &str, at: usize) -> FormulaError {
    let rest = source.get(at..).unwrap_or_default();
    let (text, help) = match rest.chars().next().unwrap_or_default() {
        '&' if rest.starts_with("&&") => ("&&".to_owned(), "write `and`"),
        '|' if rest.starts_with("||") => ("||".to_owned(), "write `or`"),
        '=' => ("=".to_owned(), "to compare, write `==`"),
        '!' => ("!".to_owned(), "write `not`, or `!=` to compare"),
        '^' => ("^".to_owned(), "write `pow(base, exponent)`"),
        '[' | '{' => (rest.chars().take(1).collect(), "write `(`"),
        ']' | '}' => (rest.chars().take(1).collect(), "write `)`"),
        other => (
            other.escape_debug().collect(),
            "names are ASCII letters, digits and `_`, joined by `:` or `.`",
        ),
    };
    let width = match text.as_str() {
        "&&" | "||" => 2,
        _ => rest.chars().next().map_or(0, char::len_utf8),
    };
    let message = format!("unexpected `{text}`");
    FormulaError::new(Span::new(at, at + width), message).help(help)
}
