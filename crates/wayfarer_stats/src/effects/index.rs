//! [`EffectIndex`]: the effects of the loaded content, compiled.

use bevy::platform::collections::HashMap;
use wayfarer_core::{
    content::{Content, Report},
    id::DefId,
};

use super::{check, compiled::CompiledEffect, definition::EffectDef, foreign::ForeignSteps};
use crate::index::StatIndex;

/// All effects, compiled when content is loaded: names are stats, formulas are programs.
#[derive(Debug, Default)]
pub struct EffectIndex {
    effects: HashMap<DefId, CompiledEffect>,
}

impl EffectIndex {
    pub(crate) fn build(
        content: &Content,
        foreign: &ForeignSteps,
        report: &mut Report,
    ) -> Option<Self> {
        let empty = StatIndex::default();
        // Without stats every name in an effect is unknown, and is told so.
        let stats = content.derived::<StatIndex>().unwrap_or(&empty);
        let table = content.table::<EffectDef>();
        let effects = table
            .iter()
            .map(|def| {
                (
                    def.id(),
                    CompiledEffect::compile(def, stats, content, foreign, report),
                )
            })
            .collect();
        check::cycles(content, report);
        check::auras(content, report);
        Some(Self { effects })
    }

    /// An effect.
    pub(crate) fn get(&self, effect: DefId) -> Option<&CompiledEffect> {
        self.effects.get(&effect)
    }
}
