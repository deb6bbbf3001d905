//! The effects on a character as data.

use std::sync::Arc;

use wayfarer_core::id::{DefId, Uid};

use super::{Viewed, feedback::Feedback, item::Now};

/// What a character has on it, and what a game master can put there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EffectsModel {
    /// Whose effects.
    pub viewed: Viewed,
    /// The moment.
    pub now: Now,
    /// The effects, the oldest first.
    pub effects: Vec<EffectRow>,
    /// What the content has, by name; empty unless the player is a game master.
    pub choices: Arc<[EffectChoice]>,
    /// What would become of it if the effect that was asked about ended.
    pub ending: Option<(Uid, EffectOutlook)>,
    /// What the effect that was asked about would do.
    pub applying: Option<(DefId, EffectOutlook)>,
    /// What waits for an answer and what was refused.
    pub feedback: Feedback,
}

/// One effect on the character.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectRow {
    /// The effect itself.
    pub uid: Uid,
    /// What it is called.
    pub name: String,
    /// What it does, in a sentence; may be empty.
    pub description: String,
    /// How often it was stacked, from 1.
    pub stacks: u16,
    /// How strong it is.
    pub level: f32,
    /// The tick at which it began.
    pub since: u64,
    /// When it ends.
    pub until: EffectEnd,
    /// Who caused it, if somebody did.
    pub source: Option<String>,
    /// Why it does nothing for now; `None` when it does something.
    pub suppressed: Option<String>,
    /// The tags that it grants, as shown.
    pub tags: Vec<String>,
    /// What it does to stats.
    pub modifiers: Vec<ModifierRow>,
    /// Whether the bearer's player may end it.
    pub dismissable: bool,
}

/// When an effect ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EffectEnd {
    /// At this tick.
    Tick(u64),
    /// After so many turns.
    Turns(u16),
    /// With the next rest.
    ShortRest,
    /// With the next long rest.
    LongRest,
    /// When something ends it.
    #[default]
    Forever,
    /// It is over at once.
    AtOnce,
}

/// What an effect does to one stat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifierRow {
    /// The stat's name.
    pub stat: String,
    /// How much, with its sign: "+2", "×0.5".
    pub amount: String,
    /// Only while this holds.
    pub when: Option<String>,
}

/// An effect that can be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectChoice {
    /// Which (kind `effects`).
    pub id: DefId,
    /// What it is called.
    pub name: String,
    /// Its full name, `pack:name`.
    pub key: String,
    /// What it does, in a sentence.
    pub description: String,
}

/// What would become of it.
#[derive(Clone, Debug, PartialEq)]
pub enum EffectOutlook {
    /// It can be done.
    Would {
        /// When the effect would end.
        until: EffectEnd,
        /// How many stacks there would be; 0 where that means nothing.
        stacks: u16,
        /// What it would do beyond stats, in words.
        does: Vec<String>,
        /// The stats that would change.
        changes: Vec<ChangeRow>,
    },
    /// It would be refused.
    Refused(String),
}

/// What would become of one stat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeRow {
    /// The stat's name.
    pub stat: String,
    /// Its value now.
    pub before: f32,
    /// Its value then.
    pub after: f32,
    /// Its tier now and then, if that changes.
    pub tiers: Option<(String, String)>,
}
