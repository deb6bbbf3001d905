//! Taking an enchantment off without harm.

use bevy::prelude::*;
use wayfarer_core::{refusal::Refusal, txn::Txn};
use wayfarer_inventory::{
    constraint::{Planned, Purpose, check_constraints},
    facts::ItemsChanged,
    history::Note,
    view::View,
};

use super::{
    RemoveEnchantment, Subject, check_present, check_skill, cost, lay::fee, now, station_for,
};
use crate::{
    ext::{Enchants, set_ext},
    facts::EnchantmentEnded,
    maintenance,
    total::refresh,
};

/// What taking an enchantment off costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RemovePlan {
    /// In the smallest coin.
    pub price: u64,
    /// In seconds.
    pub seconds: f32,
}

/// Plans it.
///
/// # Errors
/// `feature_disabled`, `unknown_enchantment`, `not_found`, `template_unavailable`, `unidentified`,
/// `not_enchanted`, `station_missing`, `out_of_reach`, `enchant_skill`, what constraints say,
/// `insufficient_funds`.
pub fn plan_remove(view: &View<'_>, action: &RemoveEnchantment) -> Result<RemovePlan, Refusal> {
    let subject = Subject::of(view, action.enchantment)?;
    let rules = &subject.rules.lift;
    let item = view.item(action.item)?;
    view.def(item)?;
    check_present(view, item, &subject)?;
    let station = station_for(view, rules.station.as_deref(), action.station)?;
    let skill = subject.keeper_skill(station.as_ref());
    check_skill(
        rules.min_skill,
        skill.unwrap_or_else(|| subject.own_skill(view)),
    )?;
    let planned = Planned {
        item,
        count: item.count,
        purpose: Purpose::Enchant,
        to: item.place.slot().map(|_| item.place),
    };
    check_constraints(view, &planned)?;
    let all = Enchants::of(item, now(view.world));
    let one = all.0.iter().find(|one| one.def == action.enchantment);
    let power = one.map_or(0, |one| one.power);
    let efficiency = station
        .as_ref()
        .map_or(1.0, |station| station.def.efficiency);
    let cost = rules
        .cost
        .eval(&[subject.def.cost, power.into(), efficiency]);
    let work = cost::coins(cost);
    let price = work.saturating_add(fee(station.as_ref(), work));
    cost::check_funds(view, price)?;
    Ok(RemovePlan {
        price,
        seconds: rules.seconds,
    })
}

/// Pays and takes it off: the oldest, if it is there several times.
pub(super) fn finish(
    txn: &mut Txn<'_>,
    entity: Entity,
    action: &RemoveEnchantment,
) -> Result<(), Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, entity)?;
    let plan = plan_remove(&view, action)?;
    let mut all = Enchants::of(view.item(action.item)?, txn.tick());
    if let Some(at) = all.0.iter().position(|one| one.def == action.enchantment) {
        all.0.remove(at);
    }
    set_ext(txn, entity, action.item, all.carried().as_ref())?;
    cost::pay_up(txn, entity, plan.price)?;
    let line = Note::new(maintenance::LIFTED)
        .cost(plan.price)
        .about(action.enchantment);
    maintenance::note(txn, entity, action.item, line)?;
    refresh(txn, entity, action.item)?;
    txn.emit(EnchantmentEnded {
        entity,
        item: action.item,
        enchantment: action.enchantment,
    });
    txn.emit(ItemsChanged { entity });
    Ok(())
}
