//! Which panels there are, and which are open.

use bevy::prelude::*;
use leafwing_input_manager::prelude::ActionState;

use crate::{
    answers::Answers,
    game_panel::GamePanel as _,
    intent::{Intent, Intents},
    keys::UiAction,
    model::hud::NearbyPrompt,
    panels::history::HistoryPanel,
    plugin::PanelStates,
    texts::{Label, labels},
};

/// A panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Reflect)]
pub enum Panel {
    /// The character sheet.
    Sheet,
    /// The inventory.
    Inventory,
    /// The stat inspector.
    Inspector,
    /// The action log.
    Log,
    /// The content errors.
    Content,
    /// The people.
    Session,
    /// The keys.
    Keys,
    /// The effects on a character.
    Effects,
    /// What a character has towards others.
    Relations,
    /// The stat sets of the content.
    Packages,
    /// The stats of a character and what follows from what.
    Graph,
    /// One that was registered with
    /// [`register_panel`](crate::game_panel::GamePanelAppExt::register_panel).
    Game(&'static str),
}

impl Panel {
    /// Every panel that is always there.
    pub const ALL: [Self; 11] = [
        Self::Sheet,
        Self::Inventory,
        Self::Inspector,
        Self::Log,
        Self::Content,
        Self::Session,
        Self::Keys,
        Self::Effects,
        Self::Relations,
        Self::Packages,
        Self::Graph,
    ];

    /// Its title; `None` for those that were registered, which know it themselves.
    pub const fn title(self) -> Option<Label> {
        Some(match self {
            Self::Sheet => labels::TITLE_SHEET,
            Self::Inventory => labels::TITLE_INVENTORY,
            Self::Inspector => labels::TITLE_INSPECTOR,
            Self::Log => labels::TITLE_LOG,
            Self::Content => labels::TITLE_CONTENT,
            Self::Session => labels::TITLE_SESSION,
            Self::Keys => labels::TITLE_KEYS,
            Self::Effects => labels::TITLE_EFFECTS,
            Self::Relations => labels::TITLE_RELATIONS,
            Self::Packages => labels::TITLE_PACKAGES,
            Self::Graph => labels::TITLE_GRAPH,
            Self::Game(_) => return None,
        })
    }
}

/// Which panels are open.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelsOpen {
    open: Vec<Panel>,
}

impl PanelsOpen {
    /// Whether a panel is open.
    pub fn is_open(&self, panel: Panel) -> bool {
        self.open.contains(&panel)
    }

    /// Opens a panel; it counts as the last one from then on.
    pub fn open(&mut self, panel: Panel) {
        self.close(panel);
        self.open.push(panel);
    }

    /// Closes a panel.
    pub fn close(&mut self, panel: Panel) {
        self.open.retain(|&known| known != panel);
    }

    /// Closes it if it is open, opens it otherwise.
    pub fn toggle(&mut self, panel: Panel) {
        if self.is_open(panel) {
            self.close(panel);
        } else {
            self.open(panel);
        }
    }

    /// Closes the panel that was opened last; `None` when none is open.
    pub fn close_last(&mut self) -> Option<Panel> {
        self.open.pop()
    }

    /// The open panels, the one opened last at the end.
    pub fn iter(&self) -> impl Iterator<Item = Panel> {
        self.open.iter().copied()
    }
}

/// Keys open and close panels, and use what is near.
pub(crate) fn react_to_keys(
    states: Query<&ActionState<UiAction>>,
    prompt: Res<NearbyPrompt>,
    remembered: Res<PanelStates>,
    mut open: ResMut<PanelsOpen>,
    mut intents: ResMut<Intents>,
) {
    for action in states.iter().flat_map(ActionState::get_just_pressed) {
        match (action.panel(), action) {
            (Some(panel), _) => open.toggle(panel),
            (None, UiAction::Interact) => {
                let target = prompt.0.as_ref().map(|prompt| prompt.target);
                intents.0.extend(target.map(Intent::Interact));
            }
            // The hotbar has a system of its own: it looks at what is carried.
            (None, action) if action.hotbar_slot().is_some() => {}
            (None, UiAction::ToggleHistory) if open.is_open(Panel::Inventory) => {
                match remembered.inventory.pointed_at() {
                    Some(item) => intents.0.push(Intent::ShowHistory(item)),
                    None => open.toggle(HistoryPanel::panel()),
                }
            }
            (None, action) if action.game_panel().is_some() => {
                let panel = action.game_panel().unwrap_or_default();
                open.toggle(Panel::Game(panel));
            }
            (None, _) => {
                if !open.open.is_empty() {
                    open.close_last();
                }
            }
        }
    }
}

/// Who closes the inventory is done with the chest.
pub(crate) fn close_containers(
    open: Res<PanelsOpen>,
    answers: Res<Answers>,
    mut intents: ResMut<Intents>,
) {
    if open.is_changed()
        && !open.is_open(Panel::Inventory)
        && let Some(container) = answers.opened()
    {
        intents.0.push(Intent::CloseContainer(container));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_opened_closes_first() {
        let mut open = PanelsOpen::default();
        open.open(Panel::Sheet);
        open.open(Panel::Inventory);
        open.open(Panel::Sheet);
        assert_eq!(open.close_last(), Some(Panel::Sheet));
        open.toggle(Panel::Inventory);
        assert!(!open.is_open(Panel::Inventory));
        assert_eq!(open.close_last(), None);
    }
}
