//! The rules, one by one and all together.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use wayfarer_core::id::DefId;

use super::{step::DamageCounted::*, *};
use crate::id::StatId;

mod content;
mod healing;
mod properties;
mod stages;

fn kind(name: &str) -> DefId {
    DefId::of(&format!("t:{name}"))
}

fn tag(name: &str) -> Reason {
    Reason::new(name, ReasonSource::Tag(kind(name)))
}

fn formula(text: &str) -> Reason {
    Reason::new(text, ReasonSource::Formula(text.into()))
}

fn against(name: &str) -> TypeDefences {
    TypeDefences::none(kind(name), name)
}

fn pool(have: f32) -> Pool {
    Pool {
        stat: StatId::of("t:body.health"),
        label: "Health".into(),
        have,
        min: 0.0,
        max: 100.0,
    }
}

fn temporary(have: f32) -> Pool {
    Pool {
        stat: StatId::of("t:body.shield"),
        label: "Shield".into(),
        ..pool(have)
    }
}

fn target(types: impl IntoIterator<Item = TypeDefences>) -> Defences {
    Defences {
        types: types.into_iter().collect(),
        temporary: None,
        resource: pool(100.0),
    }
}

/// Every step follows from the one before and its own op; the last one is the result.
fn replay(steps: &[DamageStep], result: f32) -> Result<(), String> {
    let mut running: f32 = 0.0;
    let mut kind = None;
    let mut parts = Vec::new();
    for step in steps {
        if step.kind != kind || matches!(step.op, DamageOp::Together(_)) {
            if kind.is_some() {
                parts.push(running);
            }
            let goes_on = step.kind.is_none() && !matches!(step.op, DamageOp::Together(_));
            running = if goes_on { running } else { 0.0 };
            kind = step.kind;
        }
        if step.before.to_bits() != running.to_bits() {
            return Err(format!(
                "{step} begins with {} and not {running}",
                step.before
            ));
        }
        running = if step.counted.counts() {
            step.op.apply(running)
        } else {
            running
        };
        if step.after.to_bits() != running.to_bits() {
            return Err(format!("{step} ends with {} and not {running}", step.after));
        }
        if let DamageOp::Together(total) = step.op {
            let exact: f64 = parts.iter().copied().map(f64::from).sum();
            let exact = exact.min(f64::from(f32::MAX));
            if (exact - f64::from(total)).abs() > exact * 1e-6 {
                return Err(format!("{parts:?} is not {total}"));
            }
        }
    }
    if running.to_bits() == result.to_bits() {
        Ok(())
    } else {
        Err(format!("the steps end with {running} and not {result}"))
    }
}

fn check(outcome: &DamageOutcome) {
    replay(&outcome.steps, outcome.taken).unwrap_or_else(|error| panic!("{error}\n{outcome}"));
}
