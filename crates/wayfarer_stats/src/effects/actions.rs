//! What can be asked for.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::Role,
    character::Character,
    content::{ActiveContent, Ref},
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use super::{
    active::effects_of,
    apply::{apply_effect, look_up},
    definition::{EffectDef, RestKind},
    remove::{remove_effect, remove_tagged},
    spec::{Applied, EffectSpec},
    turns,
};
use crate::{
    content::SheetDef,
    inputs::StatInputs,
    refusals::{NO_SUCH_EFFECT, NOT_DISMISSABLE, NOT_OFFERED},
};

/// Applies an effect to a character. Answers with what has become of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApplyEffect {
    /// The character.
    pub target: Uid,
    /// The definition (kind `effects`).
    pub effect: DefId,
    /// Who is to have caused it.
    pub source: Option<Uid>,
    /// How strong it is.
    pub level: f32,
    /// Numbers for its formulas.
    pub numbers: Vec<(String, f32)>,
}

impl Action for ApplyEffect {
    const NAME: &'static str = "effects.apply";
    type Receipt = Applied;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Applied, Refusal> {
        let target = txn.entity(self.target)?;
        if let Some(source) = self.source {
            txn.entity(source)?;
        }
        let spec = EffectSpec {
            source: self.source,
            level: self.level,
            numbers: self.numbers.clone(),
            ..EffectSpec::new(self.effect)
        };
        apply_effect(txn, target, &spec)
    }
}

/// Ends effects of a character. Answers with how many ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoveEffect {
    /// The character.
    pub target: Uid,
    /// Which.
    pub which: WhichEffects,
}

/// Which effects are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhichEffects {
    /// This one.
    One(Uid),
    /// All with this tag, or one beneath it (kind `tags`).
    Tagged(DefId),
}

impl Action for RemoveEffect {
    const NAME: &'static str = "effects.remove";
    type Receipt = u32;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u32, Refusal> {
        let target = txn.entity(self.target)?;
        match self.which {
            WhichEffects::One(effect) => remove_effect(txn, target, effect).map(|()| 1),
            WhichEffects::Tagged(tag) => remove_tagged(txn, target, tag),
        }
    }
}

/// Ends an effect of one's own character, if its definition allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DismissEffect {
    /// The effect.
    pub effect: Uid,
}

impl Action for DismissEffect {
    const NAME: &'static str = "effects.dismiss";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let actor = txn.actor()?;
        let content = txn.content();
        let effects = effects_of(txn, actor)?;
        let effect = effects
            .get(self.effect)
            .ok_or_else(|| Refusal::new(NO_SUCH_EFFECT).with("effect", self.effect.to_string()))?;
        let (def, _) = look_up(&content, effect.def)?;
        if !def.dismissable {
            return Err(Refusal::new(NOT_DISMISSABLE).with("effect", def.name.clone()));
        }
        remove_effect(txn, actor, self.effect)
    }
}

/// Takes what a thing or a character within reach offers: a shrine's blessing, a drink from a
/// well. Its sheet says what it `offers`; the effect is caused by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptEffect {
    /// Who offers.
    pub from: Uid,
    /// The definition (kind `effects`).
    pub effect: DefId,
}

impl Action for AcceptEffect {
    const NAME: &'static str = "effects.accept";
    type Receipt = Applied;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Applied, Refusal> {
        let actor = txn.actor()?;
        let from = txn.entity(self.from)?;
        txn.check_reach(from)?;
        if !offers(txn.world(), from).contains(&self.effect) {
            let content = txn.content();
            let def = content.table::<EffectDef>().get(self.effect);
            let name = def.map_or_else(|| self.effect.to_string(), |def| def.name.clone());
            return Err(Refusal::new(NOT_OFFERED).with("effect", name));
        }
        let spec = EffectSpec::new(self.effect).by(self.from);
        apply_effect(txn, actor, &spec)
    }
}

/// What a thing or a character offers to whoever is near, by its sheet.
pub fn offers(world: &World, entity: Entity) -> Vec<DefId> {
    let inputs = world.get::<StatInputs>(entity);
    let content = world.get_resource::<ActiveContent>();
    // A client knows the sheets of others by the names of their characters.
    let template = inputs.and_then(StatInputs::template);
    let template = template.or_else(|| Some(world.get::<Character>(entity)?.def()));
    let sheet = content
        .zip(template)
        .and_then(|(content, sheet)| content.0.table::<SheetDef>().get(sheet));
    sheet.map_or_else(Vec::new, |sheet| sheet.offers.iter().map(Ref::id).collect())
}

/// Ends a turn of a character, in games that are played in turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndTurn {
    /// The character.
    pub target: Uid,
}

impl Action for EndTurn {
    const NAME: &'static str = "effects.end_turn";
    type Receipt = ();
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let target = txn.entity(self.target)?;
        turns::end_turn(txn, target)
    }
}

/// A character has rested. Answers with how many effects ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// The character.
    pub target: Uid,
    /// How long.
    pub kind: RestKind,
}

impl Action for Rest {
    const NAME: &'static str = "effects.rest";
    type Receipt = u32;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u32, Refusal> {
        let target = txn.entity(self.target)?;
        turns::rest(txn, target, self.kind)
    }
}
