//! The panels: functions of a model and a state of their own, without a world.
//!
//! `fn panel(ui, &Model, &mut State, &mut Vec<Intent>)`: no side effects, so they are tested
//! without a window and can be used in any egui game, with or without
//! [`UiPlugin`](crate::UiPlugin).

use bevy_egui::egui::{self, Color32, Ui};

use crate::{texts::labels, theme::Palette};

pub mod content;
pub mod crafting;
pub mod effects;
pub mod enchanting;
pub mod gear;
pub mod graph;
pub mod history;
pub mod hud;
pub mod inspector;
pub mod inventory;
pub mod join;
pub mod keys;
pub mod log;
pub mod packages;
pub mod relations;
pub mod repair;
pub mod session;
pub mod sheet;
pub mod shop;
pub mod trade;
mod viewed;

pub use content::content_panel;
pub use crafting::crafting_panel;
pub use effects::effects_panel;
pub use enchanting::{EnchantingPanel, enchanting_panel};
pub use gear::{GearPanel, gear_panel};
pub use graph::graph_panel;
pub use history::history_panel;
pub use hud::hud;
pub use inspector::inspector_panel;
pub use inventory::inventory_panel;
pub use join::join_form;
pub use keys::keys_panel;
pub use log::log_panel;
pub use packages::packages_panel;
pub use relations::relations_panel;
pub use repair::{RepairPanel, repair_panel};
pub use session::session_panel;
pub use sheet::sheet_panel;

/// A search field; returns the query in lower case, trimmed.
pub(crate) fn search(ui: &mut Ui, text: &mut String) -> String {
    let label = labels::SEARCH.get(ui.ctx());
    let field = egui::TextEdit::singleline(text)
        .hint_text(label.as_ref())
        .desired_width(160.0);
    ui.add(field);
    text.trim().to_lowercase()
}

/// Whether any of the texts contains the query, which is in lower case.
pub(crate) fn found(query: &str, texts: &[&str]) -> bool {
    query.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(query))
}

/// A number as players read it: no zeros at the end, at most two decimals.
pub(crate) fn number(value: f32) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" => "0".to_owned(),
        text => text.replace('-', "−"),
    }
}

/// The colour of a change: good, bad or neither.
pub(crate) fn change_color(ui: &Ui, better: Option<bool>) -> Color32 {
    match better {
        Some(true) => good(ui),
        Some(false) => ui.visuals().error_fg_color,
        None => ui.visuals().text_color(),
    }
}

/// The theme's colour for what is well.
pub(crate) fn good(ui: &Ui) -> Color32 {
    Palette::of(ui.ctx()).good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (3.0, "3"),
            (3.5, "3.5"),
            (0.1 + 0.2, "0.3"),
            (-2.0, "−2"),
            (-0.001, "0"),
            (100.0, "100"),
            (f32::INFINITY, "∞"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn an_empty_query_finds_everything() {
        assert!(found("", &["a"]));
        assert!(found("swo", &["Iron", "Long Sword"]));
        assert!(!found("bow", &["Iron", "Long Sword"]));
    }
}
