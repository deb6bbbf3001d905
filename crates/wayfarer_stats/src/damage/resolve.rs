//! [`resolve`]: from a blow to what it takes.

use std::sync::Arc;

use smallvec::SmallVec;
use wayfarer_core::id::DefId;

use super::{
    model::{DamageRules, DamageStage, Defences, Reason, ReasonSource, TypeDefences},
    outcome::DamageOutcome,
    step::{DamageCounted, DamageOp, Steps, sane},
};

/// What a blow of these types and amounts takes from a target with these defences.
///
/// Amounts that are negative, infinite or no number count as 0.
pub fn resolve(
    incoming: &[(DefId, f32)],
    defences: &Defences,
    rules: &DamageRules,
) -> DamageOutcome {
    let mut steps = Steps::default();
    let blow = by_type(incoming);
    let mut left = SmallVec::<[f32; 4]>::new();
    for &(id, amount) in &blow {
        steps.kind = Some(id);
        steps.amount = 0.0;
        match defences.types.iter().find(|known| known.id == id) {
            Some(known) => meet_type(amount, known, rules, &mut steps),
            None => {
                let nothing = TypeDefences::none(id, id.to_string());
                meet_type(amount, &nothing, rules, &mut steps);
            }
        }
        left.push(steps.amount);
    }
    steps.kind = None;
    if left.len() != 1 {
        steps.amount = 0.0;
        let op = DamageOp::Together(sum(&left));
        steps.push(op, of_rules("All together", rules));
    }
    meet_resource(&blow, steps, defences, rules)
}

/// The stages that meet the whole blow.
fn meet_resource(
    blow: &[(DefId, f32)],
    mut steps: Steps,
    defences: &Defences,
    rules: &DamageRules,
) -> DamageOutcome {
    let mut absorbed = 0.0;
    if let Some(pool) = &defences.temporary
        && rules.order.contains(&DamageStage::Temporary)
        && pool.above() > 0.0
    {
        let op = |amount| DamageOp::Absorb(amount);
        if steps.amount > 0.0 {
            absorbed = steps.amount.min(pool.above());
            steps.push(op(absorbed), pool.reason());
        } else {
            steps.skip(op(pool.above()), pool.reason(), DamageCounted::NothingLeft);
        }
    }
    let (pool, total) = (&defences.resource, steps.amount);
    steps.push(DamageOp::AtMost(pool.above()), pool.reason());
    let taken = steps.amount;
    DamageOutcome {
        amount: sum(&blow.iter().map(|part| part.1).collect::<Vec<_>>()),
        taken,
        absorbed,
        overkill: total - taken,
        resource: pool.stat,
        left: (pool.have - total).max(pool.min),
        temporary_left: defences
            .temporary
            .as_ref()
            .map_or(0.0, |pool| (pool.have - absorbed).max(pool.min)),
        depleted: pool.above() > 0.0 && total >= pool.above(),
        pool: pool.clone(),
        steps: steps.list,
    }
}

/// The amounts of each type added up, in the order in which types first appear.
fn by_type(incoming: &[(DefId, f32)]) -> SmallVec<[(DefId, f32); 4]> {
    let mut blow = SmallVec::<[(DefId, f32); 4]>::new();
    for (at, &(id, _)) in incoming.iter().enumerate() {
        if incoming[..at].iter().any(|earlier| earlier.0 == id) {
            continue;
        }
        let same = incoming.iter().filter(|other| other.0 == id);
        let amounts: SmallVec<[f32; 4]> = same
            .map(|(_, amount)| {
                if amount.is_finite() {
                    sane(*amount)
                } else {
                    0.0
                }
            })
            .collect();
        blow.push((id, sum(&amounts)));
    }
    blow
}

/// A sum that does not depend on the order, to the bit.
fn sum(amounts: &[f32]) -> f32 {
    let mut sorted = SmallVec::<[f32; 4]>::from_slice(amounts);
    sorted.sort_unstable_by(f32::total_cmp);
    let total: f64 = sorted.into_iter().map(f64::from).sum();
    sane(total as f32)
}

pub(super) fn of_rules(label: &str, rules: &DamageRules) -> Reason {
    Reason {
        label: label.into(),
        source: ReasonSource::Rules,
        place: rules.place.clone(),
    }
}

/// The stages that meet one type.
fn meet_type(amount: f32, defences: &TypeDefences, rules: &DamageRules, steps: &mut Steps) {
    let reason = Reason {
        label: Arc::clone(&defences.name),
        source: ReasonSource::Type(defences.id),
        place: defences.place.clone(),
    };
    steps.push(DamageOp::Incoming(amount), reason);
    let mut stages = Stages {
        steps,
        immune: None,
    };
    let adds = rules.resistances_add;
    for stage in rules.order.iter() {
        match stage {
            DamageStage::Immunity => stages.immunities(&defences.immune),
            DamageStage::Reduction => stages.each(&defences.reductions, DamageOp::Reduce),
            DamageStage::Share => stages.each(&defences.shares, DamageOp::Share),
            DamageStage::Resistance => {
                let op = DamageOp::Resist(rules.resisted);
                stages.factors(&defences.resist, op, adds);
            }
            DamageStage::Vulnerability => {
                let op = DamageOp::Vulnerable(rules.vulnerable);
                stages.factors(&defences.vulnerable, op, adds);
            }
            DamageStage::Rounding => stages.round(rules),
            DamageStage::Temporary | DamageStage::Resource => {}
        }
    }
    if rules.minimum > 0.0 && amount > 0.0 {
        stages.at_least(rules);
    }
}

struct Stages<'s> {
    steps: &'s mut Steps,
    /// The immunity that stopped the type.
    immune: Option<Arc<str>>,
}

impl Stages<'_> {
    /// Writes a step; it counts only if something is left for it.
    fn push(&mut self, op: DamageOp, reason: Reason) -> bool {
        match &self.immune {
            Some(by) => {
                let by = DamageCounted::Immune(Arc::clone(by));
                self.steps.skip(op, reason, by);
                false
            }
            None if self.steps.amount <= 0.0 => {
                self.steps.skip(op, reason, DamageCounted::NothingLeft);
                false
            }
            None => {
                self.steps.push(op, reason);
                true
            }
        }
    }

    fn immunities(&mut self, immune: &[Reason]) {
        for (at, reason) in immune.iter().enumerate() {
            if at == 0 {
                // Immune also when nothing is left: the least amount does not apply.
                self.steps.push(DamageOp::Immune, reason.clone());
                self.immune = Some(Arc::clone(&reason.label));
            } else {
                self.push(DamageOp::Immune, reason.clone());
            }
        }
    }

    fn each(&mut self, amounts: &[(Reason, f32)], op: impl Fn(f32) -> DamageOp) {
        for (reason, amount) in amounts {
            // A soak of nothing is what most have, and nothing to tell.
            if *amount != 0.0 && amount.is_finite() {
                self.push(op(*amount), reason.clone());
            }
        }
    }

    fn factors(&mut self, reasons: &[Reason], op: DamageOp, adds: bool) {
        let mut counted: Option<Arc<str>> = None;
        for reason in reasons {
            match &counted {
                Some(first) if !adds => {
                    let why = DamageCounted::LostTo(Arc::clone(first));
                    self.steps.skip(op, reason.clone(), why);
                }
                _ => {
                    if self.push(op, reason.clone()) && counted.is_none() {
                        counted = Some(Arc::clone(&reason.label));
                    }
                }
            }
        }
    }

    fn round(&mut self, rules: &DamageRules) {
        let amount = self.steps.amount;
        // A whole number needs no line about rounding.
        if rules.rounding.round(amount).to_bits() != amount.to_bits() {
            let op = DamageOp::Round(rules.rounding);
            self.steps.push(op, of_rules("Rounded", rules));
        }
    }

    fn at_least(&mut self, rules: &DamageRules) {
        let (op, reason) = (
            DamageOp::AtLeast(rules.minimum),
            of_rules("The least that a blow does", rules),
        );
        match &self.immune {
            Some(by) => {
                let by = DamageCounted::Immune(Arc::clone(by));
                self.steps.skip(op, reason, by);
            }
            None => self.steps.push(op, reason),
        }
    }
}
