//! `inventory.sort`: tidy a compartment.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use wayfarer_core::{action::Action, id::Uid, refusal::Refusal, txn::Txn};

use crate::{
    content::ItemDef,
    facts::ItemsChanged,
    inventory::Inventory,
    item::{Item, Place},
    ops::ItemOp,
    ranking::rank,
    rules::{Cells, spread},
    view::View,
};

/// By what to sort.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// Name, from A.
    Name,
    /// Weight of the stack, heaviest first.
    Weight,
    /// Worth of the stack, dearest first.
    Value,
    /// First tag, then name.
    Kind,
    /// Bulk of the stack, bulkiest first.
    Bulk,
    /// What came into being last first.
    Newest,
    /// The rarest first, then name.
    Rarity,
}

/// Sorts a compartment of the actor's own. Ties are sorted by name and then by age.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortItems {
    /// The compartment or pocket; every compartment of the inventory itself if left out.
    pub compartment: Option<Place>,
    /// By what.
    pub by: SortBy,
}

impl Action for SortItems {
    const NAME: &'static str = "inventory.sort";
    type Receipt = ();

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let view = View::of_txn(txn, &content, entity)?;
        let mut orders: Vec<(Uid, u32)> = Vec::new();
        if let Some(place) = self.compartment {
            view.compartment_at(place)?;
            sort(&view, place, self.by, &mut orders);
        } else {
            for place in view.by_order() {
                sort(&view, Place::In(place), self.by, &mut orders);
            }
        }
        if orders.is_empty() {
            return Ok(());
        }
        txn.op::<Inventory>(entity, ItemOp::Reorder(orders))?;
        txn.emit(ItemsChanged { entity });
        Ok(())
    }
}

/// The new orders of what changes its position.
fn sort(view: &View<'_>, place: Place, by: SortBy, orders: &mut Vec<(Uid, u32)>) {
    let items = view.inventory.at(place);
    let mut items: Vec<(&Item, Option<&ItemDef>)> = items
        .map(|item| (item, view.def(item).ok().map(|def| &**def)))
        .collect();
    items.sort_by(|a, b| compare(view, by, *a, *b));
    let packed = pack(view, place, &items);
    let changed = items
        .iter()
        .zip(packed.unwrap_or_else(|| spread(items.len()).collect()))
        .filter(|((item, _), order)| item.order != *order)
        .map(|((item, _), order)| (item.uid, order));
    orders.extend(changed);
}

/// The cells of a place in this order; where they do not all fit so, those they are in. `None` for
/// a list.
fn pack(view: &View<'_>, place: Place, items: &[(&Item, Option<&ItemDef>)]) -> Option<Vec<u32>> {
    let layout = view.compartment_at(place).ok()?.layout;
    let mut cells = Cells::of(layout)?;
    let packed: Option<Vec<u32>> = items
        .iter()
        .map(|(item, _)| cells.take_first(view.shape(item)))
        .collect();
    Some(packed.unwrap_or_else(|| items.iter().map(|(item, _)| item.order).collect()))
}

fn compare(
    view: &View<'_>,
    by: SortBy,
    (a, a_def): (&Item, Option<&ItemDef>),
    (b, b_def): (&Item, Option<&ItemDef>),
) -> Ordering {
    // What has no definition goes to the end.
    let (Some(x), Some(y)) = (a_def, b_def) else {
        return b_def
            .is_some()
            .cmp(&a_def.is_some())
            .then(a.uid.cmp(&b.uid));
    };
    let most = |x: f32, y: f32| (y * b.count as f32).total_cmp(&(x * a.count as f32));
    let tag = |def: &ItemDef| def.tags.first().map(ToString::to_string);
    match by {
        SortBy::Name => Ordering::Equal,
        SortBy::Weight => most(x.weight, y.weight),
        SortBy::Value => most(x.value, y.value),
        SortBy::Kind => tag(x).cmp(&tag(y)),
        SortBy::Bulk => most(x.bulk, y.bulk),
        SortBy::Newest => b.uid.cmp(&a.uid),
        SortBy::Rarity => rank(view, b)
            .cmp(&rank(view, a))
            .then_with(|| x.rarity.cmp(&y.rarity)),
    }
    .then_with(|| x.name.cmp(&y.name))
    .then(a.uid.cmp(&b.uid))
}
