//! What the enchanting panel shows.

use wayfarer_core::id::{DefId, Uid};
use wayfarer_equipment::rules::outcome::Odds;

use super::Feedback;

/// The enchanting panel: one's gear, and all that can be done with the chosen thing.
#[derive(Clone, Debug, Default)]
pub struct EnchantingModel {
    /// Whether there is a character.
    pub present: bool,
    /// Where: the name of whom or what one visits.
    pub place: Option<String>,
    /// Things that can be worn, what is worn first.
    pub items: Vec<GearLine>,
    /// The chosen one.
    pub chosen: Option<ChosenGear>,
    /// What was gained by taking things apart.
    pub xp: u64,
    /// What is being worked on, and how much of it is done, 0 to 1.
    pub working: Option<(String, f32)>,
    /// What is pending or was refused.
    pub feedback: Feedback,
}

/// A thing in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct GearLine {
    /// The item.
    pub uid: Uid,
    /// Its name, as far as it is known.
    pub name: String,
    /// Whether it is worn.
    pub worn: bool,
}

/// The chosen thing.
#[derive(Clone, Debug)]
pub struct ChosenGear {
    /// The item.
    pub uid: Uid,
    /// Its name, as far as it is known.
    pub name: String,
    /// Where one works on it, if one is anywhere.
    pub station: Option<Uid>,
    /// How many enchantments it carries; `None` when that is not known.
    pub used: Option<usize>,
    /// How many it takes.
    pub slots: usize,
    /// What is on it.
    pub on_it: Vec<OnGear>,
    /// What could be laid on it.
    pub to_lay: Vec<ToLay>,
    /// What is still to be found out; `None` when nothing is.
    pub unknown: Option<Unknown>,
    /// Whether one is attuned to it, and why one could not be; `None` for what needs none.
    pub attuned: Option<(bool, Option<String>)>,
}

/// An enchantment on a thing.
#[derive(Clone, Debug)]
pub struct OnGear {
    /// Which.
    pub def: DefId,
    /// Its name.
    pub name: String,
    /// How strong, 1 to 100.
    pub power: u8,
    /// How firm, 0 to 100.
    pub stability: u8,
    /// How long still, in words; nothing if for ever.
    pub left: String,
    /// What taking the thing apart for it may lead to, or why that cannot be.
    pub sacrifice: Result<SacrificeOdds, String>,
    /// What taking it off costs, or why that cannot be.
    pub lift: Result<String, String>,
}

/// What a sacrifice may lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SacrificeOdds {
    /// The odds.
    pub odds: Odds,
    /// Whether it is known already.
    pub known: bool,
    /// How much of it is understood, in percent.
    pub progress: u8,
}

/// An enchantment that could be laid on a thing.
#[derive(Clone, Debug)]
pub struct ToLay {
    /// Which.
    pub def: DefId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Its grade and school.
    pub kind: String,
    /// By one's own hand.
    pub own: Result<LayOdds, String>,
    /// By the keeper, if there is one.
    pub keeper: Option<Result<LayOdds, String>>,
}

/// What laying an enchantment may lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct LayOdds {
    /// The chance of success, 0 to 1.
    pub chance: f32,
    /// The least, the mean and the greatest power.
    pub power: (u8, f32, u8),
    /// The price, in words.
    pub price: String,
    /// The price of a failure, in words.
    pub failed: String,
    /// The materials, in words; nothing if none.
    pub materials: String,
    /// The chance that a failure uses them up, 0 to 1.
    pub lose: f32,
    /// Seconds that it takes.
    pub seconds: f32,
    /// Whether it makes one firm again that is there.
    pub renews: bool,
}

/// What can be done about a secret.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// How many steps are known.
    pub known: u8,
    /// How many there are.
    pub steps: u8,
    /// By study: the chance and the seconds, or why not.
    pub study: Result<(f32, f32), String>,
    /// Where one is: the price, or why not; `None` when one is nowhere.
    pub station: Option<(Uid, Result<String, String>)>,
    /// What one carries that helps: the item and its name.
    pub helpers: Vec<(Uid, String)>,
}
