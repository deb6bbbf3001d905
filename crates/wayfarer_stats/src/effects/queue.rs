//! [`EffectQueue`]: who has to be looked at when, so that nothing is ever scanned.

use std::collections::{BTreeMap, BTreeSet};

use bevy::{
    ecs::{change_detection::Tick, entity::EntityHashMap},
    platform::collections::HashMap,
    prelude::*,
};
use smallvec::SmallVec;
use wayfarer_core::id::{DefId, Uid};

/// What hangs on the effects of all characters. Rebuilt from them, so neither saved nor sent.
#[derive(Resource, Default, Debug)]
pub(crate) struct EffectQueue {
    /// Characters whose effects came from anywhere but an op.
    pub(super) stale: Vec<Entity>,
    /// Effects that are gone, with their bearers or undone, and did not end what hangs on them.
    pub(super) orphaned: Vec<Uid>,
    /// When somebody's effects next do something, and whose.
    pub(super) due: BTreeSet<(u64, Entity)>,
    /// Effects that end with another one: that one, the bearer, the effect.
    pub(super) children: HashMap<Uid, SmallVec<[(Entity, Uid); 2]>>,
    /// Sources that somebody's effects follow, and those bearers.
    pub(super) followed: BTreeMap<Uid, BTreeSet<Entity>>,
    /// When followed sources were last looked at.
    pub(super) looked: Option<Tick>,
    /// Who has an aura.
    pub(super) auras: BTreeSet<Entity>,
    /// The content was swapped: effects follow their definitions.
    pub(super) swapped: bool,
    /// Auras that gave something else before the swap: the effect with the aura, what it gave.
    pub(super) other_auras: Vec<(DefId, DefId)>,
    /// Followed sources that were gone when they were last looked at.
    pub(super) gone: BTreeSet<Uid>,
    /// Whether members of auras have to be found again.
    pub(super) auras_moved: bool,
    /// What is noted above, by bearer.
    noted: EntityHashMap<Noted>,
}

/// What was noted about one bearer.
#[derive(Default, Debug, PartialEq)]
pub(super) struct Noted {
    /// The effects themselves, sorted.
    pub(super) own: SmallVec<[Uid; 8]>,
    pub(super) due: Option<u64>,
    /// Whether any effect has a period, suppressed or not.
    pub(super) periodic: bool,
    /// Parent and child.
    pub(super) parents: SmallVec<[(Uid, Uid); 2]>,
    pub(super) sources: SmallVec<[Uid; 2]>,
    pub(super) aura: bool,
}

impl EffectQueue {
    /// Whether a bearer has an effect with a period.
    pub(super) fn is_periodic(&self, entity: Entity) -> bool {
        self.noted.get(&entity).is_some_and(|noted| noted.periodic)
    }

    /// Whether it is not known when a bearer next has something to do: nothing has noted it since
    /// it was taken.
    pub(super) fn is_unknown(&self, entity: Entity) -> bool {
        let noted = self.noted.get(&entity);
        noted.is_none_or(|noted| noted.due.is_none())
    }

    /// Takes the next bearer whose moment has come. It notes its next one afterwards.
    pub(super) fn pop_due(&mut self, now: u64) -> Option<Entity> {
        let &(tick, entity) = self.due.first()?;
        if tick > now {
            return None;
        }
        self.due.pop_first();
        if let Some(noted) = self.noted.get_mut(&entity) {
            noted.due = None;
        }
        Some(entity)
    }

    /// Forgets a bearer.
    pub(super) fn forget(&mut self, entity: Entity) {
        let Some(noted) = self.noted.remove(&entity) else {
            return;
        };
        if let Some(due) = noted.due {
            self.due.remove(&(due, entity));
        }
        for (parent, child) in noted.parents {
            if let Some(children) = self.children.get_mut(&parent) {
                children.retain(|known| *known != (entity, child));
                if children.is_empty() {
                    self.children.remove(&parent);
                }
            }
        }
        for source in noted.sources {
            if let Some(bearers) = self.followed.get_mut(&source) {
                bearers.remove(&entity);
                if bearers.is_empty() {
                    self.followed.remove(&source);
                    self.gone.remove(&source);
                }
            }
        }
        if noted.aura {
            self.auras.remove(&entity);
            self.auras_moved = true;
        }
    }

    /// Notes what a bearer's effects ask for now.
    pub(super) fn note(&mut self, entity: Entity, noted: Noted) {
        let known = self.noted.get(&entity);
        if known == Some(&noted) || (known.is_none() && noted == Noted::default()) {
            return;
        }
        let gone: SmallVec<[Uid; 2]> = known
            .into_iter()
            .flat_map(|known| &known.own)
            .filter(|uid| noted.own.binary_search(uid).is_err())
            .copied()
            .collect();
        self.forget(entity);
        if let Some(due) = noted.due {
            self.due.insert((due, entity));
        }
        for &(parent, child) in &noted.parents {
            self.children
                .entry(parent)
                .or_default()
                .push((entity, child));
        }
        for &source in &noted.sources {
            self.gone.remove(&source);
            self.followed.entry(source).or_default().insert(entity);
        }
        if noted.aura {
            self.auras.insert(entity);
            self.auras_moved = true;
        }
        self.noted.insert(entity, noted);
        // An effect that was undone has not ended what has come to hang on it since.
        let left = gone.iter().filter(|uid| self.children.contains_key(*uid));
        self.orphaned.extend(left);
    }
}
