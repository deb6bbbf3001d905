//! Why a value is what it is, line by line.

use bevy_egui::egui::{self, RichText, Ui};

use crate::{model::sheet::BreakdownRow, texts::labels};

/// A table with a line for everything that has a say: who, what, how much, the value so far, and
/// where it is written. What does not count is struck through, with the reason.
pub fn breakdown(ui: &mut Ui, rows: &[BreakdownRow]) {
    if rows.is_empty() {
        return;
    }
    egui::Grid::new("breakdown")
        .num_columns(5)
        .striped(true)
        .show(ui, |ui| {
            for row in rows {
                line(ui, row);
                ui.end_row();
            }
        });
}

fn line(ui: &mut Ui, row: &BreakdownRow) {
    let counts = row.not_counted.is_none();
    let style = |text: &str| {
        let text = RichText::new(text);
        if counts {
            text
        } else {
            text.strikethrough().weak()
        }
    };
    ui.label(style(&row.source));
    ui.label(style(&row.operation));
    ui.label(style(&row.amount).monospace());
    match &row.not_counted {
        None => ui.label(RichText::new(&row.running).monospace().strong()),
        Some(reason) => {
            let text = labels::NOT_COUNTED.fill(ui.ctx(), &[("reason", reason)]);
            ui.label(RichText::new(text).italics().weak())
        }
    };
    ui.label(RichText::new(&row.place).small().weak());
}
