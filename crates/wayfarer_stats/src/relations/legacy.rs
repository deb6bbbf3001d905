//! Relations of the form that session stores had before there were stats for them: a map from
//! `npc:<id>` to plain numbers with tier and level beside them.
//!
//! ```json
//! { "npc:7": { "affinity": 75, "trust": 60, "tierId": "friend", "intimacyLevelId": "close" } }
//! ```
//!
//! Read such a map with any self-describing format of serde into [`LegacyRelations`], then have it
//! taken over:
//!
//! ```
//! # use bevy::prelude::*;
//! # use wayfarer_core::prelude::*;
//! use wayfarer_stats::relations::legacy::{self, LegacyRelations};
//!
//! fn take_over(world: &mut World, player: Entity, old: &LegacyRelations) {
//!     let notes = world.transact("game.legacy_relations", |txn| {
//!         legacy::import(txn, player, DefId::of("life:bond"), old, |id| {
//!             // However the game finds its characters by their old ids.
//!             Uid::new(id.parse().ok()?)
//!         })
//!     });
//!     for note in notes.into_iter().flatten() {
//!         println!("{note}");
//!     }
//! }
//! ```
//!
//! Nothing is taken over by a holder that has relations already. Tiers and levels are derived here,
//! so the old ids are only compared (`tierId` as `affinityTierId`, `intimacyLevelId` as `levelId`)
//! and reported where they differ.

use std::{collections::BTreeMap, fmt};

use bevy::prelude::*;
use serde::Deserialize;
use wayfarer_core::{
    content::Content,
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use super::{
    Bond, MAX_AXES, MAX_RELATIONS, Relation, RelationIndex, RelationKind, RelationOp, Relations,
    Stored, view::BondValues,
};
use crate::{id::StatId, refusals::RELATION_NOT_CONFIGURED, rules::resource::Now};

#[cfg(test)]
mod tests;

/// The old form: others by name, `npc:<id>`.
#[derive(Deserialize, Clone, Debug, Default, PartialEq)]
#[serde(transparent)]
pub struct LegacyRelations(pub BTreeMap<String, BTreeMap<String, LegacyValue>>);

/// One value of the old form.
#[derive(Deserialize, Clone, Debug, PartialEq)]
#[serde(untagged)]
pub enum LegacyValue {
    /// An axis.
    Number(f64),
    /// The id of a tier or a level, or free words.
    Text(String),
    /// A switch; nothing that a bond knows.
    Flag(bool),
    /// A list; nothing that a bond knows.
    List(Vec<LegacyValue>),
    /// A map; nothing that a bond knows.
    Map(BTreeMap<String, LegacyValue>),
    /// Null.
    Nothing(()),
}

/// Something about old relations that somebody may want to look at.
#[derive(Clone, Debug, PartialEq)]
pub enum LegacyNote {
    /// The holder has relations already: nothing was taken over.
    NotEmpty,
    /// Nobody is known by this name; what was said of them is left out.
    NobodyOfThatName(String),
    /// Stands for somebody of whom another entry has spoken already; left out.
    Twice(String),
    /// A number that the kind has no axis for. It is kept under the name it would have.
    UnknownAxis {
        /// The other.
        other: Uid,
        /// The key.
        key: String,
    },
    /// A key whose value is no number that an axis can have; left out.
    LeftOut {
        /// The other.
        other: Uid,
        /// The key.
        key: String,
    },
    /// The old number lies outside of the limits and was moved to the nearest that is allowed.
    OutOfRange {
        /// The other.
        other: Uid,
        /// The key.
        key: String,
        /// What it was.
        was: f64,
        /// What it is.
        is: f32,
    },
    /// The tier that follows from the values is another one than was written down.
    TierDiffers {
        /// The other.
        other: Uid,
        /// The axis.
        stat: StatId,
        /// What was written down.
        was: String,
        /// What follows.
        is: Option<String>,
    },
    /// The level that follows from the values is another one than was written down.
    LevelDiffers {
        /// The other.
        other: Uid,
        /// What was written down.
        was: String,
        /// What follows.
        is: Option<String>,
    },
    /// There are more others, or more keys of one, than can be kept.
    TooMany(String),
}

/// What [`migrate`] makes of old relations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Migrated {
    /// What has to be done to the holder's [`Relations`].
    pub ops: Vec<RelationOp>,
    /// What somebody may want to look at.
    pub notes: Vec<LegacyNote>,
}

/// What has to be done to take over old relations; nothing if the holder has some already. `None` if
/// the content does not have the kind.
///
/// `who` finds others by what follows `npc:` in their name. Values count from `now` on.
pub fn migrate(
    old: &LegacyRelations,
    relations: &Relations,
    content: &Content,
    kind: DefId,
    now: Now,
    mut who: impl FnMut(&str) -> Option<Uid>,
) -> Option<Migrated> {
    let kind = content.derived::<RelationIndex>()?.get(kind)?;
    let mut migrated = Migrated::default();
    if old.0.is_empty() {
        return Some(migrated);
    }
    if !relations.is_empty() {
        migrated.notes.push(LegacyNote::NotEmpty);
        return Some(migrated);
    }
    let mut taken = BTreeMap::new();
    for (name, values) in &old.0 {
        let id = name.strip_prefix("npc:").unwrap_or(name);
        let Some(other) = who(id) else {
            let note = LegacyNote::NobodyOfThatName(name.clone());
            migrated.notes.push(note);
            continue;
        };
        if taken.contains_key(&other) {
            migrated.notes.push(LegacyNote::Twice(name.clone()));
            continue;
        }
        if taken.len() >= MAX_RELATIONS {
            migrated.notes.push(LegacyNote::TooMany(name.clone()));
            continue;
        }
        let mut one = One {
            content,
            kind,
            now,
            other,
            notes: &mut migrated.notes,
        };
        let relation = one.values(values);
        one.compare(values, &relation);
        taken.insert(other, relation);
    }
    migrated.ops = taken
        .into_iter()
        .filter(|(_, relation)| !relation.is_empty())
        .map(|(other, relation)| RelationOp::SetRelation {
            bond: Bond {
                other,
                kind: kind.id(),
            },
            relation: Some(Box::new(relation)),
        })
        .collect();
    Some(migrated)
}

/// [`migrate`] inside a transaction: takes over the old relations of a holder that has none.
///
/// # Errors
/// `relation_not_configured` when the content does not have the kind; `not_found` when the holder
/// has no [`Relations`].
pub fn import(
    txn: &mut Txn<'_>,
    holder: Entity,
    kind: DefId,
    old: &LegacyRelations,
    who: impl FnMut(&str) -> Option<Uid>,
) -> Result<Vec<LegacyNote>, Refusal> {
    let content = txn.content();
    super::api::begin(txn, holder)?;
    let relations = txn.need::<Relations>(holder, "relations")?;
    let now = Now::of(txn.world());
    let migrated = migrate(old, relations, &content, kind, now, who).ok_or_else(|| {
        let name = content.name_of(kind).map(str::to_owned);
        Refusal::new(RELATION_NOT_CONFIGURED).with("kind", name.unwrap_or_else(|| kind.to_string()))
    })?;
    for op in migrated.ops {
        txn.op::<Relations>(holder, op)?;
    }
    Ok(migrated.notes)
}

/// The old form of one bond.
struct One<'a> {
    content: &'a Content,
    kind: &'a RelationKind,
    now: Now,
    other: Uid,
    notes: &'a mut Vec<LegacyNote>,
}

type Values = BTreeMap<String, LegacyValue>;

impl One<'_> {
    fn values(&mut self, values: &Values) -> Relation {
        let mut rows = Vec::new();
        for (key, value) in values {
            let (other, key) = (self.other, key.clone());
            match value {
                LegacyValue::Text(_) if self.is_label(&key) => {}
                LegacyValue::Number(_) if rows.len() >= MAX_AXES => {
                    self.notes.push(LegacyNote::TooMany(key));
                }
                LegacyValue::Number(number) if (*number as f32).is_finite() => {
                    rows.extend(self.number(key, *number));
                }
                _ => self.notes.push(LegacyNote::LeftOut { other, key }),
            }
        }
        Relation::new(rows)
    }

    fn number(&mut self, key: String, was: f64) -> Option<(StatId, Stored)> {
        let (other, since) = (self.other, self.now.tick);
        let found = self.kind.find(&key).and_then(|stat| self.kind.axis(stat));
        let Some(axis) = found else {
            let set = self.content.name_of(self.kind.set()).unwrap_or_default();
            let stat = StatId::of(&format!("{set}.{key}"));
            self.notes.push(LegacyNote::UnknownAxis { other, key });
            let value = was as f32;
            return Some((stat, Stored { value, since }));
        };
        let is = axis.clamped(was as f32);
        if is != was as f32 {
            self.notes.push(LegacyNote::OutOfRange {
                other,
                key,
                was,
                is,
            });
        }
        Some((axis.id(), axis.kept(is, since)?))
    }

    /// Whether a key names a tier or a level.
    fn is_label(&self, key: &str) -> bool {
        matches!(key, "levelId" | "intimacyLevelId") || self.axis_of(key).is_some()
    }

    /// The axis whose tier a key names: `tierId` is that of `affinity`.
    fn axis_of(&self, key: &str) -> Option<StatId> {
        let axis = match key {
            "tierId" => "affinity",
            _ => key.strip_suffix("TierId")?,
        };
        self.kind.find(axis)
    }

    /// Reports labels that do not follow from the values.
    fn compare(&mut self, values: &Values, relation: &Relation) {
        let derived = BondValues::of_stored(self.content, self.kind, relation.values(), self.now);
        let other = self.other;
        for (key, value) in values {
            let LegacyValue::Text(was) = value else {
                continue;
            };
            let was = was.clone();
            if let Some(stat) = self.axis_of(key) {
                let is = derived.tier(stat).map(|tier| tier.id.to_string());
                if is.as_ref() != Some(&was) {
                    let note = LegacyNote::TierDiffers {
                        other,
                        stat,
                        was,
                        is,
                    };
                    self.notes.push(note);
                }
            } else if self.is_label(key) {
                let is = derived.level().map(|level| level.id.to_string());
                if is.as_ref() != Some(&was) {
                    self.notes.push(LegacyNote::LevelDiffers { other, was, is });
                }
            }
        }
    }
}

impl fmt::Display for LegacyNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = |is: &Option<String>| is.clone().unwrap_or_else(|| "none".to_owned());
        match self {
            Self::NotEmpty => f.write_str("there are relations already; the old ones stay unused"),
            Self::NobodyOfThatName(name) => write!(f, "nobody is known as `{name}`"),
            Self::Twice(name) => write!(f, "`{name}` is somebody who came before"),
            Self::UnknownAxis { other, key } => {
                write!(f, "{other}: there is no stat `{key}`; its value is kept")
            }
            Self::LeftOut { other, key } => write!(f, "{other}: `{key}` is left out"),
            Self::OutOfRange {
                other,
                key,
                was,
                is,
            } => {
                write!(f, "{other}: `{key}` was {was} and is {is} now")
            }
            Self::TierDiffers { other, was, is, .. } => {
                write!(f, "{other}: the tier was `{was}` and is `{}` now", none(is))
            }
            Self::LevelDiffers { other, was, is } => {
                write!(
                    f,
                    "{other}: the level was `{was}` and is `{}` now",
                    none(is)
                )
            }
            Self::TooMany(what) => write!(f, "`{what}` is more than can be kept"),
        }
    }
}
