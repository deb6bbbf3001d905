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
        appraisal.times(quality.value_factor, quality.name.as_str(), place);
    }
    if let Some(rarity) = rarity_of(content, item) {
        let place = Some(rarity.place().to_string());
        appraisal.times(rarity.value_factor, rarity.name.as_str(), place);
    }
    let left = Durability::of(item).percent() / 100.0;
    let band = band_of(content, item).map(|band| band.name.as_str());
    appraisal.times(left, band.unwrap_or("Condition"), None);
}
