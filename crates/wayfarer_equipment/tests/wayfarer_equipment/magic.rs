//! Enchantments, sets, identification, attunement, abilities and names.

#[path = "magic/abilities.rs"]
mod abilities;
#[path = "magic/attune.rs"]
mod attune;
#[path = "magic/content.rs"]
mod content;
#[path = "magic/enchant.rs"]
mod enchant;
#[path = "magic/found.rs"]
mod found;
#[path = "magic/identify.rs"]
mod identify;
#[path = "magic/insight.rs"]
mod insight;
#[path = "magic/names.rs"]
mod names;
#[path = "magic/places.rs"]
mod places;
#[path = "magic/remembered.rs"]
mod remembered;
#[path = "magic/requirements.rs"]
mod requirements;
#[path = "magic/rig.rs"]
mod rig;
#[path = "magic/sacrifice.rs"]
mod sacrifice;
#[path = "magic/saved.rs"]
mod saved;
#[path = "magic/sets.rs"]
mod sets;
#[path = "magic/worn_effects.rs"]
mod worn_effects;
