//! Ending effects, and suppressing them.

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use super::{
    active::{ActiveEffect, ActiveEffects, EffectOp, effects_of},
    apply::look_up,
    definition::EffectDef,
    facts::{EffectEnded, EffectSuppressed, EndReason},
    modifiers,
    queue::EffectQueue,
    refresh,
    rules::suppression::hindered,
    steps,
};
use crate::{refusals::NO_SUCH_EFFECT, tags::TagIndex};

/// Ends an effect, with everything that hangs on it.
///
/// # Errors
/// `no_such_effect` when the character does not have it; `not_found`.
pub fn remove_effect(txn: &mut Txn<'_>, bearer: Entity, effect: Uid) -> Result<(), Refusal> {
    remove_effect_because(txn, bearer, effect, EndReason::Removed)
}

/// Ends every effect with a tag, or one beneath it. Returns how many there were.
///
/// # Errors
/// `not_found`.
pub fn remove_tagged(txn: &mut Txn<'_>, bearer: Entity, tag: DefId) -> Result<u32, Refusal> {
    remove_where(txn, bearer, EndReason::Removed, |index, def| {
        def.tags.iter().any(|own| index.is_under(own.id(), tag))
    })
}

/// Ends every effect of a definition. Returns how many there were.
///
/// # Errors
/// `not_found`.
pub fn remove_all(txn: &mut Txn<'_>, bearer: Entity, def: DefId) -> Result<u32, Refusal> {
    let effects = effects_of(txn, bearer)?;
    let own: Vec<Uid> = effects.of(def).map(|effect| effect.uid).collect();
    end_all(txn, bearer, &own, EndReason::Removed)
}

/// Takes one stack from an effect of a definition; the last one ends it. `false` if there was none.
///
/// # Errors
/// `not_found`.
pub fn reduce_effect(txn: &mut Txn<'_>, bearer: Entity, def: DefId) -> Result<bool, Refusal> {
    let effects = effects_of(txn, bearer)?;
    let Some(effect) = effects.of(def).next().cloned() else {
        return Ok(false);
    };
    if effect.stacks <= 1 {
        return remove_effect(txn, bearer, effect.uid).map(|()| true);
    }
    let less = ActiveEffect {
        stacks: effect.stacks - 1,
        ..effect
    };
    txn.op::<ActiveEffects>(bearer, EffectOp::Put(Box::new(less.clone())))?;
    if let Ok((_, compiled)) = look_up(&txn.content(), less.def) {
        modifiers::write(txn, bearer, compiled, &less)?;
    }
    Ok(true)
}

pub(super) fn remove_where(
    txn: &mut Txn<'_>,
    bearer: Entity,
    why: EndReason,
    which: impl Fn(&TagIndex, &EffectDef) -> bool,
) -> Result<u32, Refusal> {
    let content = txn.content();
    let empty = TagIndex::default();
    let index = content.derived::<TagIndex>().unwrap_or(&empty);
    let effects = effects_of(txn, bearer)?;
    let definitions = refresh::definitions(&content, effects);
    let found: Vec<Uid> = effects
        .iter()
        .zip(definitions)
        .filter(|(_, def)| def.is_some_and(|def| which(index, def)))
        .map(|(effect, _)| effect.uid)
        .collect();
    end_all(txn, bearer, &found, why)
}

/// Ends those of the effects that are still there.
fn end_all(
    txn: &mut Txn<'_>,
    bearer: Entity,
    effects: &[Uid],
    why: EndReason,
) -> Result<u32, Refusal> {
    let mut count = 0;
    for &uid in effects {
        // One may have ended with another.
        if effects_of(txn, bearer)?.get(uid).is_some() {
            remove_effect_because(txn, bearer, uid, why)?;
            count += 1;
        }
    }
    Ok(count)
}

pub(super) fn remove_effect_because(
    txn: &mut Txn<'_>,
    bearer: Entity,
    uid: Uid,
    why: EndReason,
) -> Result<(), Refusal> {
    let effects = effects_of(txn, bearer)?;
    let Some(effect) = effects.get(uid).cloned() else {
        return Err(Refusal::new(NO_SUCH_EFFECT).with("effect", uid.to_string()));
    };
    txn.op::<ActiveEffects>(bearer, EffectOp::Take(uid))?;
    modifiers::clear(txn, bearer, &effect)?;
    end_children(txn, bearer, uid)?;
    let content = txn.content();
    if let Ok((def, compiled)) = look_up(&content, effect.def) {
        // What could refuse its own end could never be got rid of.
        if !def.on_end.is_empty()
            && !effect.suppressed
            && let Err(refusal) =
                txn.attempt(|txn| steps::run(txn, bearer, &effect, &compiled.on_end))
        {
            tracing::debug!("{} ends without its last steps: {refusal}", def.name);
        }
        // Whoever neither granted nor hindered anything leaves everything as it is.
        if !(def.grants.is_empty() && def.immune.is_empty() && def.suppresses.is_empty()) {
            reconsider(txn, bearer)?;
        }
    }
    txn.emit(EffectEnded {
        entity: bearer,
        effect: uid,
        def: effect.def,
        why,
    });
    Ok(())
}

/// Ends what hangs on an effect, on the bearer and on others.
pub(super) fn end_children(txn: &mut Txn<'_>, bearer: Entity, parent: Uid) -> Result<(), Refusal> {
    let mut children: Vec<(Entity, Uid)> = Vec::new();
    if let Some(effects) = txn.get::<ActiveEffects>(bearer) {
        let own = effects
            .iter()
            .filter(|effect| effect.parent == Some(parent));
        children.extend(own.map(|effect| (bearer, effect.uid)));
    }
    if let Some(queue) = txn.world().get_resource::<EffectQueue>()
        && let Some(known) = queue.children.get(&parent)
    {
        children.extend(known.iter().filter(|(entity, _)| *entity != bearer));
    }
    children.sort_unstable_by_key(|(_, uid)| *uid);
    for (entity, uid) in children {
        let there = txn
            .get::<ActiveEffects>(entity)
            .is_some_and(|effects| effects.get(uid).is_some());
        if there {
            remove_effect_because(txn, entity, uid, EndReason::Parent)?;
        }
    }
    Ok(())
}

/// Decides again which effects of a character do nothing for now.
pub(super) fn reconsider(txn: &mut Txn<'_>, bearer: Entity) -> Result<(), Refusal> {
    let content = txn.content();
    let Some(index) = content.derived::<TagIndex>() else {
        return Ok(());
    };
    let effects = effects_of(txn, bearer)?;
    let definitions = refresh::definitions(&content, effects);
    let nature = refresh::nature(txn.world(), &content, bearer);
    let (found, _) = hindered(&definitions, &nature, index);
    let flipped: Vec<ActiveEffect> = effects
        .iter()
        .zip(found)
        .filter(|(effect, hindrance)| effect.suppressed != hindrance.is_some())
        .map(|(effect, hindrance)| ActiveEffect {
            suppressed: hindrance.is_some(),
            ..effect.clone()
        })
        .collect();
    for effect in flipped {
        txn.op::<ActiveEffects>(bearer, EffectOp::Put(Box::new(effect.clone())))?;
        if let Ok((_, compiled)) = look_up(&content, effect.def) {
            modifiers::write(txn, bearer, compiled, &effect)?;
        }
        txn.emit(EffectSuppressed {
            entity: bearer,
            effect: effect.uid,
            def: effect.def,
            suppressed: effect.suppressed,
        });
    }
    Ok(())
}
