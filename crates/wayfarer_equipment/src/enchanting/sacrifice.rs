//! Taking an enchanted thing apart to learn from it.

use bevy::prelude::*;
use wayfarer_core::{
    content::{Content, Ref},
    dice::DiceStream,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::{Code, Refusal},
    txn::Txn,
};
use wayfarer_inventory::{
    Inventory,
    actions::remove,
    constraint::{Planned, Purpose, check_constraints},
    history::Note,
    refusals::NOT_EMPTY,
    view::View,
    work::tell_outcome,
};
use wayfarer_stats::effects::{EffectSpec, apply_effect};

use super::{
    DisenchantItem, EnchantLore, Subject, check_present, check_skill, quality_place, station_for,
};
use crate::{
    facts::Disenchanted,
    maintenance,
    rules::{
        applying::success_parts,
        outcome::{self, Edges, Odds, Outcome, WHOLE},
    },
};
use wayfarer_core::formula::Roller;

/// What a sacrifice may lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct SacrificePlan {
    /// The odds of each outcome.
    pub odds: Odds,
    /// How long it takes, in seconds.
    pub seconds: f32,
    /// What is gained in any case.
    pub xp: u32,
    /// What is gained when it is learned.
    pub xp_learned: u32,
    /// Whether it is known already: then there is nothing to learn, and the thing is at risk all
    /// the same.
    pub known: bool,
    /// How much of it is understood, in percent.
    pub progress: u8,
    /// What partial learning adds to that.
    pub half: u8,
    /// The chance that a disaster destroys something else, 0 to 1.
    pub ruins_other: f32,
}

fn lore(view: &View<'_>) -> EnchantLore {
    view.world
        .get::<EnchantLore>(view.entity)
        .cloned()
        .unwrap_or_default()
}

/// Plans it: whether it may be done, and what may come of it.
///
/// # Errors
/// `feature_disabled`, `unknown_enchantment`, `not_found`, `worn`, `template_unavailable`,
/// `not_empty`, `unidentified`, `not_enchanted`, `enchant_skill`, `station_missing`,
/// `out_of_reach`, and what constraints say.
pub fn plan_sacrifice(view: &View<'_>, action: &DisenchantItem) -> Result<SacrificePlan, Refusal> {
    let subject = Subject::of(view, action.enchantment)?;
    let rules = &subject.rules.learn;
    let item = view.loose_item(action.item)?;
    view.def(item)?;
    // Or it would stay whenever it should go.
    if view.inventory.is_filled(item.uid) {
        return Err(NOT_EMPTY.into());
    }
    check_present(view, item, &subject)?;
    let skill = subject.own_skill(view);
    check_skill(rules.min_skill, skill)?;
    station_for(view, rules.station.as_deref(), action.station)?;
    let planned = Planned {
        item,
        count: 1,
        purpose: Purpose::Sacrifice,
        to: None,
    };
    check_constraints(view, &planned)?;

    let lore = lore(view);
    let learned = lore.of(action.enchantment);
    let grade = subject.grade;
    let chance = rules.chance.eval(&[
        grade,
        skill,
        quality_place(view.content, item),
        lore.taken_apart as f32,
        lore.of_school(&subject.def.school) as f32,
        f32::from(learned.progress) / 100.0,
        lore.xp as f32,
    ]);
    let edges = Edges {
        partial: rules.partial.eval(&[grade, skill]),
        safe: rules.safe.eval(&[grade, skill]),
        destroyed: rules.destroyed.eval(&[grade, skill]),
    };
    let xp = rules.xp.eval(&[grade]).max(0.0);
    Ok(SacrificePlan {
        odds: outcome::sacrifice_odds(chance.min(rules.most), edges, rules.least_critical),
        seconds: rules.seconds,
        xp: xp.round() as u32,
        xp_learned: (xp * rules.xp_learned).round() as u32,
        known: learned.progress >= 100,
        progress: learned.progress,
        half: (rules.half * 100.0).round() as u8,
        ruins_other: rules.ruins_other.eval(&[grade]).clamp(0.0, 1.0),
    })
}

/// Throws the die, and lets come what comes.
pub(super) fn finish(
    txn: &mut Txn<'_>,
    entity: Entity,
    action: &DisenchantItem,
) -> Result<(), Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, entity)?;
    let plan = plan_sacrifice(&view, action)?;
    let def = view.loose_item(action.item)?.def;
    let subject = Subject::of(&view, action.enchantment)?;
    let (name, school) = (subject.name(), subject.def.school.to_string());
    let backlash: Vec<DefId> = subject.rules.learn.backlash.iter().map(Ref::id).collect();

    let mut dice = txn.dice("enchant.sacrifice");
    let outcome = plan.odds.decide(dice.die(WHOLE));
    let before = txn.get::<EnchantLore>(entity).cloned().unwrap_or_default();
    let (after, xp) = learn(before, action.enchantment, &school, outcome, &plan);
    let learned = !plan.known && after.knows(action.enchantment);
    let progress = after.of(action.enchantment).progress;
    txn.ensure::<EnchantLore>(entity)?;
    txn.set(entity, after)?;
    let line = match outcome.consumes() {
        true => maintenance::TAKEN_APART,
        false => maintenance::NOT_TAKEN_APART,
    };
    let line = Note::new(line).done(learned).about(action.enchantment);
    maintenance::note(txn, entity, action.item, line)?;
    if outcome.consumes() {
        let kind = match outcome {
            Outcome::Learned | Outcome::Partial => MovementKind::Consumed,
            _ => MovementKind::Destroyed,
        };
        remove(txn, entity, kind, action.item, 1)?;
    }
    if outcome == Outcome::Critical {
        for effect in backlash {
            // Who is immune to it got off lightly.
            let _ = txn.attempt(|txn| apply_effect(txn, entity, &EffectSpec::new(effect)));
        }
        ruin_other(txn, &content, entity, &plan, &mut dice)?;
    }
    txn.keep_rolls(&dice);
    txn.emit(Disenchanted {
        entity,
        item: action.item,
        def,
        enchantment: action.enchantment,
        outcome,
        learned,
        xp,
    });
    let code = match outcome {
        _ if learned => "sacrifice_learned",
        Outcome::Learned => "sacrifice_known",
        Outcome::Partial if plan.known => "sacrifice_known",
        Outcome::Partial => "sacrifice_partial",
        Outcome::Safe => "sacrifice_safe",
        Outcome::Destroyed => "sacrifice_destroyed",
        Outcome::Critical => "sacrifice_critical",
    };
    let note = Refusal::new(Code::new(code))
        .with("enchantment", name)
        .with("progress", u32::from(progress));
    tell_outcome(txn, entity, note)
}

/// What somebody knows afterwards, and what they gained.
fn learn(
    mut lore: EnchantLore,
    enchantment: DefId,
    school: &str,
    outcome: Outcome,
    plan: &SacrificePlan,
) -> (EnchantLore, u32) {
    let gains = match outcome {
        Outcome::Learned => 100,
        Outcome::Partial => plan.half,
        _ => 0,
    };
    if gains > 0 {
        let entry = lore.known.entry(enchantment).or_default();
        entry.progress = entry.progress.saturating_add(gains).min(100);
    }
    let learned = !plan.known && lore.knows(enchantment);
    let xp = if learned { plan.xp_learned } else { plan.xp };
    lore.xp = lore.xp.saturating_add(xp.into());
    if outcome.consumes() {
        lore.taken_apart = lore.taken_apart.saturating_add(1);
        let of_school = lore.schools.entry(school.to_owned()).or_default();
        *of_school = of_school.saturating_add(1);
    }
    (lore, xp)
}

/// A disaster may take one more thing along: any loose one that may be destroyed and holds nothing.
fn ruin_other(
    txn: &mut Txn<'_>,
    content: &Content,
    entity: Entity,
    plan: &SacrificePlan,
    dice: &mut DiceStream,
) -> Result<(), Refusal> {
    let parts = success_parts(plan.ruins_other, 0.0, 1.0);
    if parts == 0 || dice.die(WHOLE) > parts {
        return Ok(());
    }
    let view = View::of_txn(txn, content, entity)?;
    let holds = |uid: Uid| {
        let mut all = view.inventory.iter();
        all.any(|item| item.place.bag() == Some(uid))
    };
    let mut others: Vec<Uid> = view
        .inventory
        .iter()
        .filter(|item| item.place.slot().is_none() && view.def(item).is_ok())
        .filter(|item| {
            let planned = Planned {
                item,
                count: 1,
                purpose: Purpose::Destroy,
                to: None,
            };
            check_constraints(&view, &planned).is_ok() && !holds(item.uid)
        })
        .map(|item| item.uid)
        .collect();
    others.sort_unstable();
    let Ok(sides) = u32::try_from(others.len()) else {
        return Ok(());
    };
    if sides == 0 {
        return Ok(());
    }
    let chosen = dice.die(sides) as usize;
    if let Some(&other) = others.get(chosen.saturating_sub(1))
        && txn.get::<Inventory>(entity).is_some()
    {
        remove(txn, entity, MovementKind::Destroyed, other, 1)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(known: bool, progress: u8) -> SacrificePlan {
        let edges = Edges {
            partial: 0.15,
            safe: 0.6,
            destroyed: 0.9,
        };
        SacrificePlan {
            odds: outcome::sacrifice_odds(0.5, edges, 0.01),
            seconds: 0.0,
            xp: 25,
            xp_learned: 50,
            known,
            progress,
            half: 50,
            ruins_other: 0.0,
        }
    }

    #[test]
    fn two_halves_are_a_whole() {
        let what = DefId(7);
        let (half, xp) = learn(
            EnchantLore::default(),
            what,
            "fire",
            Outcome::Partial,
            &plan(false, 0),
        );
        assert!(!half.knows(what));
        assert_eq!((half.of(what).progress, xp, half.taken_apart), (50, 25, 1));
        let (whole, xp) = learn(half, what, "fire", Outcome::Partial, &plan(false, 50));
        assert!(whole.knows(what));
        assert_eq!((xp, whole.xp, whole.of_school("fire")), (50, 75, 2));
    }

    #[test]
    fn only_what_is_gone_counts() {
        for (outcome, taken, xp) in [
            (Outcome::Learned, 1, 50),
            (Outcome::Partial, 1, 25),
            (Outcome::Safe, 0, 25),
            (Outcome::Destroyed, 1, 25),
            (Outcome::Critical, 1, 25),
        ] {
            let lore = EnchantLore::default();
            let (lore, gained) = learn(lore, DefId(1), "war", outcome, &plan(false, 0));
            assert_eq!((lore.taken_apart, gained), (taken, xp), "{outcome:?}");
        }
        let mut known = EnchantLore::default();
        known.known.insert(
            DefId(1),
            crate::enchanting::Learned {
                progress: 100,
                applied: 9,
            },
        );
        let (lore, xp) = learn(known, DefId(1), "war", Outcome::Learned, &plan(true, 100));
        assert_eq!((xp, lore.of(DefId(1)).applied), (25, 9), "nothing new");
    }
}
