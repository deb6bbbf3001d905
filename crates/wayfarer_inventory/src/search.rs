//! Looking for things by what they are.

use wayfarer_core::id::Uid;

use crate::{
    item::Item,
    marks::Marks,
    rules::{Search, Searched},
    view::View,
};

/// Whether an item of an inventory is what is looked for. One whose definition is missing is found
/// by an empty search only.
pub fn fits(view: &View<'_>, search: &Search, item: &Item) -> bool {
    if search.is_empty() {
        return true;
    }
    let Ok(def) = view.def(item) else {
        return false;
    };
    let tags: Vec<&str> = def.tags.iter().map(AsRef::as_ref).collect();
    let gross = view.inventory.gross(item);
    let marks = view.world.get::<Marks>(view.entity);
    search.fits(&Searched {
        name: &def.name,
        description: &def.description,
        tags: &tags,
        rarity: &def.rarity,
        weight: gross.weight.to_f32(),
        bulk: gross.bulk.to_f32(),
        value: def.value * item.count as f32,
        count: item.count,
        favourite: marks.is_some_and(|marks| marks.is_favourite(item.uid)),
    })
}

/// Everything in an inventory that is looked for, in the order of display.
pub fn find(view: &View<'_>, search: &Search) -> Vec<Uid> {
    let found = view
        .inventory
        .iter()
        .filter(|item| fits(view, search, item));
    found.map(|item| item.uid).collect()
}
