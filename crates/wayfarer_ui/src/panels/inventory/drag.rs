use bevy_egui::egui::{self, Align2, DragAndDrop, FontId};
use wayfarer_core::id::{DefId, Uid};
use wayfarer_inventory::{Place, actions::Spot, rules::ROTATED};

use crate::{
    intent::Intent,
    model::{
        inventory::{HolderModel, InventoryModel},
        item::ItemRow,
    },
};

/// Where an item is, as far as dragging goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In one of the character's own compartments.
    Own,
    /// Worn in this slot.
    Worn(DefId),
    /// In the open container.
    Container(Uid),
    /// On the ground.
    Ground,
}

/// An item under way with the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dragged {
    /// Which.
    pub item: Uid,
    /// Where it comes from.
    pub source: Source,
    /// Ask how many when it is dropped: Shift was held.
    pub ask: bool,
}

/// Where a dragged item is let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// In one of the character's compartments, in front of an item or at the end.
    Own {
        /// The compartment.
        compartment: Place,
        /// The item that it lands on.
        onto: Option<Uid>,
    },
    /// In the open container.
    Container {
        /// Which.
        uid: Uid,
        /// The compartment there.
        compartment: Place,
        /// The item that it lands on.
        onto: Option<Uid>,
    },
    /// In certain cells of a compartment.
    Cell {
        /// The container; `None` for the character's own bags.
        of: Option<Uid>,
        /// The compartment.
        compartment: Place,
        /// The cell.
        position: u32,
    },
    /// On a slot of the hotbar.
    Hotbar(u8),
    /// On a slot of the doll.
    Slot(DefId),
    /// On the ground.
    Ground,
}

/// What letting go there means; `None` when it means nothing. `count` is how many of the stack,
/// `None` all of it.
pub fn resolve(
    model: &InventoryModel,
    dragged: Dragged,
    target: Target,
    count: Option<u32>,
) -> Option<Intent> {
    let item = model.item(dragged.item)?;
    let holder = model.holder?;
    let uid = item.uid;
    let count = count.filter(|&count| count < item.count);
    match (dragged.source, target) {
        (
            Source::Own,
            Target::Cell {
                of: None,
                compartment,
                position,
            },
        ) => Some(Intent::Put {
            item: uid,
            compartment,
            position: position | turned(&model.own, item),
        }),
        (
            Source::Container(from),
            Target::Cell {
                of: Some(holder),
                compartment,
                position,
            },
        ) if from == holder => {
            let lies = model.container.as_ref();
            let turned = lies.map_or(0, |container| turned(&container.content, item));
            Some(Intent::Rearrange {
                holder,
                item: uid,
                compartment,
                at: Spot::Cell(position | turned),
            })
        }
        // From elsewhere it gets the first free cells.
        (
            _,
            Target::Cell {
                of, compartment, ..
            },
        ) => {
            let onto = None;
            let target = match of {
                None => Target::Own { compartment, onto },
                Some(uid) => Target::Container {
                    uid,
                    compartment,
                    onto,
                },
            };
            resolve(model, dragged, target, count)
        }
        (Source::Own | Source::Worn(_), Target::Hotbar(slot)) => Some(Intent::SetHotbar {
            slot,
            item: Some(uid),
        }),
        (Source::Own, Target::Own { compartment, onto }) => {
            own_to_own(model, item, compartment, onto, count)
        }
        (Source::Own, Target::Slot(slot)) => {
            let fits = item.slots.contains(&slot);
            // A slot that does not take it is refused by the host with its own words.
            (fits || item.wearable()).then_some(Intent::Equip {
                item: uid,
                slot: Some(slot),
            })
        }
        (Source::Own, Target::Container { uid: to, .. }) => {
            transfer(uid, holder, to, target, count)
        }
        (Source::Own, Target::Ground) => Some(Intent::Drop { item: uid, count }),
        (Source::Worn(slot), Target::Own { compartment, .. }) => Some(Intent::Unequip {
            slot,
            compartment: Some(compartment),
        }),
        (Source::Worn(from), Target::Slot(to)) => {
            (from != to && item.slots.contains(&to)).then_some(Intent::Swap { from, to })
        }
        (Source::Container(_) | Source::Ground, Target::Slot(slot)) => {
            let from = match dragged.source {
                Source::Container(from) => Some(from),
                _ => None,
            };
            // Into a slot that does not take it, it would be fetched for nothing.
            item.slots.contains(&slot).then_some(Intent::Fetch {
                item: uid,
                from,
                slot,
            })
        }
        (Source::Container(from), Target::Own { .. }) => transfer(uid, from, holder, target, count),
        (Source::Ground, Target::Own { compartment, .. }) => Some(Intent::PickUp {
            item: uid,
            count,
            compartment: Some(compartment),
        }),
        (
            Source::Container(from),
            Target::Container {
                uid: holder,
                compartment,
                onto,
            },
        ) if from == holder => within(model, item, holder, compartment, onto),
        // From hand to hand without the bags between, and nowhere at all.
        (
            Source::Container(_) | Source::Ground,
            Target::Container { .. } | Target::Ground | Target::Hotbar(_),
        )
        | (Source::Worn(_), Target::Container { .. } | Target::Ground) => None,
    }
}

/// To another place in the same container.
fn within(
    model: &InventoryModel,
    item: &ItemRow,
    holder: Uid,
    compartment: Place,
    onto: Option<Uid>,
) -> Option<Intent> {
    if onto == Some(item.uid) {
        return None;
    }
    // What lies in cells has none before it.
    let container = model.container.as_ref()?;
    let mut there = container.content.compartments.iter();
    let there = there.find(|c| c.place == compartment)?;
    let onto = onto.filter(|_| there.cells.is_none());
    Some(Intent::Rearrange {
        holder,
        item: item.uid,
        compartment,
        at: onto.map_or(Spot::End, Spot::Before),
    })
}

/// How a thing that lies in a grid is turned.
fn turned(holder: &HolderModel, item: &ItemRow) -> u32 {
    let mut grids = holder.compartments.iter().filter(|c| c.cells.is_some());
    let lies = grids.any(|c| c.items.iter().any(|known| known.uid == item.uid));
    if lies { item.position & ROTATED } else { 0 }
}

fn own_to_own(
    model: &InventoryModel,
    item: &ItemRow,
    compartment: Place,
    onto: Option<Uid>,
    count: Option<u32>,
) -> Option<Intent> {
    if onto == Some(item.uid) {
        return None;
    }
    let under = onto.and_then(|uid| model.item(uid));
    if let Some(under) = under
        && under.def == item.def
        && under.count < under.max_stack
    {
        return Some(Intent::Merge {
            item: item.uid,
            into: under.uid,
            count,
        });
    }
    Some(match count {
        Some(count) => Intent::Split {
            item: item.uid,
            count,
            compartment: Some(compartment),
        },
        None => Intent::Move {
            item: item.uid,
            compartment,
            before: onto,
        },
    })
}

fn transfer(item: Uid, from: Uid, to: Uid, target: Target, count: Option<u32>) -> Option<Intent> {
    let compartment = match target {
        Target::Own { compartment, .. } | Target::Container { compartment, .. } => {
            Some(compartment)
        }
        _ => None,
    };
    Some(Intent::Transfer {
        item,
        from,
        to,
        compartment,
        count,
    })
}

/// Shows what the pointer carries.
pub(super) fn carry(ctx: &egui::Context, model: &InventoryModel) {
    let Some(dragged) = DragAndDrop::payload::<Dragged>(ctx) else {
        return;
    };
    let (Some(item), Some(at)) = (model.item(dragged.item), ctx.pointer_interact_pos()) else {
        return;
    };
    ctx.set_cursor_icon(egui::CursorIcon::Grabbing);
    let layer = egui::LayerId::new(egui::Order::Tooltip, egui::Id::new("carried item"));
    let painter = ctx.layer_painter(layer);
    let visuals = ctx.global_style().visuals.clone();
    let text = super::row::title(item);
    let galley = painter.layout_no_wrap(text, FontId::proportional(14.0), visuals.text_color());
    let rect = Align2::LEFT_CENTER
        .anchor_size(at + egui::vec2(12.0, 0.0), galley.size())
        .expand(4.0);
    painter.rect_filled(rect, 4, visuals.window_fill);
    painter.rect_stroke(
        rect,
        4,
        visuals.widgets.active.bg_stroke,
        egui::StrokeKind::Outside,
    );
    painter.galley(rect.shrink(4.0).min, galley, visuals.text_color());
}

#[cfg(test)]
mod tests;
