//! Places that do something to people: what stands where, and what one says about it.

use bevy::prelude::*;
use wayfarer::{
    prelude::*,
    stats::effects::{EffectDef, actions::offers, preview_effect},
};

use crate::scene::layout::{
    BRAMBLE_POSITIONS, CAMPFIRE_POSITION, ENCHANTER_POSITION, MERCHANT_POSITION, SHRINE_POSITION,
    SMITH_POSITION, STRAW_MAN_POSITION, WELL_POSITION,
};

/// The places, and where they are.
pub const PLACES: [(&str, Vec3); 5] = [
    ("demo:campfire", CAMPFIRE_POSITION),
    ("demo:well", WELL_POSITION),
    ("demo:shrine", SHRINE_POSITION),
    ("demo:brambles", BRAMBLE_POSITIONS[0]),
    ("demo:brambles", BRAMBLE_POSITIONS[1]),
];

/// People who live here, where they stand, and in which panel one deals with them.
pub const FOLK: [(&str, Vec3, &str); 4] = [
    ("demo:smith", SMITH_POSITION, "repair"),
    ("demo:merchant", MERCHANT_POSITION, "shop"),
    ("demo:enchanter", ENCHANTER_POSITION, "enchanting"),
    // What one's things can do is tried on him.
    ("demo:straw_man", STRAW_MAN_POSITION, "gear"),
];

/// In which panel one deals with somebody who lives here.
pub fn panel_of(template: &str) -> Option<&'static str> {
    let known = FOLK.iter().find(|(name, ..)| *name == template);
    known.map(|(.., panel)| *panel)
}

/// How to ask for what a place offers. Words for the screen are no rules, so they are not in RON.
const ASKING: [(&str, &str); 5] = [
    ("demo:stew", "Eat from the pot"),
    ("demo:nap", "Sleep by the fire"),
    ("demo:drink", "Drink from the well"),
    ("demo:bucket", "Empty a bucket over your head"),
    ("demo:prayer", "Pray at the shrine"),
];

/// Something that a place offers to a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The effect.
    pub effect: DefId,
    /// What taking it is called.
    pub text: String,
}

/// What a place offers first: the first of its offers that is possible, else the first one, for
/// whoever asks to be told why not.
pub fn best_offer(world: &World, who: Entity, place: Entity) -> Option<Offer> {
    let from = world.get::<Identity>(place)?.0;
    let all = offers(world, place);
    let possible = |effect: &&DefId| {
        let spec = EffectSpec::new(**effect).by(from);
        preview_effect(world, who, &spec).is_ok()
    };
    let effect = *all.iter().find(possible).or(all.first())?;
    let asking = ASKING.iter().find(|(name, _)| DefId::of(name) == effect);
    let name = || {
        let content = &world.resource::<ActiveContent>().0;
        let def = content.table::<EffectDef>().get(effect);
        def.map_or_else(|| effect.to_string(), |def| def.name.clone())
    };
    Some(Offer {
        effect,
        text: asking.map_or_else(name, |(_, text)| (*text).to_owned()),
    })
}
