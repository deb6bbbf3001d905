//! What somebody knows of enchanting.

use std::collections::BTreeMap;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::id::DefId;

use crate::{content::EnchantRulesDef, rules::applying::mastery};

/// What somebody knows of enchanting. Only on who has ever taken something apart; saved, sent to
/// the owner.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(opaque, Component, Debug, Clone)]
pub struct EnchantLore {
    /// Enchantments that are known, or half known.
    pub known: BTreeMap<DefId, Learned>,
    /// Things taken apart so far, by school.
    pub schools: BTreeMap<String, u32>,
    /// Things taken apart so far.
    pub taken_apart: u32,
    /// What was gained by it.
    pub xp: u64,
}

/// How far somebody has come with one enchantment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    /// How much of it is understood, in percent; known at 100.
    pub progress: u8,
    /// How often it was laid with success.
    pub applied: u32,
}

impl EnchantLore {
    /// How far they have come with an enchantment.
    pub fn of(&self, enchantment: DefId) -> Learned {
        self.known.get(&enchantment).copied().unwrap_or_default()
    }

    /// Whether they know it.
    pub fn knows(&self, enchantment: DefId) -> bool {
        self.of(enchantment).progress >= 100
    }

    /// How well they master it, from 1; 0 when they do not know it.
    pub fn mastery(&self, rules: &EnchantRulesDef, enchantment: DefId) -> u8 {
        if !self.knows(enchantment) {
            return 0;
        }
        let applied = self.of(enchantment).applied;
        mastery(applied, rules.mastery_every, rules.mastery_most)
    }

    /// Things of a school that they have taken apart.
    pub fn of_school(&self, school: &str) -> u32 {
        self.schools.get(school).copied().unwrap_or(0)
    }
}
