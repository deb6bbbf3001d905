//! Effects that reach those around.

use serde::Deserialize;
use wayfarer_core::content::{LinkCtx, Ref};

use super::{Amount, EffectDef};
use crate::tags::TagQuery;

/// Gives another effect to those around the bearer, for as long as they are there.
///
/// Who is around is the game's to say
/// ([`AuraMembers`](crate::effects::AuraMembers)); by default everybody with a position within the
/// radius.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct AuraDef {
    /// What they get. It ends when they leave, whatever it says about its own time.
    pub effect: Ref<EffectDef>,
    /// How far it reaches, in the game's units of length.
    pub radius: Amount,
    /// Only those with these tags.
    #[serde(default)]
    pub to: TagQuery,
    /// Whether the bearer gets it too.
    #[serde(default)]
    pub bearer: bool,
}

impl AuraDef {
    pub(super) fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        self.radius.link(ctx, false);
        self.to.link(ctx);
    }
}
