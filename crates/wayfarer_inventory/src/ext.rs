//! Extensions: what an item has beyond a count and a place, from one registry for everybody.
//!
//! Wear, quality, enchantments and a game's own data are all extensions. They are kept as bytes
//! under the hash of their name, so an item with data of a plugin that is not installed keeps it,
//! and decoding an item needs no registry. How they stack is looked up in a process-wide table
//! that only grows (several apps in one process share it).

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{PoisonError, RwLock},
};

use bevy::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;
use wayfarer_core::id::DefId;

use crate::item::Item;

/// Whether stacks that carry an extension may be joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stacks {
    /// When both carry the same bytes.
    #[default]
    Same,
    /// Never, not even with the same bytes.
    Never,
    /// [`ItemExt::merge`] decides.
    Merge,
}

/// Data that items can carry.
///
/// ```
/// # use bevy::prelude::*;
/// # use serde::{Deserialize, Serialize};
/// # use wayfarer_inventory::prelude::*;
/// /// How much is left of it, 0 to 1.
/// #[derive(Serialize, Deserialize, Debug, PartialEq)]
/// struct Freshness(f32);
///
/// impl ItemExt for Freshness {
///     const NAME: &'static str = "game.freshness";
///     const STACKS: Stacks = Stacks::Merge;
///     fn merge(self, count: u32, other: Self, others: u32) -> Option<Self> {
///         let (a, b) = (count as f32, others as f32);
///         Some(Self((self.0 * a + other.0 * b) / (a + b)))
///     }
/// }
///
/// let mut app = App::new();
/// app.register_item_ext::<Freshness>();
/// ```
pub trait ItemExt: Serialize + DeserializeOwned + Debug + Send + Sync + 'static {
    /// Stable name, `crate.thing`. Saves and the wire know it by its hash.
    const NAME: &'static str;
    /// Whether stacks that carry it may be joined.
    const STACKS: Stacks = Stacks::Same;

    /// What `count` items with `self` and `others` items with `other` carry as one stack; `None`
    /// when they must stay apart. Asked only under [`Stacks::Merge`].
    fn merge(self, _count: u32, _other: Self, _others: u32) -> Option<Self> {
        None
    }

    /// The hash of the name.
    fn kind() -> DefId {
        DefId::of(Self::NAME)
    }
}

type MergeFn = fn(&[u8], u32, &[u8], u32) -> Option<ByteBuf>;

/// What is known of one kind of extension.
#[derive(Clone, Copy)]
pub struct ExtEntry {
    /// [`ItemExt::NAME`].
    pub name: &'static str,
    /// [`ItemExt::STACKS`].
    pub stacks: Stacks,
    /// Renders the bytes for panels and logs; `None` when they are damaged.
    pub show: fn(&[u8]) -> Option<String>,
    merge: MergeFn,
}

static TABLE: RwLock<BTreeMap<DefId, ExtEntry>> = RwLock::new(BTreeMap::new());

/// What is known of a kind of extension; `None` when no plugin here registered it.
pub fn entry(kind: DefId) -> Option<ExtEntry> {
    TABLE
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&kind)
        .copied()
}

/// Registration of extensions.
pub trait ItemExtAppExt {
    /// Makes `T` known. Repeating it is harmless.
    fn register_item_ext<T: ItemExt>(&mut self) -> &mut Self;
}

impl ItemExtAppExt for App {
    fn register_item_ext<T: ItemExt>(&mut self) -> &mut Self {
        let entry = ExtEntry {
            name: T::NAME,
            stacks: T::STACKS,
            show: |bytes| decode::<T>(bytes).map(|value| format!("{value:?}")),
            merge: |a, count, b, others| {
                encode(&decode::<T>(a)?.merge(count, decode::<T>(b)?, others)?)
            },
        };
        let mut table = TABLE.write().unwrap_or_else(PoisonError::into_inner);
        let known = table.entry(T::kind()).or_insert(entry);
        if known.name != entry.name {
            tracing::error!("extensions {} and {} share an id", known.name, entry.name);
        }
        self
    }
}

pub(crate) fn decode<T: ItemExt>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

pub(crate) fn encode<T: ItemExt>(value: &T) -> Option<ByteBuf> {
    postcard::to_stdvec(value).ok().map(ByteBuf::from)
}

/// The extensions of one item, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExtSet(BTreeMap<DefId, ByteBuf>);

impl ExtSet {
    pub(crate) fn get(&self, kind: DefId) -> Option<&[u8]> {
        self.0.get(&kind).map(|bytes| bytes.as_slice())
    }

    pub(crate) fn set(&mut self, kind: DefId, bytes: ByteBuf) -> Option<ByteBuf> {
        self.0.insert(kind, bytes)
    }

    pub(crate) fn remove(&mut self, kind: DefId) -> Option<ByteBuf> {
        self.0.remove(&kind)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (DefId, &[u8])> {
        self.0.iter().map(|(&kind, bytes)| (kind, bytes.as_slice()))
    }
}

/// Extensions that change when `count` of `from` join the stack `into`; `None` when the two may
/// not be one stack.
///
/// Extensions that nobody here knows count as [`Stacks::Same`]: joining them could lose what only
/// another program understands.
pub fn joined(into: &Item, from: &Item, count: u32) -> Option<Vec<(DefId, ByteBuf)>> {
    if into.def != from.def {
        return None;
    }
    let mut changed = Vec::new();
    for (kind, a) in into.exts() {
        let b = from.ext_bytes(kind)?;
        match entry(kind) {
            Some(known) if known.stacks == Stacks::Never => return None,
            Some(known) if known.stacks == Stacks::Merge => {
                let merged = (known.merge)(a, into.count, b, count)?;
                if merged.as_slice() != a {
                    changed.push((kind, merged));
                }
            }
            _ if a == b => {}
            _ => return None,
        }
    }
    // What only the second carries would be lost.
    from.exts()
        .all(|(kind, _)| into.ext_bytes(kind).is_some())
        .then_some(changed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use wayfarer_core::id::Uid;

    use super::*;

    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    struct Wear(u16);
    impl ItemExt for Wear {
        const NAME: &'static str = "test.wear";
    }

    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    struct Unique;
    impl ItemExt for Unique {
        const NAME: &'static str = "test.unique";
        const STACKS: Stacks = Stacks::Never;
    }

    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    struct Heat(u32);
    impl ItemExt for Heat {
        const NAME: &'static str = "test.heat";
        const STACKS: Stacks = Stacks::Merge;
        fn merge(self, count: u32, other: Self, others: u32) -> Option<Self> {
            Some(Self((self.0 * count + other.0 * others) / (count + others)))
        }
    }

    fn item(uid: u64, count: u32) -> Item {
        Item::new(Uid::new(uid).unwrap(), DefId::of("demo:sword"), count)
    }

    fn register() {
        App::new()
            .register_item_ext::<Wear>()
            .register_item_ext::<Unique>()
            .register_item_ext::<Heat>();
    }

    #[test]
    fn extensions_decide_what_stacks() {
        register();
        let plain = item(1, 1);
        let worn = |n| item(2, 1).with_ext(&Wear(n));
        let unique = item(3, 1).with_ext(&Unique);
        assert!(joined(&plain, &item(4, 1), 1).is_some());
        assert!(joined(&plain, &worn(1), 1).is_none(), "wear would be lost");
        assert!(joined(&worn(1), &plain, 1).is_none());
        assert!(joined(&worn(1), &worn(1), 1).is_some());
        assert!(
            joined(&worn(1), &worn(2), 1).is_none(),
            "two identical swords with different wear do not stack"
        );
        assert!(joined(&unique, &unique.clone(), 1).is_none());
        let hot = item(5, 3).with_ext(&Heat(80));
        let cold = item(6, 1).with_ext(&Heat(0));
        let changed = joined(&hot, &cold, 1).unwrap();
        assert_eq!(decode::<Heat>(&changed[0].1), Some(Heat(60)));
    }

    #[test]
    fn unknown_extensions_are_kept_as_bytes() {
        let mut a = item(1, 1);
        let kind = DefId::of("uninstalled.thing");
        a.set_ext_bytes(kind, Some(ByteBuf::from(vec![1, 2, 3])));
        let bytes = postcard::to_stdvec(&a).unwrap();
        let back: Item = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(back, a);
        assert_eq!(back.ext_bytes(kind), Some(&[1, 2, 3][..]));
        assert!(joined(&a, &back.part(a.uid, 1), 1).is_some());
        a.set_ext_bytes(kind, None);
        assert_eq!(a, item(1, 1), "removing the last leaves no trace");
    }
}
