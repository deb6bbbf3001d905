//! What is not used up unless somebody chose it: materials are picked by themselves, and nobody
//! wants to find their grandmother's ring in a horseshoe.

use wayfarer_core::refusal::Refusal;

use crate::{
    cling::bound_to, content::ItemDef, currency::Money, item::Item, marks::Marks,
    refusals::ONLY_SPARED, view::View,
};

/// Whether an item is left alone when materials are chosen automatically: favourites, worn things,
/// bags with something in them, and what is bound to somebody; money and things that a story needs as
/// well, unless the rule asks for that very item (`named`) and not for anything with a tag.
pub fn is_spared(view: &View<'_>, item: &Item, def: &ItemDef, named: bool) -> bool {
    let is_money = || Money::of(view.content).is_some_and(|m| m.index_of(item.def).is_some());
    item.place.slot().is_some()
        || !named && (def.quest || is_money())
        || bound_to(item).is_some()
        || view.inventory.is_filled(item.uid)
        || view
            .world
            .get::<Marks>(view.entity)
            .is_some_and(|marks| marks.is_favourite(item.uid))
}

/// The refusal for when there would be enough only with an item that is [spared](is_spared).
pub fn only_spared(what: impl Into<String>, item: &ItemDef) -> Refusal {
    Refusal::new(ONLY_SPARED)
        .with("what", what.into())
        .with("item", item.name.as_str())
}
