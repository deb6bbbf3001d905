use bevy_egui::egui::{self, Ui};
use wayfarer_core::id::Uid;
use wayfarer_inventory::{actions::Spot, rules::ROTATED};

use super::{
    Cx, button_or_why, coins,
    drag::{Dragged, Source, Target},
    other::forbidden_here,
    rename::RenameDialog,
    split::SplitDialog,
};
use crate::{
    intent::Intent,
    model::{
        inventory::{CompartmentModel, InventoryModel},
        item::{ItemRow, Refusals},
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
    let before = (cx.intents.len(), cx.state.asks());
    let model = cx.model;
    let refusals = model.details_of(item.uid).map(|details| &details.refusals);
    let refusal = |which: fn(&Refusals) -> &Option<String>| {
        let said = refusals.and_then(|refusals| which(refusals).as_deref());
        said.or_else(|| item.blocked.as_deref().filter(|_| !item.wearable()))
    };
    let dragged = Dragged {
        item: item.uid,
        source,
        ask: false,
    };
    match source {
        Source::Own => {
            equip(ui, item, cx);
            let text = labels::USE.get(&ctx);
            if item.usable && button_or_why(ui, &text, refusal(|all| &all.using)) {
                cx.intents.push(Intent::Use { item: item.uid });
            }
            let drop = refusals.and_then(|refusals| refusals.drop.as_deref());
            if button_or_why(ui, &labels::DROP.get(&ctx), drop) {
                cx.intents.push(Intent::Drop {
                    item: item.uid,
                    count: None,
                });
            }
            if item.count > 1 {
                if ui.button(labels::SPLIT.get(&ctx)).clicked() {
                    cx.state.split = Some(SplitDialog::new(dragged, None, item.count));
                }
                if button_or_why(ui, &labels::DROP_SOME.get(&ctx), drop) {
                    let ground = Some(Target::Ground);
                    cx.state.split = Some(SplitDialog::new(dragged, ground, item.count));
                }
            }
            put(ui, item, cx);
            turn(ui, item, source, cx);
            mark(ui, item, cx);
            rename(ui, item, cx);
            coins::buttons(ui, item, cx);
        }
        Source::Worn(_) => {
            let details = model.details_of(item.uid);
            let refusal = details.and_then(|details| details.refusal.as_deref());
            if button_or_why(ui, &labels::TAKE_OFF.get(&ctx), refusal) {
                cx.intents.extend(primary(cx.model, item, source));
            }
            rename(ui, item, cx);
        }
        Source::Container(_) | Source::Ground => {
            let label = match source {
                Source::Ground => labels::PICK_UP,
                _ => labels::TAKE,
            };
            let theirs = match source {
                Source::Container(_) => forbidden_here(ui, cx.model),
                _ => None,
            };
            let take = refusals.and_then(|refusals| refusals.take.as_deref());
            let take = theirs.as_deref().or(take);
            if button_or_why(ui, &label.get(&ctx), take) {
                cx.intents.extend(primary(cx.model, item, source));
            }
            // Some may fit where all do not.
            if item.count > 1
                && button_or_why(ui, &labels::TAKE_SOME.get(&ctx), theirs.as_deref())
                && let Some(first) = cx.model.own.compartments.first()
            {
                let target = Target::Own {
                    compartment: first.place,
                    onto: None,
                };
                cx.state.split = Some(SplitDialog::new(dragged, Some(target), item.count));
            }
            if theirs.is_none() {
                turn(ui, item, source, cx);
            }
        }
    }
    history(ui, item, cx);
    before != (cx.intents.len(), cx.state.asks())
}

/// The button that gives it a name.
fn rename(ui: &mut Ui, item: &ItemRow, cx: &mut Cx<'_>) {
    let refusal = cx.model.naming.refusal.as_deref();
    let unknown = item.blocked.as_deref().filter(|_| item.max_stack == 0);
    let refusal = refusal.or(unknown);
    if button_or_why(ui, &labels::RENAME.get(ui.ctx()), refusal) {
        cx.state.rename = Some(RenameDialog::new(item.uid, &item.name));
    }
}

/// The button that shows what it has been through.
fn history(ui: &mut Ui, item: &ItemRow, cx: &mut Cx<'_>) {
    let stacks = labels::HISTORY_STACKS.get(ui.ctx());
    let refusal = (item.max_stack > 1).then_some(&*stacks);
    if button_or_why(ui, &labels::HISTORY.get(ui.ctx()), refusal) {
        cx.intents.push(Intent::ShowHistory(item.uid));
    }
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
fn turn(ui: &mut Ui, item: &ItemRow, source: Source, cx: &mut Cx<'_>) {
    let lies = |c: &&CompartmentModel| c.items.iter().any(|known| known.uid == item.uid);
    let container = cx.model.container.as_ref();
    let holder = match source {
        Source::Container(_) => container.map(|container| &container.content),
        _ => Some(&cx.model.own),
    };
    let here = holder.and_then(|holder| holder.compartments.iter().find(lies));
    let Some(here) = here.filter(|c| c.cells.is_some_and(|cells| !cells.slots)) else {
        return;
    };
    let turns = item.shape.rotates && item.shape.width != item.shape.height;
    if turns && ui.button(labels::TURN.get(ui.ctx())).clicked() {
        let (item, compartment, position) = (item.uid, here.place, item.position ^ ROTATED);
        cx.intents.push(match source {
            Source::Container(holder) => Intent::Rearrange {
                holder,
                item,
                compartment,
                at: Spot::Cell(position),
            },
            _ => Intent::Put {
                item,
                compartment,
                position,
            },
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
    let theirs = forbidden_here(ui, cx.model);
    let details = cx.model.details_of(item.uid);
    let full = details.and_then(|details| details.refusals.put.as_deref());
    if button_or_why(ui, &text, theirs.as_deref().or(full)) {
        cx.intents.push(Intent::Transfer {
            item: item.uid,
            from,
            to: container.uid,
            compartment: None,
            count: None,
        });
    }
}
