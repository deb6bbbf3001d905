//! Steps that other plugins add to effects: what neither changes a stat nor an effect, but is
//! decided, paid for, aimed and stacked like everything else that is done to somebody.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use bevy::prelude::*;
use wayfarer_core::{
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

/// Steps of Wayfarer's own plugins. One whose plugin is absent does nothing instead of being a
/// mistake, as with [folders](wayfarer_core::content::ContentRegistry::ignore_folder).
const OUR_STEPS: [&str; 1] = ["equipment.identify"];

/// One time that a step of another plugin is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepCall {
    /// Who it is done to.
    pub target: Entity,
    /// Who causes it, if anybody does.
    pub source: Option<Uid>,
    /// The effect that does it.
    pub effect: DefId,
    /// The effect's level.
    pub level: f32,
    /// How much: the formula of the step, with the dice thrown. Any finite number, also below 0.
    pub amount: f32,
}

/// Does a step, as a part of the transaction.
///
/// # Errors
/// A refusal takes the whole application of the effect back; a step of `every` that is refused ends
/// the effect.
pub type StepFn = fn(&mut Txn<'_>, &StepCall) -> Result<(), Refusal>;

/// A step of another plugin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ForeignStep {
    pub(crate) name: &'static str,
    /// Without one nothing is done.
    pub(crate) run: Option<StepFn>,
}

/// The steps of other plugins, by name. Shared with the content, which is compiled against it.
#[derive(Resource, Clone, Debug)]
pub(crate) struct ForeignSteps(Arc<RwLock<BTreeMap<&'static str, Option<StepFn>>>>);

impl Default for ForeignSteps {
    fn default() -> Self {
        let ours = OUR_STEPS.map(|name| (name, None));
        Self(Arc::new(RwLock::new(ours.into_iter().collect())))
    }
}

impl ForeignSteps {
    fn insert(&self, name: &'static str, run: Option<StepFn>) {
        let mut table = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let known = table.entry(name).or_default();
        // What is known already is not forgotten by whoever knows less.
        *known = run.or(*known);
    }

    /// The step of this name.
    pub(super) fn get(&self, name: &str) -> Option<ForeignStep> {
        let table = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (&name, &run) = table.get_key_value(name)?;
        Some(ForeignStep { name, run })
    }

    /// All names.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let table = self.0.read().unwrap_or_else(PoisonError::into_inner);
        table.keys().copied().collect()
    }
}

/// Registration of steps.
///
/// ```
/// use bevy::prelude::*;
/// use wayfarer_core::{refusal::Refusal, txn::Txn};
/// use wayfarer_stats::{StatsPlugin, effects::{EffectStepAppExt, StepCall}};
///
/// /// Rings a bell as many times as the effect says.
/// fn ring(txn: &mut Txn<'_>, call: &StepCall) -> Result<(), Refusal> {
///     let _times = call.amount.max(0.0) as u32; // `txn.emit(BellRung { … })`
///     Ok(())
/// }
///
/// let mut app = App::new();
/// app.add_plugins((MinimalPlugins, StatsPlugin))
///     .register_effect_step("game.ring", ring);
/// // In RON: on_apply: [Do(step: "game.ring", amount: "1d3")]
/// ```
pub trait EffectStepAppExt {
    /// Makes `Do(step: "<name>", …)` known to effects. The name is `crate.doing`; what it does is
    /// told to players by the text `step.<name>`, with `{amount}` for how much. A name that is
    /// there already is replaced.
    fn register_effect_step(&mut self, name: &'static str, run: StepFn) -> &mut Self;

    /// Lets effects name a step that this program does not know; it does nothing.
    fn ignore_effect_step(&mut self, name: &'static str) -> &mut Self;
}

impl EffectStepAppExt for App {
    fn register_effect_step(&mut self, name: &'static str, run: StepFn) -> &mut Self {
        steps(self).insert(name, Some(run));
        self
    }

    fn ignore_effect_step(&mut self, name: &'static str) -> &mut Self {
        steps(self).insert(name, None);
        self
    }
}

fn steps(app: &mut App) -> Mut<'_, ForeignSteps> {
    app.world_mut().get_resource_or_init::<ForeignSteps>()
}
