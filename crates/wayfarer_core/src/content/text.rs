//! Values that remember where they were written.

use std::{fmt, marker::PhantomData, ops::Deref};

use ron::value::RawValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{
    fields::Raw,
    scope,
    source_map::{Located, Span},
};

/// A string that remembers its place: a formula, a tag, a free id.
///
/// The place is exact to the character unless the string contains escapes such as `\n`, in which
/// case it is that of the whole field. Equality and hash are those of the string.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    value: String,
    span: Unseen,
}

/// A span that makes no difference to equality, order and hash.
#[derive(Clone, Copy, Default)]
struct Unseen(Span);

impl PartialEq for Unseen {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for Unseen {}
impl PartialOrd for Unseen {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Unseen {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}
impl std::hash::Hash for Unseen {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

impl Text {
    /// A text made in code, without a place.
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            span: Unseen(Span::NONE),
        }
    }

    /// The string.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The string, without its place.
    pub fn into_string(self) -> String {
        self.value
    }

    /// The place of the bytes `range` of the string; of all of it if that cannot be told.
    pub fn span_of(&self, range: std::ops::Range<usize>) -> Span {
        let span = self.span.0;
        if span.len() == self.value.len() {
            span.inside(range)
        } else {
            span
        }
    }
}

impl Located for Text {
    fn span(&self) -> Span {
        self.span.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.value
    }
}

impl From<&str> for Text {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

impl From<String> for Text {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.value == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.value == *other
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.value, f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.value)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Text, E> {
                Ok(Text {
                    value: value.to_owned(),
                    span: Unseen(scope::locate(value)),
                })
            }

            fn visit_string<E: de::Error>(self, value: String) -> Result<Text, E> {
                Ok(Text {
                    span: Unseen(scope::locate(&value)),
                    value,
                })
            }
        }

        deserializer.deserialize_string(Visitor)
    }
}

/// Any value that remembers its place: a number to complain about, a whole sub-structure.
///
/// Costs a second parse of the value, so for strings use [`Text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spanned<T = String> {
    /// The value.
    pub value: T,
    span: Span,
}

impl<T> Spanned<T> {
    /// A value made in code, without a place.
    pub fn new(value: T) -> Self {
        Self {
            value,
            span: Span::NONE,
        }
    }
}

impl<T> Located for Spanned<T> {
    fn span(&self) -> Span {
        self.span
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if scope::value().is_none() {
            return Ok(Self::new(T::deserialize(deserializer)?));
        }
        let raw = <&'de RawValue>::deserialize(deserializer)?.get_ron();
        let raw = Raw::new(raw, scope::locate(raw));
        let value = raw.read_nested(PhantomData).map_err(de::Error::custom)?;
        Ok(Self {
            value,
            span: raw.span,
        })
    }
}
