//! Errors of the RON parser in an author's words, at the exact place.

use std::ops::Range;

use ron::error::{Error, Position, SpannedError};

use super::{
    codes,
    diagnostic::Diagnostic,
    source_map::{SourceMap, Span},
    suggest,
};

/// The bytes of `text` that an error is about.
pub(crate) fn range(text: &str, error: &SpannedError) -> Range<usize> {
    let start = offset(text, error.span.start);
    let end = offset(text, error.span.end);
    // The parser reports the last two positions of its cursor. Where it had already read the
    // offending thing, they enclose it; where it expected something else, it stands before it.
    let behind = matches!(
        error.code,
        Error::NoSuchStructField { .. }
            | Error::NoSuchEnumVariant { .. }
            | Error::DuplicateStructField { .. }
            | Error::InvalidValueForType { .. }
            | Error::Message(_)
            | Error::IntegerOutOfBounds
            | Error::ExpectedDifferentStructName { .. }
            | Error::NoSuchExtension(_)
    );
    if behind && start < end && !text[start..end].trim().is_empty() {
        return start..end;
    }
    let end = end + trivia(&text[end..]);
    end..end + token(&text[end..]).len()
}

fn offset(text: &str, position: Position) -> usize {
    let mut line_start = 0;
    for _ in 1..position.line {
        match text[line_start..].find('\n') {
            Some(at) => line_start += at + 1,
            None => return text.len(),
        }
    }
    text[line_start..]
        .char_indices()
        .nth(position.col.saturating_sub(1))
        .map_or(text.len(), |(at, _)| line_start + at)
}

/// Length of the white space and comments that `text` begins with.
pub(crate) fn trivia(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |at| &rest[at..]);
        } else if rest.starts_with("/*") {
            // Comments nest in RON.
            let mut depth = 0usize;
            let mut at = 0;
            let bytes = rest.as_bytes();
            while at < bytes.len() {
                match bytes.get(at..at + 2) {
                    Some(b"/*") => (depth, at) = (depth + 1, at + 2),
                    Some(b"*/") => (depth, at) = (depth - 1, at + 2),
                    _ => at += 1,
                }
                if depth == 0 {
                    break;
                }
            }
            rest = rest.get(at..).unwrap_or("");
        } else {
            return text.len() - rest.len();
        }
    }
}

/// The word, number, string or sign that `text` begins with.
pub(crate) fn token(text: &str) -> &str {
    let Some(first) = text.chars().next() else {
        return "";
    };
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-' | '#');
    let end = if first == '"' {
        let close = text[1..].find(['"', '\n']).map_or(text.len(), |at| at + 2);
        text[..close.min(text.len())].trim_end().len()
    } else if word(first) {
        text.find(|c| !word(c)).unwrap_or(text.len())
    } else {
        first.len_utf8()
    };
    &text[..end]
}

/// The diagnostic for a RON error at `span`.
pub(crate) fn diagnostic(sources: &SourceMap, span: Span, error: &Error) -> Diagnostic {
    let found = sources
        .file(span.file)
        .and_then(|file| file.text.get(span.start as usize..))
        .map_or("", token);
    let (code, message, help) = words(error, found);
    Diagnostic::error(code, message)
        .at(sources, span)
        .with_help(help)
}

fn words(error: &Error, found: &str) -> (&'static str, String, Option<String>) {
    let inside = |outer: &Option<String>| match outer {
        Some(outer) if !outer.is_empty() => format!(" in `{outer}`"),
        _ => String::new(),
    };
    match error {
        Error::NoSuchStructField {
            expected,
            found,
            outer,
        } => (
            codes::UNKNOWN_FIELD,
            format!("unknown field `{found}`{}", inside(outer)),
            suggest::help(found, expected.iter().copied()),
        ),
        Error::NoSuchEnumVariant {
            expected,
            found,
            outer,
        } => (
            codes::UNKNOWN_VARIANT,
            format!("unknown variant `{found}`{}", inside(outer)),
            suggest::help(found, expected.iter().copied()),
        ),
        Error::MissingStructField { field, outer } => (
            codes::MISSING_FIELD,
            format!("missing field `{field}`{}", inside(outer)),
            Some(format!("add `{field}: …`")),
        ),
        Error::DuplicateStructField { field, outer } => (
            codes::DUPLICATE_FIELD,
            format!("field `{field}` is written twice{}", inside(outer)),
            None,
        ),
        Error::InvalidValueForType { expected, found } => (
            codes::WRONG_VALUE,
            format!("expected {expected}, found {found}"),
            None,
        ),
        Error::IntegerOutOfBounds => (
            codes::WRONG_VALUE,
            format!("the number `{found}` is too large or too small here"),
            None,
        ),
        Error::Message(message) => (codes::WRONG_VALUE, message.clone(), None),
        _ => expected(error, found),
    }
}

/// "expected this, found that".
fn expected(error: &Error, found: &str) -> (&'static str, String, Option<String>) {
    let word = found.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let quotes = word.then(|| format!("write it in quotes: `\"{found}\"`"));
    let (code, what, help) = match error {
        Error::ExpectedString => (codes::WRONG_VALUE, "a string", quotes),
        Error::ExpectedBoolean => (codes::WRONG_VALUE, "`true` or `false`", None),
        Error::ExpectedInteger => (codes::WRONG_VALUE, "a whole number", None),
        Error::ExpectedFloat => (codes::WRONG_VALUE, "a number", None),
        Error::ExpectedChar => (codes::WRONG_VALUE, "a character", None),
        Error::ExpectedArray => (codes::WRONG_VALUE, "a list `[…]`", None),
        Error::ExpectedMap => (codes::WRONG_VALUE, "a map `{…}`", None),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            (codes::WRONG_VALUE, "`(`", None)
        }
        Error::ExpectedIdentifier => {
            let bare = found.trim_matches('"');
            let help = (bare != found && !bare.is_empty())
                .then(|| format!("write it without quotes: `{bare}`"));
            (codes::WRONG_VALUE, "a name", help)
        }
        Error::ExpectedComma => (
            codes::SYNTAX,
            "`,`",
            Some("a `,` or a closing bracket is missing before this".to_owned()),
        ),
        Error::ExpectedMapColon => (codes::SYNTAX, "`:`", None),
        Error::ExpectedMapEnd => (codes::SYNTAX, "`}`", None),
        Error::ExpectedArrayEnd => (codes::SYNTAX, "`]`", None),
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => (codes::SYNTAX, "`)`", None),
        Error::ExpectedStringEnd => {
            let message = "this string has no closing `\"`".to_owned();
            return (codes::SYNTAX, message, None);
        }
        Error::TrailingCharacters => {
            let message = format!("`{found}` follows the end of the value");
            return (codes::SYNTAX, message, None);
        }
        Error::Eof => {
            let message = "the file ends too early".to_owned();
            let help = Some("a closing bracket is missing".to_owned());
            return (codes::SYNTAX, message, help);
        }
        other => {
            let text = other.to_string();
            let mut letters = text.chars();
            let message = letters.next().map_or_else(String::new, |first| {
                first.to_lowercase().chain(letters).collect()
            });
            return (codes::SYNTAX, message, None);
        }
    };
    let message = if found.is_empty() {
        format!("expected {what}, found the end of the file")
    } else {
        format!("expected {what}, found `{found}`")
    };
    (code, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skips_white_space_and_nested_comments() {
        for (text, rest) in [
            ("  x", "x"),
            ("// c\n x", "x"),
            ("/* a /* b */ c */ x", "x"),
            ("/* open", ""),
            ("// open", ""),
            ("/", "/"),
        ] {
            assert_eq!(&text[trivia(text)..], rest, "{text}");
        }
    }

    #[test]
    fn tokens() {
        for (text, expected) in [
            ("weight: 3", "weight"),
            ("3.5.2,", "3.5.2"),
            ("\"a b\", 1", "\"a b\""),
            ("\"open\n", "\"open"),
            ("\"", "\""),
            ("(a)", "("),
            ("é!", "é"),
            ("", ""),
        ] {
            assert_eq!(token(text), expected);
        }
    }
}
