//! What enchantments add to the worth of a thing: what laying them costs, by how strong they are.

use wayfarer_core::content::Content;
use wayfarer_inventory::{Item, value::Appraisal};

use crate::{
    ext::{Enchants, is_known},
    rules::identify::Aspect,
};

/// The valuer of this crate for enchantments. Nobody pays for what they know nothing of.
pub(crate) fn value(content: &Content, item: &Item, appraisal: &mut Appraisal) {
    if !is_known(content, item, Aspect::Enchantments) {
        return;
    }
    // Tick 0: what is over counts until it is taken off, so that prices need no clock.
    for (enchant, def) in Enchants::working(content, item, 0) {
        let label = format!("{} ({} %)", def.name, enchant.power);
        appraisal.plus(
            def.cost * enchant.share(),
            label,
            Some(def.place().to_string()),
        );
    }
}
