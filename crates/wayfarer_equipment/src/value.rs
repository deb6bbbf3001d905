//! What quality, rarity and condition make of the worth of a thing.

use wayfarer_core::content::Content;
use wayfarer_inventory::{Item, value::Appraisal};

use crate::{
    condition::band_of,
    ext::{Durability, quality_of, rarity_of},
};

/// Quality and rarity multiply the value; wear takes its share.
pub(crate) fn appraise_gear(content: &Content, item: &Item, appraisal: &mut Appraisal) {
    if let Some(quality) = quality_of(content, item) {
        let place = Some(quality.place().to_string());
        let label = format!("Quality: {}", quality.name);
        appraisal.times(quality.value_factor, label, place);
    }
    if let Some(rarity) = rarity_of(content, item) {
        let place = Some(rarity.place().to_string());
        let label = format!("Rarity: {}", rarity.name);
        appraisal.times(rarity.value_factor, label, place);
    }
    let left = Durability::of(item).percent() / 100.0;
    let band = band_of(content, item).map(|band| band.name.as_str());
    let label = band.map_or_else(
        || "Condition".to_owned(),
        |band| format!("Condition: {band}"),
    );
    appraisal.times(left, label, None);
}
