//! `add` and `remove`: changes inside a list or a map that was inherited.

use super::{
    body, codes,
    diagnostic::Diagnostic,
    fields::{Field, FieldError, Raw, Value},
    ron_error,
    source_map::SourceMap,
    suggest,
};

/// The parts of a list or a map, whichever the text is.
enum Parts<'a> {
    List(Vec<Raw<'a>>),
    Map(Vec<(Raw<'a>, Raw<'a>)>),
}

/// Appends to an inherited list, or puts into an inherited map.
pub(crate) fn add<'a>(
    sources: &SourceMap,
    fields: &mut Vec<Field<'a>>,
    change: &Field<'a>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(at) = fields.iter().position(|field| field.name == change.name) else {
        // Nothing inherited: the field begins here. If there is no such field at all, the
        // definition says so, with a suggestion.
        fields.push(change.clone());
        return;
    };
    let Some((old, new)) = both(sources, &fields[at], change, found) else {
        return;
    };
    fields[at].value = match (old, new) {
        (Parts::List(mut old), Parts::List(new)) => {
            old.extend(new);
            Value::List(old, change.name_span)
        }
        (Parts::Map(mut old), Parts::Map(new)) => {
            for (key, value) in new {
                match old.iter_mut().find(|(k, _)| same(sources, k, &key)) {
                    Some(entry) => entry.1 = value,
                    None => old.push((key, value)),
                }
            }
            Value::Map(old, change.name_span)
        }
        (Parts::List(_), Parts::Map(_)) => {
            return wrong(sources, change, "a list `[…]`, as the field is one", found);
        }
        (Parts::Map(_), Parts::List(_)) => {
            return wrong(sources, change, "a map `{…}`, as the field is one", found);
        }
    };
}

/// Takes elements out of an inherited list, or keys out of an inherited map.
pub(crate) fn remove<'a>(
    sources: &SourceMap,
    fields: &mut [Field<'a>],
    change: &Field<'a>,
    found: &mut Vec<Diagnostic>,
) {
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let Some(at) = fields.iter().position(|field| field.name == change.name) else {
        let message = format!("no field `{}` is inherited", change.name);
        found.push(
            Diagnostic::error(codes::BAD_CHANGE, message)
                .at(sources, change.name_span)
                .with_help(suggest::help(change.name, names.iter().copied())),
        );
        return;
    };
    let Some((old, gone)) = both(sources, &fields[at], change, found) else {
        return;
    };
    let Parts::List(gone) = gone else {
        return wrong(sources, change, "a list of what to take out", found);
    };
    let mut missing = |item: &Raw<'a>| {
        let message = format!(
            "`{}` is not in the inherited `{}`",
            plain(item),
            change.name
        );
        found.push(Diagnostic::error(codes::BAD_CHANGE, message).at(sources, item.trimmed()));
    };
    fields[at].value = match old {
        Parts::List(mut old) => {
            for item in &gone {
                let before = old.len();
                old.retain(|element| !same(sources, element, item));
                if old.len() == before {
                    missing(item);
                }
            }
            Value::List(old, change.name_span)
        }
        Parts::Map(mut old) => {
            for item in &gone {
                let before = old.len();
                old.retain(|(key, _)| !same(sources, key, item));
                if old.len() == before {
                    missing(item);
                }
            }
            Value::Map(old, change.name_span)
        }
    };
}

/// The parts of what is inherited and of the change.
fn both<'a>(
    sources: &SourceMap,
    old: &Field<'a>,
    change: &Field<'a>,
    found: &mut Vec<Diagnostic>,
) -> Option<(Parts<'a>, Parts<'a>)> {
    let mut report = |error: FieldError| {
        found.push(ron_error::diagnostic(sources, error.span, &error.code));
    };
    match (parts(&old.value), parts(&change.value)) {
        (Some(Ok(old)), Some(Ok(change))) => return Some((old, change)),
        (Some(Err(error)), _) | (_, Some(Err(error))) => report(error),
        (None, _) => {
            let message = format!("`{}` is neither a list `[…]` nor a map `{{…}}`", old.name);
            let help = format!("write the field itself: `{}: …`", old.name);
            found.push(
                Diagnostic::error(codes::BAD_CHANGE, message)
                    .at(sources, change.name_span)
                    .with_help(help),
            );
        }
        (_, None) => wrong(sources, change, "a list `[…]` or a map `{…}`", found),
    }
    None
}

/// `None` if the value is neither a list nor a map.
fn parts<'a>(value: &Value<'a>) -> Option<Result<Parts<'a>, FieldError>> {
    let raw = match value {
        Value::List(items, _) => return Some(Ok(Parts::List(items.clone()))),
        Value::Map(entries, _) => return Some(Ok(Parts::Map(entries.clone()))),
        Value::Raw(raw) => *raw,
    };
    match raw.text[ron_error::trivia(raw.text)..].chars().next() {
        Some('[') => Some(body::elements(raw).map(Parts::List)),
        Some('{') => Some(body::map_entries(raw).map(Parts::Map)),
        _ => None,
    }
}

fn wrong(sources: &SourceMap, change: &Field<'_>, expected: &str, found: &mut Vec<Diagnostic>) {
    let span = match &change.value {
        Value::Raw(raw) => raw.trimmed(),
        Value::List(_, span) | Value::Map(_, span) => *span,
    };
    let message = format!("expected {expected}");
    found.push(Diagnostic::error(codes::BAD_CHANGE, message).at(sources, span));
}

/// The element as text, for messages.
fn plain(raw: &Raw<'_>) -> String {
    canonical(raw.text).trim_matches('"').to_owned()
}

/// Whether two texts say the same: white space and comments do not count, nor does the pack in
/// front of a name of that pack.
fn same(sources: &SourceMap, a: &Raw<'_>, b: &Raw<'_>) -> bool {
    let (x, y) = (canonical(a.text), canonical(b.text));
    let qualified = |raw: &Raw<'_>, text: &str| {
        let name = text.strip_prefix('"')?.strip_suffix('"')?;
        (!name.contains(':')).then(|| format!("\"{}:{name}\"", sources.pack(raw.span)))
    };
    x == y || qualified(a, &x).is_some_and(|x| x == y) || qualified(b, &y).is_some_and(|y| x == y)
}

/// The text without white space and comments outside strings.
fn canonical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        rest = &rest[ron_error::trivia(rest)..];
        let Some(first) = rest.chars().next() else {
            return out;
        };
        let len = match first {
            '"' => string_len(rest),
            // A word is copied whole, so that the spaces between two words still part them.
            c if c.is_alphanumeric() || c == '_' => {
                if out.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    out.push(' ');
                }
                let end = |c: char| !(c.is_alphanumeric() || c == '_');
                rest.find(end).unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        out.push_str(&rest[..len]);
        rest = &rest[len..];
    }
}

fn string_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn only_what_matters_is_compared() {
        for (text, expected) in [
            (" ( a : 1 , /* x */ b:\"c  d\" ) // e", "(a:1,b:\"c  d\")"),
            ("Some Word", "Some Word"),
            (r#""quo\" te" , 2"#, r#""quo\" te",2"#),
            ("\"open", "\"open"),
        ] {
            assert_eq!(canonical(text), expected);
        }
    }
}
