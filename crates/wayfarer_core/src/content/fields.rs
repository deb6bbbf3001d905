//! The fields of one entry, which may come from several files, as a deserialiser.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize,
    de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{options, ron_error, scope, source_map::Span, strict::Strict};

/// A value as it stands in a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raw<'a> {
    pub(crate) text: &'a str,
    pub(crate) span: Span,
}

impl<'a> Raw<'a> {
    pub(crate) fn new(text: &'a str, span: Span) -> Self {
        Self { text, span }
    }

    /// A part of this value, which must borrow from it.
    pub(crate) fn part(&self, text: &'a str) -> Self {
        let start = text
            .as_ptr()
            .addr()
            .saturating_sub(self.text.as_ptr().addr());
        Self {
            text,
            span: self.span.inside(start..start + text.len()),
        }
    }

    /// Without white space and comments before it, for pointing at it.
    pub(crate) fn trimmed(&self) -> Span {
        let start = ron_error::trivia(self.text);
        self.span.inside(start..self.text.trim_end().len())
    }

    /// Deserialises the value.
    pub(crate) fn read<T: Deserialize<'a>>(&self) -> Result<T, FieldError> {
        self.read_seed(PhantomData)
    }

    pub(crate) fn read_seed<S: DeserializeSeed<'a>>(
        &self,
        seed: S,
    ) -> Result<S::Value, FieldError> {
        scope::set_value(self.trimmed());
        self.parse(seed).map_err(|outer| match scope::take_error() {
            Some((span, code)) => FieldError::new(span, code),
            None => outer,
        })
    }

    /// Deserialises a value inside the value being read; an error is kept for `read_seed`, since
    /// serde would lose its place.
    pub(crate) fn read_nested<S: DeserializeSeed<'a>>(
        &self,
        seed: S,
    ) -> Result<S::Value, FieldError> {
        self.parse(seed).inspect_err(|error| {
            scope::keep_error(error.span, error.code.clone());
        })
    }

    fn parse<S: DeserializeSeed<'a>>(&self, seed: S) -> Result<S::Value, FieldError> {
        self.with_ron(|ron| seed.deserialize(Strict(ron)))
    }

    /// Runs a parser over the whole value.
    pub(crate) fn with_ron<T>(
        &self,
        read: impl FnOnce(&mut ron::Deserializer<'a>) -> Result<T, ron::Error>,
    ) -> Result<T, FieldError> {
        let fail = |error: ron::error::SpannedError| {
            let range = ron_error::range(self.text, &error);
            FieldError::new(self.span.inside(range), error.code)
        };
        let mut ron =
            ron::Deserializer::from_str_with_options(self.text, &options()).map_err(fail)?;
        let value = read(&mut ron).map_err(|error| fail(ron.span_error(error)))?;
        ron.end().map_err(|error| fail(ron.span_error(error)))?;
        Ok(value)
    }
}

/// The value of a field after `extends`, `add` and `remove`.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    /// As written.
    Raw(Raw<'a>),
    /// A list put together from several; the span is where it was changed last.
    List(Vec<Raw<'a>>, Span),
    /// A map put together from several.
    Map(Vec<(Raw<'a>, Raw<'a>)>, Span),
}

/// One field of an entry.
#[derive(Clone, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) name_span: Span,
    pub(crate) value: Value<'a>,
}

/// A RON error with its place in the files.
#[derive(Debug)]
pub(crate) struct FieldError {
    /// [`Span::NONE`] for an error about the entry as a whole.
    pub(crate) span: Span,
    pub(crate) code: ron::Error,
    /// Index of the field.
    pub(crate) field: Option<usize>,
}

impl FieldError {
    pub(crate) fn new(span: Span, code: ron::Error) -> Self {
        Self {
            span,
            code,
            field: None,
        }
    }

    /// Adds the place, if the error has none yet.
    fn within(mut self, span: Span) -> Self {
        if self.span.is_none() {
            self.span = span;
        }
        self
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code.fmt(f)
    }
}

impl std::error::Error for FieldError {}

impl de::Error for FieldError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Span::NONE, de::Error::custom(message))
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(Span::NONE, de::Error::invalid_type(found, expected))
    }

    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(Span::NONE, de::Error::invalid_value(found, expected))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Span::NONE, de::Error::unknown_field(field, expected))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Span::NONE, de::Error::missing_field(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(Span::NONE, de::Error::duplicate_field(field))
    }
}

/// Deserialises a definition from its fields.
pub(crate) struct FieldsDeserializer<'f, 'a> {
    pub(crate) fields: &'f [Field<'a>],
    /// Fields to pass over because they were found wrong before.
    pub(crate) dropped: &'f [bool],
}

impl<'f, 'a> FieldsDeserializer<'f, 'a> {
    fn access(self) -> FieldsAccess<'f, 'a> {
        FieldsAccess {
            fields: self.fields,
            dropped: self.dropped,
            next: 0,
        }
    }

    fn check_names(&self, expected: &'static [&'static str]) -> Result<(), FieldError> {
        for (index, field) in self.fields.iter().enumerate() {
            if !self.dropped[index] && !expected.contains(&field.name) {
                return Err(FieldError {
                    span: field.name_span,
                    code: de::Error::unknown_field(field.name, expected),
                    field: Some(index),
                });
            }
        }
        Ok(())
    }
}

impl<'de> Deserializer<'de> for FieldsDeserializer<'_, 'de> {
    type Error = FieldError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
        visitor.visit_map(self.access())
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        self.check_names(fields)?;
        visitor.visit_map(self.access())
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        self.check_names(&[])?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, FieldError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct FieldsAccess<'f, 'a> {
    fields: &'f [Field<'a>],
    dropped: &'f [bool],
    /// The field whose name comes next, or whose name came last.
    next: usize,
}

impl<'a> MapAccess<'a> for FieldsAccess<'_, 'a> {
    type Error = FieldError;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FieldError> {
        while self.dropped.get(self.next) == Some(&true) {
            self.next += 1;
        }
        let Some(field) = self.fields.get(self.next) else {
            return Ok(None);
        };
        let name = de::value::BorrowedStrDeserializer::new(field.name);
        let key = seed.deserialize(name).map_err(|error: FieldError| {
            let mut error = error.within(field.name_span);
            error.field = Some(self.next);
            error
        })?;
        Ok(Some(key))
    }

    fn next_value_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<T::Value, FieldError> {
        let index = self.next;
        self.next += 1;
        let Some(field) = self.fields.get(index) else {
            return Err(de::Error::custom("a value without a name"));
        };
        let read = match &field.value {
            Value::Raw(raw) => raw.read_seed(seed),
            Value::List(items, span) => seed
                .deserialize(Joined(items.as_slice()))
                .map_err(|error| error.within(*span)),
            Value::Map(entries, span) => seed
                .deserialize(Joined(entries.as_slice()))
                .map_err(|error| error.within(*span)),
        };
        read.map_err(|mut error| {
            error.field = Some(index);
            error
        })
    }
}

/// A list or map whose parts come from several files.
struct Joined<'f, T>(&'f [T]);

impl<'a> SeqAccess<'a> for Joined<'_, Raw<'a>> {
    type Error = FieldError;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, FieldError> {
        let Some((first, rest)) = self.0.split_first() else {
            return Ok(None);
        };
        self.0 = rest;
        first.read_seed(seed).map(Some)
    }
}

impl<'a> MapAccess<'a> for Joined<'_, (Raw<'a>, Raw<'a>)> {
    type Error = FieldError;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FieldError> {
        let key = self.0.first().map(|(key, _)| key.read_seed(seed));
        key.transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<T::Value, FieldError> {
        let Some(((_, value), rest)) = self.0.split_first() else {
            return Err(de::Error::custom("a value without a key"));
        };
        self.0 = rest;
        value.read_seed(seed)
    }
}

/// Both kinds deserialise alike, whatever list-like or map-like type is asked for.
macro_rules! joined_deserializer {
    ($part:ty, $visit:ident) => {
        impl<'de> Deserializer<'de> for Joined<'_, $part> {
            type Error = FieldError;

            fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FieldError> {
                visitor.$visit(self)
            }

            fn deserialize_option<V: Visitor<'de>>(
                self,
                visitor: V,
            ) -> Result<V::Value, FieldError> {
                visitor.visit_some(self)
            }

            fn deserialize_newtype_struct<V: Visitor<'de>>(
                self,
                _name: &'static str,
                visitor: V,
            ) -> Result<V::Value, FieldError> {
                visitor.visit_newtype_struct(self)
            }

            forward_to_deserialize_any! {
                bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
                unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
            }
        }
    };
}

joined_deserializer!(Raw<'de>, visit_seq);
joined_deserializer!((Raw<'de>, Raw<'de>), visit_map);
