//! What an item is worth, with the reasons: the value of its definition, and what other plugins
//! make of its quality, wear or enchantments.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::content::{Content, ContentAppExt};

use crate::{content::ItemDef, item::Item};

/// How a line changes what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PriceOp {
    /// The amount is added.
    Plus,
    /// It is multiplied by the amount.
    Times,
    /// It is no more than the amount.
    AtMost,
}

impl PriceOp {
    /// What comes of a value.
    pub fn apply(self, value: f64, amount: f32) -> f64 {
        let amount = decimal(amount);
        match self {
            Self::Plus => value + amount,
            Self::Times => value * amount,
            Self::AtMost => value.min(amount),
        }
    }
}

/// The number that was written: `1.2` is 1.2 and not 1.2000000477.
fn decimal(amount: f32) -> f64 {
    let exact = f64::from(amount);
    if exact.abs() < 1e6 {
        (exact * 1e6).round() / 1e6
    } else {
        exact
    }
}

/// One reason why something costs what it costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriceLine {
    /// The reason, as players see it.
    pub label: String,
    /// What it does.
    pub op: PriceOp,
    /// By how much.
    pub amount: f32,
    /// The file, line and column that say so.
    pub place: Option<String>,
}

/// What one piece is worth, line by line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Appraisal {
    /// The reasons, in the order in which they apply.
    pub lines: Vec<PriceLine>,
    /// What comes of them, in the smallest coin, to the nearest whole one.
    pub total: u64,
}

impl Appraisal {
    /// Adds a line and what follows from it.
    pub fn line(
        &mut self,
        op: PriceOp,
        amount: f32,
        label: impl Into<String>,
        place: Option<String>,
    ) {
        self.lines.push(PriceLine {
            label: label.into(),
            op,
            amount,
            place,
        });
        self.total = whole(self.exact());
    }

    /// Multiplies the value; a factor of 1 needs no line.
    pub fn times(&mut self, factor: f32, label: impl Into<String>, place: Option<String>) {
        if factor != 1.0 {
            self.line(PriceOp::Times, factor, label, place);
        }
    }

    /// Adds to the value; nothing needs no line.
    pub fn plus(&mut self, amount: f32, label: impl Into<String>, place: Option<String>) {
        if amount != 0.0 {
            self.line(PriceOp::Plus, amount, label, place);
        }
    }

    /// The value before it is rounded; finite and at least 0.
    pub fn exact(&self) -> f64 {
        let mut value = 0.0_f64;
        for line in &self.lines {
            value = line.op.apply(value, line.amount);
        }
        if value.is_finite() {
            value.max(0.0)
        } else {
            0.0
        }
    }
}

/// To the nearest whole coin, a half upwards.
pub(crate) fn whole(value: f64) -> u64 {
    // The cast saturates and maps NaN to 0.
    (value + 0.5).floor() as u64
}

/// Adds to the value of an item what one plugin knows of it.
pub type Valuer = fn(&Content, &Item, &mut Appraisal);

type ByName = Arc<RwLock<BTreeMap<&'static str, Valuer>>>;

/// Who has a say in what things are worth, by name. The content holds it too, so that who has the
/// content can appraise.
#[derive(Resource, Clone, Default)]
pub(crate) struct Valuers(ByName);

/// Registration of valuers.
pub trait ItemValueAppExt {
    /// Has `valuer` asked about every item that is appraised, after the value of its definition,
    /// in the order of the names (`crate.thing`). A name that is there already is replaced.
    fn register_item_valuer(&mut self, name: &'static str, valuer: Valuer) -> &mut Self;
}

impl ItemValueAppExt for App {
    fn register_item_valuer(&mut self, name: &'static str, valuer: Valuer) -> &mut Self {
        self.init_resource::<Valuers>();
        let valuers = self.world().resource::<Valuers>();
        let mut known = valuers.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(name, valuer);
        drop(known);
        self
    }
}

/// What one piece of an item is worth, and why. One whose definition is missing is worth nothing.
pub fn appraise(content: &Content, item: &Item) -> Appraisal {
    let mut appraisal = Appraisal::default();
    let Some(def) = content.table::<ItemDef>().get(item.def) else {
        return appraisal;
    };
    let place = Some(def.place().to_string());
    appraisal.line(PriceOp::Plus, def.value, def.name.as_str(), place);
    if let Some(valuers) = content.derived::<Valuers>() {
        let known = valuers.0.read().unwrap_or_else(PoisonError::into_inner);
        for valuer in known.values() {
            valuer(content, item, &mut appraisal);
        }
    }
    appraisal
}

pub(crate) fn plugin(app: &mut App) {
    app.init_resource::<Valuers>();
    let valuers = app.world().resource::<Valuers>().clone();
    app.register_content_derive("inventory.valuers", move |_, _| Some(valuers.clone()));
}
