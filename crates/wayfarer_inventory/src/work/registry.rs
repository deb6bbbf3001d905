//! The kinds of work that are known here.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::{
    id::DefId,
    refusal::{Code, Refusal},
    txn::Txn,
};

use super::WorkKind;

/// What is known of one kind of work.
#[derive(Clone, Copy)]
pub struct WorkEntry {
    /// [`WorkKind::NAME`].
    pub name: &'static str,
    pub(super) finish: fn(&[u8], &mut Txn<'_>, Entity) -> Result<(), Refusal>,
}

/// Every kind of work, by the hash of its name.
#[derive(Resource, Default)]
pub struct WorkRegistry {
    list: BTreeMap<DefId, WorkEntry>,
}

impl WorkRegistry {
    /// What is known of a kind.
    pub fn get(&self, kind: DefId) -> Option<WorkEntry> {
        self.list.get(&kind).copied()
    }
}

/// Registration of kinds of work.
pub trait WorkAppExt {
    /// Makes `W` something that can be worked on. Repeating it is harmless.
    fn register_work<W: WorkKind>(&mut self) -> &mut Self;
}

impl WorkAppExt for App {
    fn register_work<W: WorkKind>(&mut self) -> &mut Self {
        let entry = WorkEntry {
            name: W::NAME,
            finish: |payload, txn, worker| {
                let work: W = postcard::from_bytes(payload)
                    .map_err(|_| Refusal::new(Code::STATE_CORRUPT).with("detail", W::NAME))?;
                work.finish(txn, worker)
            },
        };
        let mut registry = self.world_mut().get_resource_or_init::<WorkRegistry>();
        if let Some(other) = registry.list.insert(W::kind(), entry)
            && other.name != W::NAME
        {
            tracing::error!("kinds of work {} and {} share an id", other.name, W::NAME);
        }
        self
    }
}
