//! What was clicked becomes what is asked for.

use bevy::{ecs::system::SystemParam, prelude::*};
use wayfarer_core::{
    action::Action,
    content::ReloadContent,
    door::Outbox,
    id::{Identity, Uid},
    ledger::UndoAction,
    people::SetRole,
};
use wayfarer_equipment::actions::{EquipItem, SwapSlots, UnequipItem};
use wayfarer_inventory::actions::{
    AskHistory, CloseContainer, DropItem, MarkItem, MergeStacks, MoveItem, OpenContainer,
    PickUpItem, PutItem, PutMatching, RearrangeItem, SetHotbar, SortBy as ItemSort, SortItems,
    SplitStack, StackAll, TakeAll, TransferItem, UseItem,
};
use wayfarer_stats::{
    StatId,
    actions::{PatchChange, PatchLayer, PatchStat},
    effects::actions::{ApplyEffect, DismissEffect, RemoveEffect, WhichEffects},
};

use crate::{
    answers::Answers,
    build::{Cached, Inspected},
    game_panel::{GamePanel as _, GamePanels, Visiting},
    intent::{Ask, Intent, Intents, SortBy, StatPatch},
    keys::{KeyBindings, KeyStore},
    model::{InventoryModel, Subject},
    open::{Panel, PanelsOpen},
    panels::history::HistoryPanel,
    plugin::{LocalCharacter, PanelStates},
};

/// What intents change without asking the host.
#[derive(SystemParam)]
pub(crate) struct Interface<'w> {
    open: ResMut<'w, PanelsOpen>,
    inspected: ResMut<'w, Inspected>,
    visiting: ResMut<'w, Visiting>,
    states: ResMut<'w, PanelStates>,
    panels: ResMut<'w, GamePanels>,
    bindings: ResMut<'w, KeyBindings>,
    store: Option<Res<'w, KeyStore>>,
    reload: MessageWriter<'w, ReloadContent>,
}

/// Turns intents into requests, or into changes of the interface; then tells the game of each.
pub(crate) fn dispatch(
    mut intents: ResMut<Intents>,
    mut outbox: ResMut<Outbox>,
    mut answers: ResMut<Answers>,
    mut interface: Interface,
    mut told: MessageWriter<Intent>,
    local: Res<LocalCharacter>,
    inventory: Res<Cached<InventoryModel>>,
    names: Query<&Identity>,
) {
    if intents.0.is_empty() {
        return;
    }
    let actor = local.0.and_then(|entity| names.get(entity).ok());
    let mut door = Door {
        outbox: &mut outbox,
        answers: &mut answers,
        actor: actor.map(|identity| identity.0),
        shown: &inventory.model,
    };
    for intent in intents.0.drain(..) {
        if let Intent::ShowHistory(item) = intent {
            let ask = Ask::of(&AskHistory { item });
            door.ask(&ask.about(Subject::Item(item)).into());
        }
        if !door.ask(&intent) {
            interface.change(&intent);
        }
        told.write(intent);
    }
}

struct Door<'a> {
    outbox: &'a mut Outbox,
    answers: &'a mut Answers,
    actor: Option<Uid>,
    shown: &'a InventoryModel,
}

impl Door<'_> {
    fn send<A: Action>(&mut self, intent: &Intent, action: &A) -> bool {
        let actor = if A::NEEDS_ACTOR { self.actor } else { None };
        let id = self.outbox.send(actor, action);
        let item = match *intent {
            Intent::PickUp { item, .. }
            | Intent::Drop { item, .. }
            | Intent::Use { item }
            | Intent::Equip { item, .. }
            | Intent::Fetch { item, .. } => self.shown.item(item),
            _ => None,
        };
        let name = item.map(|item| item.name.to_string());
        self.answers.sent(id, intent, name);
        true
    }

    /// Asks the host; `false` when the intent is nothing to ask for.
    fn ask(&mut self, intent: &Intent) -> bool {
        if let Intent::Ask(ask) = intent {
            let actor = self.actor.filter(|_| ask.as_actor);
            let id = self
                .outbox
                .send_encoded(actor, ask.action, ask.payload.clone());
            self.answers.sent(id, intent, None);
            return true;
        }
        match *intent {
            Intent::Equip { item, slot } => self.send(intent, &EquipItem { item, slot }),
            Intent::Fetch {
                item, from: None, ..
            } => self.send(
                intent,
                &PickUpItem {
                    item,
                    count: None,
                    to: None,
                },
            ),
            Intent::Fetch {
                item,
                from: Some(from),
                ..
            } => {
                let Some(to) = self.actor else {
                    return true;
                };
                self.send(
                    intent,
                    &TransferItem {
                        from,
                        item,
                        count: None,
                        to,
                        compartment: None,
                    },
                )
            }
            Intent::Unequip { slot, compartment } => {
                self.send(intent, &UnequipItem { slot, compartment })
            }
            Intent::Swap { from, to } => self.send(intent, &SwapSlots { from, to }),
            Intent::Move {
                item,
                compartment: to,
                before,
            } => self.send(intent, &MoveItem { item, to, before }),
            Intent::Transfer {
                item,
                from,
                to,
                compartment,
                count,
            } => self.send(
                intent,
                &TransferItem {
                    from,
                    item,
                    count,
                    to,
                    compartment,
                },
            ),
            Intent::Split {
                item,
                count,
                compartment: to,
            } => self.send(intent, &SplitStack { item, count, to }),
            Intent::Merge {
                item: from,
                into,
                count,
            } => self.send(intent, &MergeStacks { from, into, count }),
            Intent::Use { item } => self.send(intent, &UseItem { item, target: None }),
            Intent::Drop { item, count } => self.send(intent, &DropItem { item, count }),
            Intent::PickUp {
                item,
                count,
                compartment: to,
            } => self.send(intent, &PickUpItem { item, count, to }),
            Intent::Sort { compartment, by } => {
                let by = match by {
                    SortBy::Name => ItemSort::Name,
                    SortBy::Weight => ItemSort::Weight,
                    SortBy::Value => ItemSort::Value,
                    SortBy::Kind => ItemSort::Kind,
                    SortBy::Bulk => ItemSort::Bulk,
                    SortBy::Newest => ItemSort::Newest,
                    SortBy::Rarity => ItemSort::Rarity,
                };
                let compartment = Some(compartment);
                self.send(intent, &SortItems { compartment, by })
            }
            Intent::Put {
                item,
                compartment: to,
                position,
            } => self.send(intent, &PutItem { item, to, position }),
            Intent::Rearrange {
                holder,
                item,
                compartment: to,
                at,
            } => self.send(
                intent,
                &RearrangeItem {
                    holder,
                    item,
                    to,
                    at,
                },
            ),
            Intent::Mark { item, favourite } => self.send(intent, &MarkItem { item, favourite }),
            Intent::SetHotbar { slot, item } => self.send(intent, &SetHotbar { slot, item }),
            Intent::TakeAll(from) => self.send(intent, &TakeAll { from }),
            Intent::PutMatching(to) => self.send(intent, &PutMatching { to }),
            Intent::StackAll(place) => {
                let compartment = Some(place);
                self.send(intent, &StackAll { compartment })
            }
            Intent::OpenContainer(container) => self.send(intent, &OpenContainer { container }),
            Intent::CloseContainer(container) => self.send(intent, &CloseContainer { container }),
            Intent::PatchStat {
                character,
                stat,
                patch,
            } => self.send(intent, &patch_stat(character, StatId(stat), patch)),
            Intent::ApplyEffect {
                character,
                effect,
                level,
            } => self.send(
                intent,
                &ApplyEffect {
                    target: character,
                    effect,
                    source: None,
                    level,
                    numbers: Vec::new(),
                },
            ),
            Intent::RemoveEffect { character, effect } => self.send(
                intent,
                &RemoveEffect {
                    target: character,
                    which: WhichEffects::One(effect),
                },
            ),
            Intent::DismissEffect(effect) => self.send(intent, &DismissEffect { effect }),
            Intent::Undo { sequence } => self.send(intent, &UndoAction { sequence }),
            Intent::SetRole { player, role } => self.send(intent, &SetRole { player, role }),
            _ => false,
        }
    }
}

fn patch_stat(target: Uid, stat: StatId, patch: StatPatch) -> PatchStat {
    let (layer, value) = match patch {
        StatPatch::Base(value) => (PatchLayer::Base, value),
        StatPatch::Runtime(value) => (PatchLayer::Runtime, value),
    };
    PatchStat {
        target,
        stat,
        layer,
        change: value.map_or(PatchChange::Clear, PatchChange::Set),
    }
}

impl Interface<'_> {
    fn change(&mut self, intent: &Intent) {
        match *intent {
            Intent::Open(panel) => self.open.open(panel),
            Intent::Visit { whom, panel } => {
                self.visiting.0 = Some(whom);
                self.open.open(panel);
            }
            Intent::Close(panel) => self.open.close(panel),
            Intent::ShowHistory(item) => {
                if let Some(history) = self.panels.state::<HistoryPanel>() {
                    history.chosen = Some(item);
                }
                self.open.open(HistoryPanel::panel());
            }
            Intent::Inspect(uid) => self.inspected.0 = Some(uid),
            Intent::InspectStat { character, stat } => {
                self.inspected.0 = Some(character);
                self.states.inspector.selected = Some(stat);
                self.open.open(Panel::Inspector);
            }
            Intent::Rebind {
                action,
                index,
                chord,
            } => {
                self.bindings.bind(action, index, chord);
                self.keep_keys();
            }
            Intent::Unbind { action, index } => {
                self.bindings.unbind(action, index);
                self.keep_keys();
            }
            Intent::ResetKeys => {
                *self.bindings = KeyBindings::default();
                self.keep_keys();
            }
            Intent::ReloadContent => {
                self.reload.write(ReloadContent);
            }
            // The rest is for the game.
            _ => {}
        }
    }

    fn keep_keys(&self) {
        if let Some(store) = &self.store {
            store.save(&self.bindings);
        }
    }
}
