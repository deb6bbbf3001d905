//! From the world to plain data: what somebody has against a blow.

use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    id::DefId,
    refusal::Refusal,
};

use super::{
    healing::{HealingDefences, resolve_healing, resolve_temporary},
    index::{DamageIndex, RulesEntry, TypeEntry},
    model::{Defences, Pool, Reason, ReasonSource, TypeDefences},
    outcome::{DamageOutcome, HealingOutcome},
    resolve::resolve,
};
use crate::{
    api,
    effects::tags_now,
    id::StatId,
    inputs::StatInputs,
    layout::Slot,
    refusals::{DAMAGE_NOT_CONFIGURED, NOT_CONFIGURED, UNKNOWN_DAMAGE_TYPE},
    rules::resource::Now,
    tags::Tags,
    values::StatValues,
};

/// What a blow of these types and amounts would do to somebody now. Nothing is touched.
///
/// It works wherever the target's stats are known: on the host, and for its owner on a client.
///
/// # Errors
/// `damage_not_configured`; `unknown_damage_type` (`type`); `invalid_amount` unless all amounts are
/// finite and not negative; `stat_definition_not_configured` when the target lacks the resource;
/// `not_found` when it has no stats.
pub fn preview(
    world: &World,
    target: Entity,
    blow: &[(DefId, f32)],
) -> Result<DamageOutcome, Refusal> {
    let content = content(world)?;
    let (index, rules) = rules(&content)?;
    for &(id, amount) in blow {
        check_amount(amount)?;
        if !index.has_type(id) {
            let refusal = Refusal::new(UNKNOWN_DAMAGE_TYPE);
            return Err(match content.name_of(id) {
                Some(name) => refusal.with("type", name),
                None => refusal.with("type", id),
            });
        }
    }
    let defences = with_target(world, target, |target| {
        Ok(Defences {
            types: blow
                .iter()
                .filter_map(|part| Some(target.against(part.0, index.get(part.0)?)))
                .collect(),
            temporary: rules.temporary.as_ref().and_then(|of| target.pool(of)),
            resource: target.need_pool(&rules.resource)?,
        })
    })?;
    Ok(resolve(blow, &defences, &rules.rules))
}

/// What healing by an amount would do to somebody now. Nothing is touched.
///
/// # Errors
/// As [`preview`].
pub fn preview_healing(
    world: &World,
    target: Entity,
    amount: f32,
) -> Result<HealingOutcome, Refusal> {
    let content = content(world)?;
    let (_, rules) = rules(&content)?;
    check_amount(amount)?;
    let defences = with_target(world, target, |target| {
        Ok(HealingDefences {
            blocked: target.tagged(&rules.healing_blocked),
            shares: target.numbers(rules.healing_share.as_slice()),
            pool: target.need_pool(&rules.resource)?,
        })
    })?;
    Ok(resolve_healing(amount, &defences, &rules.rules))
}

/// What temporary points of an amount would do for somebody now. Nothing is touched.
///
/// # Errors
/// As [`preview`]; `damage_not_configured` also when the rules know no temporary points.
pub fn preview_temporary(
    world: &World,
    target: Entity,
    amount: f32,
) -> Result<HealingOutcome, Refusal> {
    let content = content(world)?;
    let (_, rules) = rules(&content)?;
    check_amount(amount)?;
    let none = || Refusal::new(DAMAGE_NOT_CONFIGURED);
    let temporary = rules.temporary.as_ref().ok_or_else(none)?;
    let pool = with_target(world, target, |target| target.need_pool(temporary))?;
    Ok(resolve_temporary(amount, &pool, &rules.rules))
}

fn content(world: &World) -> Result<Arc<Content>, Refusal> {
    let active = world.get_resource::<ActiveContent>();
    let active = active.ok_or_else(|| Refusal::new(DAMAGE_NOT_CONFIGURED))?;
    Ok(Arc::clone(&active.0))
}

fn rules(content: &Content) -> Result<(&DamageIndex, &RulesEntry), Refusal> {
    let index = content.derived::<DamageIndex>();
    index
        .and_then(|index| Some((index, index.entry()?)))
        .ok_or_else(|| Refusal::new(DAMAGE_NOT_CONFIGURED))
}

fn check_amount(amount: f32) -> Result<(), Refusal> {
    if amount.is_finite() && amount >= 0.0 {
        Ok(())
    } else {
        Err(api::invalid(amount))
    }
}

/// Somebody with values that are up to date.
struct Target<'w> {
    inputs: &'w StatInputs,
    values: &'w StatValues,
    tags: Tags,
    now: Now,
}

fn with_target<R>(
    world: &World,
    entity: Entity,
    read: impl FnOnce(&Target<'_>) -> Result<R, Refusal>,
) -> Result<R, Refusal> {
    let no_stats = || Refusal::not_found("stats");
    let inputs = world.get::<StatInputs>(entity).ok_or_else(no_stats)?;
    let answer = api::with_values(world, entity, inputs, |values| {
        Some(read(&Target {
            inputs,
            values,
            // Not the component: an effect of this very transaction may have changed them.
            tags: tags_now(world, entity),
            now: Now::of(world),
        }))
    });
    answer.unwrap_or_else(|| Err(no_stats()))
}

impl Target<'_> {
    fn against(&self, id: DefId, entry: &TypeEntry) -> TypeDefences {
        TypeDefences {
            id,
            name: Arc::clone(&entry.name),
            place: entry.place.clone(),
            immune: self.tagged(&entry.immune),
            reductions: self.numbers(&entry.reductions),
            shares: self.numbers(&entry.shares),
            resist: self.tagged(&entry.resist),
            vulnerable: self.tagged(&entry.vulnerable),
        }
    }

    /// The reasons whose tag is there.
    fn tagged(&self, reasons: &[Reason]) -> Vec<Reason> {
        let tags = &self.tags;
        if tags.is_empty() {
            return Vec::new();
        };
        let has = |reason: &&Reason| match reason.source {
            ReasonSource::Tag(tag) => tags.has(tag),
            _ => false,
        };
        reasons.iter().filter(has).cloned().collect()
    }

    /// The formulas with their numbers.
    fn numbers(&self, reasons: &[Reason]) -> Vec<(Reason, f32)> {
        let number = |reason: &Reason| match &reason.source {
            ReasonSource::Formula(text) => Some((reason.clone(), self.number(text)?)),
            _ => None,
        };
        reasons.iter().filter_map(number).collect()
    }

    fn number(&self, formula: &str) -> Option<f32> {
        let layout = self.values.layout()?;
        let program = layout.shape().condition(formula)?;
        Some(program.value(|slot| {
            let stat = layout.stat(slot).map(Slot::id);
            // Resources as they are now and not as they were settled last.
            stat.and_then(|stat| self.values.current(self.inputs, stat, self.now))
                .unwrap_or(0.0)
        }))
    }

    fn pool(&self, (stat, label): &(StatId, Arc<str>)) -> Option<Pool> {
        let layout = self.values.layout()?;
        let slot = layout.stat(layout.slot(*stat)?)?;
        Some(Pool {
            stat: *stat,
            label: Arc::clone(label),
            have: self.values.current(self.inputs, *stat, self.now)?,
            min: slot.min(),
            max: self.values.resource_max(*stat)?,
        })
    }

    fn need_pool(&self, of: &(StatId, Arc<str>)) -> Result<Pool, Refusal> {
        let label: &str = &of.1;
        self.pool(of)
            .ok_or_else(|| Refusal::new(NOT_CONFIGURED).with("stat", label))
    }
}
