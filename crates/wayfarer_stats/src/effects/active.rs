//! [`ActiveEffects`]: the effects that a character has.

use bevy::{
    ecs::{lifecycle::HookContext, world::DeferredWorld},
    prelude::*,
};
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    aggregate::{Aggregate, OpError},
    authority::Authority,
    id::{DefId, Uid},
    refusal::Refusal,
    replicate_by_ops,
    txn::Txn,
};

use super::queue::EffectQueue;
use crate::{id::StatId, inputs::StatInputs, rows};

/// Most effects that one character can have at a time.
pub const MAX_EFFECTS: usize = 256;
/// The highest level and the highest number that whoever applies an effect can set. Beyond it
/// formulas would run out of numbers, and what should last for ages would be over at once.
pub const MAX_NUMBER: f32 = 1e9;
/// Most numbers that whoever applies an effect can set.
pub const MAX_NUMBERS: usize = 16;

/// When an effect ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Reflect)]
pub enum Until {
    /// At this tick of the rules.
    Tick(u64),
    /// After so many turns of the bearer.
    Turns(u16),
    /// When the bearer has rested, shortly or long.
    ShortRest,
    /// When the bearer has rested long.
    LongRest,
    /// When something ends it.
    Forever,
}

/// One effect on one character. Plain data: stored, saved and sent to the owner as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Reflect)]
pub struct ActiveEffect {
    /// Its own id; the source of the modifiers that it gives.
    pub uid: Uid,
    /// The definition.
    pub def: DefId,
    /// Who caused it.
    pub source: Option<Uid>,
    /// The effect that it ends with, here or on somebody else.
    pub parent: Option<Uid>,
    /// How strong it is; what that means is for its formulas to say.
    pub level: f32,
    /// How often it was stacked, from 1.
    pub stacks: u16,
    /// The tick at which it began.
    pub since: u64,
    /// When it ends.
    pub until: Until,
    /// The tick from which periods are counted.
    pub beat: u64,
    /// Turns of the bearer that have passed since `beat`.
    pub turns: u16,
    /// Stats of the source as they were when it was applied, sorted.
    pub snapshot: Vec<(StatId, f32)>,
    /// Stats of the source as they were last seen, sorted.
    pub live: Vec<(StatId, f32)>,
    /// Numbers set by whoever applied it.
    pub numbers: Vec<(String, f32)>,
    /// It does nothing for now.
    pub suppressed: bool,
}

/// The effects that a character has, sorted by id: the oldest first.
///
/// Changed by [`EffectOp`]s only, saved, and sent to the owner. What others may see is in
/// [`PublicEffects`](super::PublicEffects); the tags that come of it are in
/// [`Tags`](crate::tags::Tags). A character that never had any does not have the component.
#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
#[component(on_insert = inserted, on_discard = replaced)]
pub struct ActiveEffects {
    pub(super) effects: Vec<ActiveEffect>,
    pub(super) revision: u32,
}

impl ActiveEffects {
    /// All effects, the oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, ActiveEffect> {
        self.effects.iter()
    }

    /// The effect with this id.
    pub fn get(&self, uid: Uid) -> Option<&ActiveEffect> {
        let at = self.effects.binary_search_by_key(&uid, |e| e.uid).ok()?;
        self.effects.get(at)
    }

    /// The effects of one definition.
    pub fn of(&self, def: DefId) -> impl Iterator<Item = &ActiveEffect> {
        self.effects.iter().filter(move |effect| effect.def == def)
    }

    /// Number of effects.
    pub fn len(&self) -> usize {
        self.effects.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.effects.is_empty()
    }
}

/// What somebody has who was never given any.
static NONE: ActiveEffects = ActiveEffects {
    effects: Vec::new(),
    revision: 0,
};

/// The effects of a character, who need not have had any.
pub(super) fn effects_in(world: &World, entity: Entity) -> Result<&ActiveEffects, Refusal> {
    let some = world.get::<ActiveEffects>(entity);
    let none = || world.get::<StatInputs>(entity).map(|_| &NONE);
    some.or_else(none)
        .ok_or_else(|| Refusal::not_found("stats"))
}

/// [`effects_in`] a transaction.
pub(super) fn effects_of<'t>(
    txn: &'t Txn<'_>,
    entity: Entity,
) -> Result<&'t ActiveEffects, Refusal> {
    let some = txn.get::<ActiveEffects>(entity);
    let none = || txn.get::<StatInputs>(entity).map(|_| &NONE);
    some.or_else(none)
        .ok_or_else(|| Refusal::not_found("stats"))
}

/// One change of [`ActiveEffects`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EffectOp {
    /// Puts an effect there, in place of one with the same id.
    Put(Box<ActiveEffect>),
    /// Takes an effect away. Nothing happens if it is not there.
    Take(Uid),
}

impl Aggregate for ActiveEffects {
    const NAME: &'static str = "stats.effects";
    type Op = EffectOp;

    fn apply(&mut self, op: &EffectOp) -> Result<EffectOp, OpError> {
        let find = |uid: Uid| self.effects.binary_search_by_key(&uid, |effect| effect.uid);
        match op {
            EffectOp::Put(effect) => {
                if !is_sound(effect) {
                    return Err(OpError("an effect with a number that is none, or too many"));
                }
                match find(effect.uid) {
                    Ok(at) => {
                        let old = std::mem::replace(&mut self.effects[at], (**effect).clone());
                        Ok(EffectOp::Put(Box::new(old)))
                    }
                    Err(_) if self.effects.len() >= MAX_EFFECTS => {
                        Err(OpError("too many effects on one character"))
                    }
                    Err(at) => {
                        self.effects.insert(at, (**effect).clone());
                        Ok(EffectOp::Take(effect.uid))
                    }
                }
            }
            EffectOp::Take(uid) => match find(*uid) {
                Ok(at) => Ok(EffectOp::Put(Box::new(self.effects.remove(at)))),
                Err(_) => Ok(EffectOp::Take(*uid)),
            },
        }
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn set_revision(&mut self, revision: u32) {
        self.revision = revision;
    }
}

replicate_by_ops!(ActiveEffects);

fn is_sound(effect: &ActiveEffect) -> bool {
    let sorted = |rows: &[(StatId, f32)]| rows.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let rows = effect.snapshot.iter().chain(&effect.live);
    let numbers = effect.numbers.iter().map(|(_, number)| *number);
    effect.level.is_finite()
        && effect.stacks > 0
        && effect.numbers.len() <= MAX_NUMBERS
        && sorted(&effect.snapshot)
        && sorted(&effect.live)
        && rows.map(|row| row.1).chain(numbers).all(f32::is_finite)
}

/// The stored form, before anyone has checked it.
#[derive(Deserialize)]
struct Stored {
    effects: Vec<ActiveEffect>,
    revision: u32,
}

impl TryFrom<Stored> for ActiveEffects {
    type Error = &'static str;

    fn try_from(mut stored: Stored) -> Result<Self, Self::Error> {
        for effect in &mut stored.effects {
            rows::sort(&mut effect.snapshot);
            rows::sort(&mut effect.live);
        }
        stored.effects.sort_unstable_by_key(|effect| effect.uid);
        let distinct = stored
            .effects
            .windows(2)
            .all(|pair| pair[0].uid != pair[1].uid);
        if !distinct {
            return Err("an effect that occurs twice");
        }
        if stored.effects.len() > MAX_EFFECTS || !stored.effects.iter().all(is_sound) {
            return Err("an effect with a number that is none, or too many effects");
        }
        Ok(Self {
            effects: stored.effects,
            revision: stored.revision,
        })
    }
}

/// Spawned, loaded, or replaced by a snapshot: what hangs on it has to be found again.
fn inserted(mut world: DeferredWorld, ctx: HookContext) {
    if let Some(mut queue) = world.get_resource_mut::<EffectQueue>() {
        queue.stale.push(ctx.entity);
    }
}

/// About to go, with its bearer: what hangs on its effects ends.
fn replaced(mut world: DeferredWorld, ctx: HookContext) {
    let Some(effects) = world.get::<ActiveEffects>(ctx.entity) else {
        return;
    };
    let hosts = world.get_resource::<Authority>() == Some(&Authority::Host);
    let gone: Vec<Uid> = effects.iter().map(|effect| effect.uid).collect();
    if let Some(mut queue) = world.get_resource_mut::<EffectQueue>() {
        queue.forget(ctx.entity);
        if hosts {
            queue.orphaned.extend(gone);
        }
    }
}
