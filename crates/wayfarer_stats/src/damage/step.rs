//! One step on the way of a blow.

use std::sync::Arc;

use wayfarer_core::id::DefId;

use super::model::{Reason, Rounding};

/// What a step does to the running amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DamageOp {
    /// This much comes in.
    Incoming(f32),
    /// Nothing is left.
    Immune,
    /// This much is taken off; negative for more.
    Reduce(f32),
    /// This share is taken off; negative for more.
    Share(f32),
    /// Multiplied by less than 1.
    Resist(f32),
    /// Multiplied by more than 1.
    Vulnerable(f32),
    /// Rounded.
    Round(Rounding),
    /// At least this.
    AtLeast(f32),
    /// What is left of all types: this much.
    Together(f32),
    /// This much goes into temporary points.
    Absorb(f32),
    /// At most this: there is no more of the resource, or no room for it.
    AtMost(f32),
}

impl DamageOp {
    /// The amount after it. Never negative, always finite.
    pub fn apply(self, before: f32) -> f32 {
        let after = match self {
            Self::Incoming(amount) | Self::Together(amount) => amount,
            Self::Immune => 0.0,
            Self::Reduce(amount) | Self::Absorb(amount) => before - amount,
            Self::Share(share) => before * (1.0 - share),
            Self::Resist(factor) | Self::Vulnerable(factor) => before * factor,
            Self::Round(rounding) => rounding.round(before),
            Self::AtLeast(least) => before.max(least),
            Self::AtMost(most) => before.min(most),
        };
        sane(after)
    }
}

/// An amount as the rules want it: what is no number is 0, what is too large is as large as can be.
pub(super) fn sane(amount: f32) -> f32 {
    if amount.is_nan() {
        return 0.0;
    }
    // Adding zero makes -0 into 0, so that equal amounts have equal bits.
    amount.clamp(0.0, f32::MAX) + 0.0
}

/// Whether a step counts, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DamageCounted {
    /// It does.
    Yes,
    /// It counts, but changes nothing: it limits, and the amount is within.
    NoEffect,
    /// The step with this label counts instead; several do not add up.
    LostTo(Arc<str>),
    /// The target is immune, by what has this label.
    Immune(Arc<str>),
    /// Nothing was left for it to change.
    NothingLeft,
}

impl DamageCounted {
    /// Whether the amount was changed by the step, or could have been.
    pub fn counts(&self) -> bool {
        matches!(self, Self::Yes | Self::NoEffect)
    }
}

/// One step of a blow or of healing.
#[derive(Clone, Debug, PartialEq)]
pub struct DamageStep {
    /// The type it is about; `None` when it is about the whole blow, or about healing.
    pub kind: Option<DefId>,
    /// What it does.
    pub op: DamageOp,
    /// The amount before it.
    pub before: f32,
    /// The amount after it: of the type if there is one, else of the whole. The last one is the
    /// result, to the bit.
    pub after: f32,
    /// What it is due to.
    pub reason: Reason,
    /// Whether it counts.
    pub counted: DamageCounted,
}

/// Writes steps while it carries the amount along.
#[derive(Default)]
pub(super) struct Steps {
    pub(super) list: Vec<DamageStep>,
    pub(super) amount: f32,
    pub(super) kind: Option<DefId>,
}

impl Steps {
    /// A step that counts.
    pub(super) fn push(&mut self, op: DamageOp, reason: Reason) {
        let after = op.apply(self.amount);
        let limits = matches!(
            op,
            DamageOp::AtLeast(_) | DamageOp::AtMost(_) | DamageOp::Round(_)
        );
        let counted = if limits && after.to_bits() == self.amount.to_bits() {
            DamageCounted::NoEffect
        } else {
            DamageCounted::Yes
        };
        self.write(op, reason, counted, after);
    }

    /// A step that does not count.
    pub(super) fn skip(&mut self, op: DamageOp, reason: Reason, why: DamageCounted) {
        self.write(op, reason, why, self.amount);
    }

    fn write(&mut self, op: DamageOp, reason: Reason, counted: DamageCounted, after: f32) {
        self.list.push(DamageStep {
            kind: self.kind,
            op,
            before: self.amount,
            after,
            reason,
            counted,
        });
        self.amount = after;
    }
}
