//! A reference from one definition to another.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    sync::Arc,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{
    definition::Definition,
    scope,
    source_map::{Located, Span},
};
use crate::id::DefId;

/// The name of an entry of kind `D`: in RON `"pack:name"`, or `"name"` for one of the same pack.
///
/// References read from content files are checked when the content is compiled: one that leads
/// nowhere is an error at its place, with a suggestion. Nothing has to be called for that.
///
/// Equality, order and hash are those of the full name; the place does not count.
pub struct Ref<D> {
    name: Arc<str>,
    id: DefId,
    span: Span,
    kind: PhantomData<fn() -> D>,
}

impl<D> Ref<D> {
    /// A reference made in code. `name` must be a full name (`pack:name`).
    pub fn new(name: &str) -> Self {
        Self::from_parts(Arc::from(name), Span::NONE)
    }

    fn from_parts(name: Arc<str>, span: Span) -> Self {
        Self {
            id: DefId::of(&name),
            name,
            span,
            kind: PhantomData,
        }
    }

    /// The stable id, for looking the entry up and for the wire.
    pub fn id(&self) -> DefId {
        self.id
    }

    /// The full name, `pack:name`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl<D> Located for Ref<D> {
    fn span(&self) -> Span {
        self.span
    }
}

impl<D> Clone for Ref<D> {
    fn clone(&self) -> Self {
        Self {
            name: Arc::clone(&self.name),
            ..*self
        }
    }
}

impl<D> PartialEq for Ref<D> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl<D> Eq for Ref<D> {}

impl<D> PartialOrd for Ref<D> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<D> Ord for Ref<D> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

impl<D> Hash for Ref<D> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl<D> fmt::Debug for Ref<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ref({})", self.name)
    }
}

impl<D> fmt::Display for Ref<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl<D> Serialize for Ref<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl<'de, D: Definition> Deserialize<'de> for Ref<D> {
    fn deserialize<S: Deserializer<'de>>(deserializer: S) -> Result<Self, S::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = (Arc<str>, Span);

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of an entry, \"pack:name\" or \"name\"")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
                // Borrowed strings come this way too; `locate` knows them by their address.
                let full = scope::qualify(name).ok_or_else(|| {
                    E::custom(format!("`{name}` needs its pack here: `pack:{name}`"))
                })?;
                Ok((full, scope::locate(name)))
            }
        }

        let (name, span) = deserializer.deserialize_str(Visitor)?;
        scope::record(D::KIND, &name, span);
        Ok(Self::from_parts(name, span))
    }
}
