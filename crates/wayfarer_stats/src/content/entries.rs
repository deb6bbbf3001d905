//! A map whose keys remember their place and whose order is the author's.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use wayfarer_core::content::{LinkCtx, Text};

/// `{ "key": value, … }` in the order in which it was written.
#[derive(Clone, Debug)]
pub struct Entries<V>(Vec<(Text, V)>);

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> Entries<V> {
    /// The entries in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Text, &V)> + Clone {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&Text, &mut V)> {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.at(self.position(key)?).map(|(_, value)| value)
    }

    /// The position of a key.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.0.iter().position(|(known, _)| known == key)
    }

    /// The entry at a position.
    pub fn at(&self, index: usize) -> Option<(&Text, &V)> {
        self.0.get(index).map(|(key, value)| (key, value))
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reports keys that are written twice.
    pub(crate) fn check_unique(&self, ctx: &mut LinkCtx<'_>, what: &str) {
        for (index, (key, _)) in self.0.iter().enumerate() {
            if let Some((first, _)) = self.0[..index].iter().find(|(first, _)| first == key) {
                let at = ctx.place_of(first).map(|place| place.to_string());
                let help = at.map(|at| format!("first written at {at}"));
                ctx.error(
                    key,
                    "duplicate-name",
                    format!("{what} `{key}` is written twice"),
                    help,
                );
            }
        }
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Entries<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for Pairs<V> {
            type Value = Entries<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<V>, A::Error> {
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0).min(1024));
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Pairs(PhantomData))
    }
}
