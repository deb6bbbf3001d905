//! What to repair first.

use std::collections::BTreeSet;

use wayfarer_core::id::Uid;
use wayfarer_inventory::view::View;

use super::{
    RepairItem,
    plan::{RepairPlan, plan_repair},
};
use crate::{content::ConditionDef, ext::Durability};

/// One repair that is worth thinking of.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// How it would be done, as far as one repair goes.
    pub plan: RepairPlan,
    /// How urgent it is, 0 the most urgent; `None` when it is not.
    pub rank: Option<usize>,
    /// The name of the urgency; empty when it is not urgent.
    pub urgency: String,
    /// Percent restored for each coin, as they would come on average.
    pub effect: f64,
    /// Whether it still fits into the budget after those above it.
    pub within: bool,
}

/// Everything that is damaged, the most urgent first, among equals the most effect for the money.
/// `budget` is in the smallest coin; without one everything is within it. What does not fit stays
/// in the list, marked, and leaves its share to what comes after it. Things in `extras` are planned
/// with what may be used on top, if there is such a thing for them.
pub fn recommend(
    view: &View<'_>,
    station: Option<Uid>,
    budget: Option<u64>,
    extras: &BTreeSet<Uid>,
) -> Vec<Recommendation> {
    let rules = ConditionDef::in_force(view.content);
    let mut all: Vec<Recommendation> = Vec::new();
    for item in view.inventory.iter() {
        let order = |extras| RepairItem {
            item: item.uid,
            station,
            points: None,
            extras,
        };
        let finer = extras.contains(&item.uid);
        let finer = finer
            .then(|| plan_repair(view, &order(true)).ok())
            .flatten();
        let plan = finer.map_or_else(|| plan_repair(view, &order(false)), Ok);
        let Ok(plan) = plan else {
            continue;
        };
        let percent = Durability::of(item).percent();
        let urgency = rules.and_then(|rules| rules.urgency(percent));
        let gained = f64::from(plan.after.left - plan.before.left) / 1000.0;
        let part = f64::from(plan.after_failure.left - plan.before.left) / 1000.0;
        let chance = f64::from(plan.odds.chance());
        let failed = 1.0 - chance - f64::from(plan.odds.botch());
        let effect = gained * chance + part * failed.max(0.0);
        all.push(Recommendation {
            rank: urgency.map(|(rank, _)| rank),
            urgency: urgency.map_or_else(String::new, |(_, step)| step.name.clone()),
            effect: effect / plan.price().max(1) as f64,
            within: false,
            plan,
        });
    }
    all.sort_by(|a, b| {
        let rank = |one: &Recommendation| one.rank.unwrap_or(usize::MAX);
        rank(a)
            .cmp(&rank(b))
            .then(b.effect.total_cmp(&a.effect))
            .then(a.plan.item.cmp(&b.plan.item))
    });
    let mut left = budget.unwrap_or(u64::MAX);
    for one in &mut all {
        let price = one.plan.price();
        one.within = price <= left;
        if one.within {
            left -= price;
        }
    }
    all
}
