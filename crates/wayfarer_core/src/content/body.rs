//! A definition file as entries, and an entry as fields, before anyone knows their types.

use std::{fmt, marker::PhantomData};

use ron::value::RawValue;
use serde::{
    Deserialize,
    de::{self, Deserializer, MapAccess, Visitor},
};

use super::{
    codes,
    diagnostic::Diagnostic,
    fields::{Field, FieldError, Raw, Value},
    options, ron_error,
    source_map::{SourceMap, Span},
    text::Text,
};

/// One entry of a file.
pub(crate) struct Entry<'a> {
    /// As written, with or without a pack.
    pub(crate) key: &'a str,
    pub(crate) key_span: Span,
    /// `None` if the body is not well formed, which has been reported.
    pub(crate) body: Option<Body<'a>>,
}

/// The fields of an entry, the system's own apart.
#[derive(Default)]
pub(crate) struct Body<'a> {
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) extends: Option<Text>,
    pub(crate) replace: Option<Span>,
    pub(crate) is_abstract: bool,
    pub(crate) add: Vec<Field<'a>>,
    pub(crate) remove: Vec<Field<'a>>,
}

/// The entries of a file; `None` if it is not RON.
pub(crate) fn parse<'a>(
    sources: &'a SourceMap,
    file: u32,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Entry<'a>>> {
    let text = sources.file(file)?.text.as_str();
    let whole = Raw::new(text, Span::new(file, 0..text.len()));
    if ron_error::trivia(text) == text.len() {
        return Some(Vec::new());
    }
    // Mostly all is well, and one pass for file and entries is enough. Otherwise each entry is read
    // by itself, so that one that is not well formed does not hide the others.
    if let Ok(pairs) = read_file::<Fields<'a>>(&whole) {
        let entries = pairs.into_iter().map(|(Key(key), Fields(fields))| {
            let fields = Ok(located(&whole, fields));
            entry(sources, &whole, key, &whole, fields, found)
        });
        return Some(entries.collect());
    }
    let pairs = match read_file::<Unread<'a>>(&whole) {
        Ok(pairs) => pairs,
        Err(error) => {
            found.push(ron_error::diagnostic(sources, error.span, &error.code));
            return None;
        }
    };
    let entries = pairs.into_iter().map(|(Key(key), Unread(body))| {
        let body = whole.part(body);
        entry(sources, &whole, key, &body, fields(body), found)
    });
    Some(entries.collect())
}

fn read_file<'a, V: Deserialize<'a>>(whole: &Raw<'a>) -> Result<Vec<(Key<'a>, V)>, FieldError> {
    whole.with_ron(|ron| {
        if options().default_extensions.contains(ron.extensions()) {
            ron.deserialize_map(Pairs(PhantomData))
        } else {
            // Values are parsed apart from their file and would not know.
            let message = "content files cannot switch on extensions with `#![enable(…)]`";
            Err(ron::Error::Message(message.to_owned()))
        }
    })
}

fn entry<'a>(
    sources: &SourceMap,
    whole: &Raw<'a>,
    key: &'a str,
    raw: &Raw<'a>,
    fields: Result<Vec<Field<'a>>, FieldError>,
    found: &mut Vec<Diagnostic>,
) -> Entry<'a> {
    Entry {
        key,
        key_span: whole.part(key).span,
        body: body(sources, raw, fields, found),
    }
}

/// Sorts out the system's own fields. `raw` is the body, for pointing at it.
fn body<'a>(
    sources: &SourceMap,
    raw: &Raw<'a>,
    own: Result<Vec<Field<'a>>, FieldError>,
    found: &mut Vec<Diagnostic>,
) -> Option<Body<'a>> {
    let read = || -> Result<Body<'a>, FieldError> {
        let mut body = Body::default();
        for field in own? {
            let Value::Raw(value) = &field.value else {
                continue;
            };
            match field.name {
                "extends" => body.extends = Some(value.read()?),
                "replace" => body.replace = value.read::<bool>()?.then(|| value.trimmed()),
                "abstract" => body.is_abstract = value.read()?,
                "add" => body.add = fields(*value)?,
                "remove" => body.remove = fields(*value)?,
                _ => body.fields.push(field),
            }
        }
        for list in [&body.fields, &body.add, &body.remove] {
            duplicates(sources, list, found);
        }
        Ok(body)
    };
    match read() {
        Ok(body) => Some(body),
        Err(error) => {
            let mut report = ron_error::diagnostic(sources, error.span, &error.code);
            if let ron::Error::ExpectedNamedStructLike(_) = error.code {
                // The parser stands behind the name that it did not want.
                let start = raw.trimmed();
                report = ron_error::diagnostic(sources, start.inside(0..1), &error.code);
                report.help = Some("an entry is `(field: value, …)`, without a name".to_owned());
            }
            found.push(report);
            None
        }
    }
}

fn duplicates(sources: &SourceMap, fields: &[Field<'_>], found: &mut Vec<Diagnostic>) {
    for (index, field) in fields.iter().enumerate() {
        if let Some(first) = fields[..index]
            .iter()
            .find(|first| first.name == field.name)
        {
            let message = format!("field `{}` is written twice", field.name);
            let mut report =
                Diagnostic::error(codes::DUPLICATE_FIELD, message).at(sources, field.name_span);
            if let Some(place) = sources.place(first.name_span) {
                report = report.with_note(format!("first written at {place}"));
            }
            found.push(report);
        }
    }
}

/// The fields of `( a: 1, b: 2 )`.
fn fields<'a>(raw: Raw<'a>) -> Result<Vec<Field<'a>>, FieldError> {
    let Fields(fields) = raw.with_ron(|ron| Fields::deserialize(ron))?;
    Ok(located(&raw, fields))
}

fn located<'a>(raw: &Raw<'a>, fields: Vec<(Key<'a>, Unread<'a>)>) -> Vec<Field<'a>> {
    let field = |(Key(name), Unread(value))| Field {
        name,
        name_span: raw.part(name).span,
        value: Value::Raw(raw.part(value)),
    };
    fields.into_iter().map(field).collect()
}

/// The elements of `[ .. ]`.
pub(crate) fn elements<'a>(raw: Raw<'a>) -> Result<Vec<Raw<'a>>, FieldError> {
    let list = raw.with_ron(|ron| Vec::<&'a RawValue>::deserialize(ron))?;
    let element = |item: &'a RawValue| raw.part(item.get_ron());
    Ok(list.into_iter().map(element).collect())
}

/// The entries of `{ .. }`.
pub(crate) fn map_entries<'a>(raw: Raw<'a>) -> Result<Vec<(Raw<'a>, Raw<'a>)>, FieldError> {
    let pairs =
        raw.with_ron(|ron| ron.deserialize_map(Pairs::<Unread<'a>, Unread<'a>>(PhantomData)))?;
    let entry = |(Unread(key), Unread(value))| (raw.part(key), raw.part(value));
    Ok(pairs.into_iter().map(entry).collect())
}

/// A value that is not looked into.
struct Unread<'a>(&'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Unread<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(<&'de RawValue>::deserialize(deserializer)?.get_ron()))
    }
}

/// The fields of a structure whose type is not known.
struct Fields<'a>(Vec<(Key<'a>, Unread<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Pairs::<Key<'a>, Unread<'a>>(PhantomData);
        Ok(Self(deserializer.deserialize_struct("", &[], fields)?))
    }
}

/// A key that borrows from the source, so that its place is known.
struct Key<'a>(&'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name without escapes")
            }

            fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(name))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}

/// Keys and values, in order, repetitions included.
struct Pairs<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Pairs<K, V> {
    type Value = Vec<(K, V)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}
