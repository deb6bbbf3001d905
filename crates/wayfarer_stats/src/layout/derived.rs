//! Derived stats of a shape.

use wayfarer_core::id::DefId;
use wayfarer_formula::Program;

use crate::{content::Compose, id::StatId};

/// How derivations give a stat.
#[derive(Debug)]
pub struct DerivedStat {
    pub(super) parts: Box<[DerivedPart]>,
    pub(super) reads: Box<[StatId]>,
}

/// What one derivation says about a stat.
#[derive(Debug)]
pub struct DerivedPart {
    pub(super) derivation: DefId,
    pub(super) axis: usize,
    pub(super) compose: Compose,
    pub(super) counts: bool,
    pub(super) text: String,
    pub(super) own: Program,
    pub(super) total: Program,
}

impl DerivedStat {
    /// What each derivation says, in the order in which they come.
    pub fn parts(&self) -> &[DerivedPart] {
        &self.parts
    }

    /// The stats that it follows from, in the order of first use; also such as the character does
    /// not have and of which the default counts.
    pub fn reads(&self) -> &[StatId] {
        &self.reads
    }
}

impl DerivedPart {
    /// The derivation (kind `derivations`).
    pub fn derivation(&self) -> DefId {
        self.derivation
    }

    /// Position of the stat in the `values` of the derivation.
    pub fn axis(&self) -> usize {
        self.axis
    }

    /// How it meets what comes before.
    pub fn compose(&self) -> Compose {
        self.compose
    }

    /// Whether it has a share in the value, or another derivation counts instead.
    pub fn counts(&self) -> bool {
        self.counts
    }

    /// Its formula as text, for reading.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its own number, from the values by slot.
    pub(crate) fn own(&self, values: &[f32]) -> f32 {
        self.own.eval(values)
    }

    /// The number after it.
    pub(crate) fn total(&self, values: &[f32]) -> f32 {
        self.total.eval(values)
    }
}
