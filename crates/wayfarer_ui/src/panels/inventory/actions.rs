use bevy_egui::egui::{self, Ui};
use wayfarer_core::id::Uid;
use wayfarer_inventory::rules::ROTATED;

use super::{
    Cx,
    drag::{Dragged, Source, Target},
    split::SplitDialog,
};
use crate::{
    intent::Intent,
    model::{
        inventory::{CompartmentModel, InventoryModel},
        item::ItemRow,
    },
    texts::labels,
};

/// Where an item is; `None` when it is gone.
pub(super) fn source_of(model: &InventoryModel, uid: Uid) -> Option<Source> {
    if model.own.items().any(|item| item.uid == uid) {
        return Some(Source::Own);
    }
    let worn = model
        .doll
        .iter()
        .find(|slot| slot.worn.as_ref().is_some_and(|item| item.uid == uid));
    if let Some(slot) = worn {
        return Some(Source::Worn(slot.id));
    }
    if let Some(container) = &model.container
        && container.content.items().any(|item| item.uid == uid)
    {
        return Some(Source::Container(container.uid));
    }
    let mut ground = model.ground.iter();
    ground.any(|item| item.uid == uid).then_some(Source::Ground)
}

/// What a double click or Enter does with an item.
pub(super) fn primary(model: &InventoryModel, item: &ItemRow, source: Source) -> Option<Intent> {
    match source {
        Source::Own if item.wearable() => Some(Intent::Equip {
            item: item.uid,
            slot: None,
        }),
        Source::Own => item.usable.then_some(Intent::Use { item: item.uid }),
        Source::Worn(slot) => Some(Intent::Unequip {
            slot,
            compartment: None,
        }),
        Source::Container(from) => Some(Intent::Transfer {
            item: item.uid,
            from,
            to: model.holder?,
            compartment: None,
            count: None,
        }),
        Source::Ground => Some(Intent::PickUp {
            item: item.uid,
            count: None,
            compartment: None,
        }),
    }
}

/// The buttons for an item; used by the context menu and by the selected item's pane. Returns
/// whether one was clicked.
pub(super) fn buttons(ui: &mut Ui, item: &ItemRow, source: Source, cx: &mut Cx<'_>) -> bool {
    let ctx = ui.ctx().clone();
    let before = (cx.intents.len(), cx.state.split);
    let dragged = Dragged {
        item: item.uid,
        source,
        ask: false,
    };
    match source {
        Source::Own => {
            equip(ui, item, cx);
            if item.usable && ui.button(labels::USE.get(&ctx)).clicked() {
                cx.intents.push(Intent::Use { item: item.uid });
            }
            if ui.button(labels::DROP.get(&ctx)).clicked() {
                cx.intents.push(Intent::Drop {
                    item: item.uid,
                    count: None,
                });
            }
            if item.count > 1 {
                if ui.button(labels::SPLIT.get(&ctx)).clicked() {
                    cx.state.split = Some(SplitDialog::new(dragged, None, item.count));
                }
                if ui.button(labels::DROP_SOME.get(&ctx)).clicked() {
                    let ground = Some(Target::Ground);
                    cx.state.split = Some(SplitDialog::new(dragged, ground, item.count));
                }
            }
            put(ui, item, cx);
            turn(ui, item, cx);
            mark(ui, item, cx);
        }
        Source::Worn(_) => {
            if ui.button(labels::TAKE_OFF.get(&ctx)).clicked() {
                cx.intents.extend(primary(cx.model, item, source));
            }
        }
        Source::Container(_) | Source::Ground => {
            let label = match source {
                Source::Ground => labels::PICK_UP,
                _ => labels::TAKE,
            };
            if ui.button(label.get(&ctx)).clicked() {
                cx.intents.extend(primary(cx.model, item, source));
            }
            if item.count > 1
                && ui.button(labels::TAKE_SOME.get(&ctx)).clicked()
                && let Some(first) = cx.model.own.compartments.first()
            {
                let target = Target::Own {
                    compartment: first.place,
                    onto: None,
                };
                cx.state.split = Some(SplitDialog::new(dragged, Some(target), item.count));
            }
        }
    }
    before != (cx.intents.len(), cx.state.split)
}

fn equip(ui: &mut Ui, item: &ItemRow, cx: &mut Cx<'_>) {
    if !item.wearable() {
        return;
    }
    let ctx = ui.ctx().clone();
    let button = egui::Button::new(labels::EQUIP.get(&ctx));
    let response = ui.add_enabled(item.blocked.is_none(), button);
    let response = match &item.blocked {
        Some(reason) => response.on_disabled_hover_text(&**reason),
        None => response,
    };
    if response.clicked() {
        cx.intents.push(Intent::Equip {
            item: item.uid,
            slot: None,
        });
    }
    // One slot needs no choice.
    if item.slots.len() < 2 || item.blocked.is_some() {
        return;
    }
    for &slot in item.slots.iter() {
        let name = cx.model.slot_name(slot);
        if name.is_empty() {
            continue;
        }
        let text = labels::EQUIP_IN.fill(&ctx, &[("slot", &name)]);
        if ui.button(text).clicked() {
            cx.intents.push(Intent::Equip {
                item: item.uid,
                slot: Some(slot),
            });
        }
    }
}

/// The button that turns a thing in its grid.
fn turn(ui: &mut Ui, item: &ItemRow, cx: &mut Cx<'_>) {
    let lies = |c: &&CompartmentModel| c.items.iter().any(|known| known.uid == item.uid);
    let here = cx.model.own.compartments.iter().find(lies);
    let Some(here) = here.filter(|c| c.cells.is_some_and(|cells| !cells.slots)) else {
        return;
    };
    let turns = item.shape.rotates && item.shape.width != item.shape.height;
    if turns && ui.button(labels::TURN.get(ui.ctx())).clicked() {
        cx.intents.push(Intent::Put {
            item: item.uid,
            compartment: here.place,
            position: item.position ^ ROTATED,
        });
    }
}

/// The button that makes a favourite, or an ordinary thing again.
fn mark(ui: &mut Ui, item: &ItemRow, cx: &mut Cx<'_>) {
    let label = if item.favourite {
        labels::NO_FAVOURITE
    } else {
        labels::FAVOURITE
    };
    if ui.button(label.get(ui.ctx())).clicked() {
        cx.intents.push(Intent::Mark {
            item: item.uid,
            favourite: !item.favourite,
        });
    }
}

fn put(ui: &mut Ui, item: &ItemRow, cx: &mut Cx<'_>) {
    let Some((container, from)) = cx.model.container.as_ref().zip(cx.model.holder) else {
        return;
    };
    let text = labels::PUT_INTO.fill(ui.ctx(), &[("name", &container.name)]);
    if ui.button(text).clicked() {
        cx.intents.push(Intent::Transfer {
            item: item.uid,
            from,
            to: container.uid,
            compartment: None,
            count: None,
        });
    }
}
