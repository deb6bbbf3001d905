use bevy::prelude::*;
use leafwing_input_manager::Actionlike;
use serde::{Deserialize, Serialize};

use crate::{
    open::Panel,
    texts::{Label, labels},
};

/// What a key can mean to the interface.
///
/// Read them with leafwing's `ActionState<UiAction>`, which lives on one entity.
#[derive(
    Actionlike,
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Reflect,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum UiAction {
    /// Open or close the character sheet.
    ToggleSheet,
    /// Open or close the inventory.
    ToggleInventory,
    /// Open or close the stat inspector.
    ToggleInspector,
    /// Open or close the action log.
    ToggleLog,
    /// Open or close the list of content errors.
    ToggleContent,
    /// Open or close the list of people.
    ToggleSession,
    /// Open or close the list of keys.
    ToggleKeys,
    /// Open or close the effects.
    ToggleEffects,
    /// Open or close the relations.
    ToggleRelations,
    /// Open or close the packages.
    TogglePackages,
    /// Open or close the stat graph.
    ToggleGraph,
    /// Open or close the recipes.
    ToggleCrafting,
    /// Open or close what is to be known of one's things: condition, sets, abilities.
    ToggleGear,
    /// Show what the thing has been through that the inventory points at; without one, open or
    /// close the histories.
    ToggleHistory,
    /// Use what is near.
    Interact,
    /// Close the panel that was opened last.
    Close,
    /// Wear, take off or use what is in the hotbar's slot 1.
    Hotbar1,
    /// Wear, take off or use what is in the hotbar's slot 2.
    Hotbar2,
    /// Wear, take off or use what is in the hotbar's slot 3.
    Hotbar3,
    /// Wear, take off or use what is in the hotbar's slot 4.
    Hotbar4,
    /// Wear, take off or use what is in the hotbar's slot 5.
    Hotbar5,
    /// Wear, take off or use what is in the hotbar's slot 6.
    Hotbar6,
    /// Wear, take off or use what is in the hotbar's slot 7.
    Hotbar7,
    /// Wear, take off or use what is in the hotbar's slot 8.
    Hotbar8,
    /// Wear, take off or use what is in the hotbar's slot 9.
    Hotbar9,
    /// Wear, take off or use what is in the hotbar's slot 0.
    Hotbar0,
}

impl UiAction {
    /// Every action, as the list of keys shows them.
    pub const ALL: [Self; 26] = [
        Self::ToggleSheet,
        Self::ToggleInventory,
        Self::ToggleGear,
        Self::ToggleCrafting,
        Self::ToggleHistory,
        Self::ToggleEffects,
        Self::ToggleRelations,
        Self::Interact,
        Self::Close,
        Self::ToggleSession,
        Self::ToggleKeys,
        Self::ToggleInspector,
        Self::ToggleLog,
        Self::ToggleContent,
        Self::TogglePackages,
        Self::ToggleGraph,
        Self::Hotbar1,
        Self::Hotbar2,
        Self::Hotbar3,
        Self::Hotbar4,
        Self::Hotbar5,
        Self::Hotbar6,
        Self::Hotbar7,
        Self::Hotbar8,
        Self::Hotbar9,
        Self::Hotbar0,
    ];

    /// What it is called.
    pub const fn label(self) -> Label {
        match self {
            Self::ToggleSheet => labels::ACTION_SHEET,
            Self::ToggleInventory => labels::ACTION_INVENTORY,
            Self::ToggleInspector => labels::ACTION_INSPECTOR,
            Self::ToggleLog => labels::ACTION_LOG,
            Self::ToggleContent => labels::ACTION_CONTENT,
            Self::ToggleSession => labels::ACTION_SESSION,
            Self::ToggleKeys => labels::ACTION_KEYS,
            Self::ToggleEffects => labels::ACTION_EFFECTS,
            Self::ToggleRelations => labels::ACTION_RELATIONS,
            Self::TogglePackages => labels::ACTION_PACKAGES,
            Self::ToggleGraph => labels::ACTION_GRAPH,
            Self::ToggleCrafting => labels::ACTION_CRAFTING,
            Self::ToggleGear => labels::ACTION_GEAR,
            Self::ToggleHistory => labels::ACTION_HISTORY,
            Self::Interact => labels::ACTION_INTERACT,
            Self::Close => labels::ACTION_CLOSE,
            Self::Hotbar1 => labels::ACTION_HOTBAR_1,
            Self::Hotbar2 => labels::ACTION_HOTBAR_2,
            Self::Hotbar3 => labels::ACTION_HOTBAR_3,
            Self::Hotbar4 => labels::ACTION_HOTBAR_4,
            Self::Hotbar5 => labels::ACTION_HOTBAR_5,
            Self::Hotbar6 => labels::ACTION_HOTBAR_6,
            Self::Hotbar7 => labels::ACTION_HOTBAR_7,
            Self::Hotbar8 => labels::ACTION_HOTBAR_8,
            Self::Hotbar9 => labels::ACTION_HOTBAR_9,
            Self::Hotbar0 => labels::ACTION_HOTBAR_0,
        }
    }

    /// The panel that it opens and closes.
    pub const fn panel(self) -> Option<Panel> {
        Some(match self {
            Self::ToggleSheet => Panel::Sheet,
            Self::ToggleInventory => Panel::Inventory,
            Self::ToggleInspector => Panel::Inspector,
            Self::ToggleLog => Panel::Log,
            Self::ToggleContent => Panel::Content,
            Self::ToggleSession => Panel::Session,
            Self::ToggleKeys => Panel::Keys,
            Self::ToggleEffects => Panel::Effects,
            Self::ToggleRelations => Panel::Relations,
            Self::TogglePackages => Panel::Packages,
            Self::ToggleGraph => Panel::Graph,
            _ => return None,
        })
    }

    /// The registered panel that it opens and closes.
    pub const fn game_panel(self) -> Option<&'static str> {
        match self {
            Self::ToggleCrafting => Some("crafting"),
            Self::ToggleGear => Some("gear"),
            Self::ToggleHistory => Some("history"),
            _ => None,
        }
    }

    /// The slot of the hotbar that it uses, 0 to 9: the key 1 is the first.
    pub const fn hotbar_slot(self) -> Option<u8> {
        Some(match self {
            Self::Hotbar1 => 0,
            Self::Hotbar2 => 1,
            Self::Hotbar3 => 2,
            Self::Hotbar4 => 3,
            Self::Hotbar5 => 4,
            Self::Hotbar6 => 5,
            Self::Hotbar7 => 6,
            Self::Hotbar8 => 7,
            Self::Hotbar9 => 8,
            Self::Hotbar0 => 9,
            _ => return None,
        })
    }
}
