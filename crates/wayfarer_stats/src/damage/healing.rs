//! Healing and temporary points.

use super::{
    model::{DamageRules, Pool, Reason},
    outcome::HealingOutcome,
    resolve::of_rules,
    step::{DamageCounted, DamageOp, Steps, sane},
};

/// What stands between a target and healing.
#[derive(Clone, Debug, PartialEq)]
pub struct HealingDefences {
    /// Why it cannot be healed.
    pub blocked: Vec<Reason>,
    /// Shares that are taken off; negative for more.
    pub shares: Vec<(Reason, f32)>,
    /// The resource that gains.
    pub pool: Pool,
}

/// What healing by an amount gives.
///
/// An amount that is negative, infinite or no number counts as 0.
pub fn resolve_healing(
    amount: f32,
    defences: &HealingDefences,
    rules: &DamageRules,
) -> HealingOutcome {
    let (mut steps, amount) = begin(amount, rules);
    let mut blocked_by = None;
    for reason in &defences.blocked {
        match &blocked_by {
            None => {
                steps.push(DamageOp::Immune, reason.clone());
                blocked_by = Some(reason.label.clone());
            }
            Some(first) => {
                let why = DamageCounted::LostTo(first.clone());
                steps.skip(DamageOp::Immune, reason.clone(), why);
            }
        }
    }
    for (reason, share) in &defences.shares {
        let op = DamageOp::Share(*share);
        match &blocked_by {
            Some(by) => steps.skip(op, reason.clone(), DamageCounted::Immune(by.clone())),
            None if *share != 0.0 && share.is_finite() => steps.push(op, reason.clone()),
            None => {}
        }
    }
    round(&mut steps, rules);
    let wanted = steps.amount;
    let pool = &defences.pool;
    let left = (pool.have + wanted).min(pool.max).max(pool.have);
    end(steps, amount, wanted, left, pool)
}

/// What giving temporary points gives: those there are stay if they are more, unless the rules add
/// them up.
///
/// An amount that is negative, infinite or no number counts as 0.
pub fn resolve_temporary(amount: f32, pool: &Pool, rules: &DamageRules) -> HealingOutcome {
    let (mut steps, amount) = begin(amount, rules);
    round(&mut steps, rules);
    let given = steps.amount;
    let have = pool.above();
    let wanted = if rules.temporary_stacks {
        pool.have + given
    } else {
        if have > 0.0 {
            steps.push(DamageOp::Reduce(have), pool.reason());
        }
        pool.have.max(pool.min + given)
    };
    let left = wanted.min(pool.max).max(pool.have);
    let wanted = steps.amount;
    end(steps, amount, wanted, left, pool)
}

fn begin(amount: f32, rules: &DamageRules) -> (Steps, f32) {
    let amount = if amount.is_finite() {
        sane(amount)
    } else {
        0.0
    };
    let mut steps = Steps::default();
    steps.push(DamageOp::Incoming(amount), of_rules("Given", rules));
    (steps, amount)
}

fn round(steps: &mut Steps, rules: &DamageRules) {
    if rules.rounding.round(steps.amount).to_bits() != steps.amount.to_bits() {
        let op = DamageOp::Round(rules.rounding);
        steps.push(op, of_rules("Rounded", rules));
    }
}

fn end(mut steps: Steps, amount: f32, wanted: f32, left: f32, pool: &Pool) -> HealingOutcome {
    steps.push(DamageOp::AtMost(pool.below()), pool.reason());
    HealingOutcome {
        amount,
        gained: steps.amount,
        wasted: wanted - steps.amount,
        resource: pool.stat,
        left,
        pool: pool.clone(),
        steps: steps.list,
    }
}
