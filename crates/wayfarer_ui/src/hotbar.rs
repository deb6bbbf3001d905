//! The digits: what lies in the hotbar is put on, taken off or used, whichever it is for.

use bevy::prelude::*;
use leafwing_input_manager::prelude::ActionState;
use wayfarer_core::{
    content::{ActiveContent, Content},
    id::Uid,
};
use wayfarer_equipment::content::GearDef;
use wayfarer_inventory::{Inventory, content::ItemDef, marks::Marks};

use crate::{
    intent::{Intent, Intents},
    keys::UiAction,
    plugin::LocalCharacter,
};

/// Keys of the hotbar do what a click on its slot does, with the panel open or not.
pub(crate) fn use_hotbar(
    states: Query<&ActionState<UiAction>>,
    local: Res<LocalCharacter>,
    holders: Query<(&Inventory, &Marks)>,
    content: Res<ActiveContent>,
    mut intents: ResMut<Intents>,
) {
    for action in states.iter().flat_map(ActionState::get_just_pressed) {
        let Some(slot) = action.hotbar_slot() else {
            continue;
        };
        let Some((inventory, marks)) = local.0.and_then(|who| holders.get(who).ok()) else {
            continue;
        };
        let item = marks.at_hand(inventory, slot);
        let wish = item.and_then(|item| purpose(&content.0, inventory, item));
        intents.0.extend(wish);
    }
}

/// What a thing is for; `None` for what one can only carry.
fn purpose(content: &Content, inventory: &Inventory, uid: Uid) -> Option<Intent> {
    let item = inventory.get(uid)?;
    if let Some(slot) = item.place.slot() {
        return Some(Intent::Unequip {
            slot,
            compartment: None,
        });
    }
    if content.table::<GearDef>().get(item.def).is_some() {
        return Some(Intent::Equip {
            item: uid,
            slot: None,
        });
    }
    let def = content.table::<ItemDef>().get(item.def)?;
    def.usage.as_ref().map(|_| Intent::Use { item: uid })
}
