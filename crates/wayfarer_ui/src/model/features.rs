//! The parts of the rules that can be switched off, as data.

use super::Feedback;

/// What can be switched off and on in a running game.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeaturesModel {
    /// The features that the plugins of this app have, by their names in the rules.
    pub rows: Vec<FeatureRow>,
    /// Whether the player may switch them: a game master.
    pub may_switch: bool,
    /// What is on its way, and what was refused.
    pub feedback: Feedback,
}

/// One feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureRow {
    /// Its name in the rules.
    pub feature: &'static str,
    /// Its name for players.
    pub name: String,
    /// Whether it is on.
    pub on: bool,
}
