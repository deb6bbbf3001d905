//! Features: parts of the rules that a game master can switch off and on in a running game.
//!
//! What is switched off keeps everything it has stored and does nothing: its actions are refused
//! with `feature_disabled`, and the plugin behind it takes back what it gives to others (modifiers,
//! abilities). Switched on again, everything is as it was. It is saved with the world, and clients
//! know it.
//!
//! A plugin [registers](FeatureAppExt::register_feature) its feature, names it in
//! [`Action::FEATURE`] and asks [`Features::is_on`] where its rules run by themselves.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    action::Action,
    authority::Role,
    refusal::{Code, Refusal},
    txn::Txn,
};

/// Which features are switched off. All others are on.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    off: BTreeSet<String>,
}

impl Features {
    /// Whether a feature is on.
    pub fn is_on(&self, feature: &str) -> bool {
        !self.off.contains(feature)
    }

    /// The features that are off, by name.
    pub fn off(&self) -> impl Iterator<Item = &str> {
        self.off.iter().map(String::as_str)
    }

    /// Switches one; `false` when it was so already. At run time ask for [`SwitchFeature`]; this
    /// is for a game that begins without one.
    pub fn switch(&mut self, feature: &str, on: bool) -> bool {
        if on {
            self.off.remove(feature)
        } else {
            self.off.insert(feature.to_owned())
        }
    }

    /// `Ok` when a feature is on; for checks that panels make.
    ///
    /// # Errors
    /// `feature_disabled` with `feature`.
    pub fn check(world: &World, feature: &str) -> Result<(), Refusal> {
        match world.get_resource::<Self>() {
            Some(features) if !features.is_on(feature) => {
                Err(Refusal::new(Code::FEATURE_DISABLED).with("feature", feature))
            }
            _ => Ok(()),
        }
    }
}

/// The features that the plugins of this app have: their names for players, by name.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFeatures(pub BTreeMap<&'static str, &'static str>);

/// Registration of features.
pub trait FeatureAppExt {
    /// Makes a feature known that can be switched off: its name in [`Action::FEATURE`], and one for
    /// players. Repeating it is harmless.
    fn register_feature(&mut self, feature: &'static str, shown: &'static str) -> &mut Self;
}

impl FeatureAppExt for App {
    fn register_feature(&mut self, feature: &'static str, shown: &'static str) -> &mut Self {
        let mut known = self.world_mut().get_resource_or_init::<KnownFeatures>();
        known.0.insert(feature, shown);
        self
    }
}

/// `core.switch_feature`: a game master switches a feature off or on. The answer is whether
/// anything changed. Refused with `not_found` when no plugin here has such a feature.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct SwitchFeature {
    /// The name of the feature.
    pub feature: String,
    /// Whether it is to be on.
    pub on: bool,
}

impl Action for SwitchFeature {
    const NAME: &'static str = "core.switch_feature";
    type Receipt = bool;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<bool, Refusal> {
        let known = txn.world().get_resource::<KnownFeatures>();
        let is_known = known.is_some_and(|known| known.0.contains_key(self.feature.as_str()));
        if !is_known {
            return Err(Refusal::not_found("feature"));
        }
        let features = txn.world().get_resource::<Features>();
        let mut features = features.cloned().unwrap_or_default();
        if !features.switch(&self.feature, self.on) {
            return Ok(false);
        }
        txn.set_resource(features);
        Ok(true)
    }
}
