//! The work itself: pays, uses up, throws the die, mends.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    formula::Roller,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{
    currency::{check_pays, pay_whatever_fits},
    history::Note,
    intake::take_out,
    naming::display_name,
    view::View,
    work::{WorkKind, tell_outcome},
};

use super::{
    action::RepairItem,
    plan::{RepairPlan, plan_repair},
};
use crate::{
    content::{Failure, RepairRulesDef},
    durability::{UseOfGear, WearCause, use_gear},
    ext::{Durability, set_ext},
    facts::{DurabilityChanged, RepairEnded},
    maintenance,
    refusals::{PRICE_CHANGED, REPAIR_BOTCHED, REPAIR_DONE, REPAIR_FAILED},
    rules::repair::{RepairOutcome, WHOLE, lost_pieces, share_of},
    total::lay_down,
    wear::finish,
};

/// A repair that is going on.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct Repairing {
    /// The item.
    pub item: Uid,
    /// Where.
    pub station: Option<Uid>,
    /// Percent to restore.
    pub points: Option<u8>,
    /// What was agreed to be paid at most, in the smallest coin.
    pub price: u64,
    /// Whether extras are used.
    pub extras: bool,
}

impl Repairing {
    fn plan(&self, txn: &Txn<'_>, worker: Entity) -> Result<RepairPlan, Refusal> {
        let content = txn.content();
        let view = View::of_txn(txn, &content, worker)?;
        let order = RepairItem {
            item: self.item,
            station: self.station,
            points: self.points,
            extras: self.extras,
        };
        let plan = plan_repair(&view, &order)?;
        if let Some(refusal) = plan.refusal {
            return Err(refusal);
        }
        if plan.price() > self.price {
            return Err(Refusal::new(PRICE_CHANGED).with("now", plan.price() as f32));
        }
        // Whatever comes out can be paid, or failures for which nobody has change would be none.
        let failure = RepairRulesDef::in_force(&content).map(|rules| rules.failure);
        for spared in [None, failure] {
            check_pays(txn, worker, price_of(&plan, spared), plan.keeper)?;
        }
        Ok(plan)
    }
}

impl WorkKind for Repairing {
    const NAME: &'static str = "equipment.repairing";

    fn check(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        self.plan(txn, worker).map(drop)
    }

    fn finish(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        let plan = self.plan(txn, worker)?;
        let content = txn.content();
        let failure = RepairRulesDef::in_force(&content).map(|rules| rules.failure);
        let mut dice = txn.dice("equipment.repair");
        let outcome = plan.odds.outcome(dice.die(WHOLE));
        txn.keep_rolls(&dice);
        let (after, note, line) = match outcome {
            RepairOutcome::Done => (plan.after, REPAIR_DONE, maintenance::REPAIRED),
            RepairOutcome::Failed => (
                plan.after_failure,
                REPAIR_FAILED,
                maintenance::REPAIR_FAILED,
            ),
            RepairOutcome::Botched => (
                plan.after_botch,
                REPAIR_BOTCHED,
                maintenance::REPAIR_BOTCHED,
            ),
        };
        // Only what merely failed leaves something of money and materials.
        let spared = failure.filter(|_| outcome == RepairOutcome::Failed);
        let price = charge(txn, worker, &plan, spared)?;
        let used = use_up(txn, worker, &plan, spared)?;
        if let Some((_, Some(tool))) = &plan.tool {
            use_gear(txn, worker, *tool, &UseOfGear::default())?;
        }
        mend(txn, worker, &plan, after)?;
        let line = Note::new(line)
            .done(outcome == RepairOutcome::Done)
            .left(plan.before.left, after.left)
            .cost(price)
            .materials(used);
        maintenance::note(txn, worker, self.item, line)?;
        let view = View::of_txn(txn, &content, worker)?;
        let item = view.item(self.item)?;
        let (def, name) = (item.def, display_name(view.world, item));
        txn.emit(RepairEnded {
            entity: worker,
            item: self.item,
            def,
            outcome,
            before: plan.before.left,
            after: after.left,
            price,
        });
        let note = Refusal::new(note)
            .with("item", name)
            .with("left", after.percent());
        tell_outcome(txn, worker, note)
    }
}

/// What is to be paid: all of it, or a share.
fn price_of(plan: &RepairPlan, spared: Option<Failure>) -> u64 {
    spared.map_or(plan.price(), |failure| share_of(plan.price(), failure.cost))
}

/// Pays what is to be paid. Returns how much.
fn charge(
    txn: &mut Txn<'_>,
    worker: Entity,
    plan: &RepairPlan,
    spared: Option<Failure>,
) -> Result<u64, Refusal> {
    let price = price_of(plan, spared);
    pay_whatever_fits(txn, worker, price, plan.keeper)?;
    Ok(price)
}

/// Uses up what is to be used up, and says what that was.
fn use_up(
    txn: &mut Txn<'_>,
    worker: Entity,
    plan: &RepairPlan,
    spared: Option<Failure>,
) -> Result<Vec<(DefId, u32)>, Refusal> {
    let mut used = Vec::new();
    let needs = plan.materials.iter().map(|line| line.need);
    let mut left: Vec<u32> = match spared {
        Some(failure) => needs.map(|n| lost_pieces(n, failure.materials)).collect(),
        None => needs.collect(),
    };
    for &(uid, count, need) in &plan.taken {
        let Some(left) = left.get_mut(need) else {
            continue;
        };
        let count = count.min(*left);
        *left -= count;
        if count > 0 {
            let gone = take_out(txn, worker, uid, count)?;
            txn.record(MovementKind::Consumed, gone.uid, gone.def, gone.count);
            used.push((gone.def, gone.count));
        }
    }
    Ok(used)
}

fn mend(
    txn: &mut Txn<'_>,
    worker: Entity,
    plan: &RepairPlan,
    after: Durability,
) -> Result<(), Refusal> {
    let content = txn.content();
    let def = View::of_txn(txn, &content, worker)?.item(plan.item)?.def;
    if after == plan.before {
        return Ok(());
    }
    set_ext(txn, worker, plan.item, after.carried().as_ref())?;
    txn.emit(DurabilityChanged {
        entity: worker,
        item: plan.item,
        def,
        before: plan.before.left,
        after: after.left,
        cause: WearCause::Repair,
    });
    lay_down(txn, worker, &[plan.item])?;
    finish(txn, worker)
}
