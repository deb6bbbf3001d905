//! Where a number comes from.

use bevy_egui::egui::{
    Align, Color32, Grid, Id, Layout, Response, RichText, Ui, WidgetInfo, WidgetType,
};

use crate::{texts::labels, theme::Palette};

/// One step on the way to a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BreakdownRow {
    /// Who contributes, such as `"Ring of Strength"`.
    pub source: String,
    /// What is done, such as `"add"`.
    pub operation: String,
    /// By how much, such as `"+2"`.
    pub amount: String,
    /// The number after this step; empty where the step does not count.
    pub running: String,
    /// The file, line and column that say so; empty where none does.
    pub place: String,
    /// Why the step does not count, such as `"a stronger bonus of the same kind applies"`.
    pub not_counted: Option<String>,
}

/// A table that explains a number step by step. Steps that do not count are struck through and say
/// why. Give each table on the same screen a [`Ui::push_id`] of its own.
pub fn breakdown(ui: &mut Ui, rows: &[BreakdownRow]) -> Response {
    let palette = Palette::of(ui.ctx());
    let response = ui
        .scope(|ui| {
            Grid::new(Id::new("wayfarer breakdown"))
                .num_columns(5)
                .spacing([14.0, 4.0])
                .striped(true)
                .show(ui, |ui| {
                    for title in [
                        labels::BREAKDOWN_SOURCE,
                        labels::BREAKDOWN_STEP,
                        labels::BREAKDOWN_AMOUNT,
                        labels::BREAKDOWN_SO_FAR,
                    ] {
                        let title = RichText::new(title.get(ui.ctx()));
                        ui.label(title.small().color(palette.muted));
                    }
                    ui.end_row();
                    for row in rows {
                        table_row(ui, &palette, row);
                    }
                });
        })
        .response;
    response.widget_info(|| {
        let counted = rows.iter().filter(|row| row.not_counted.is_none()).count();
        let spoken = format!("Explanation, {counted} of {} steps count", rows.len());
        WidgetInfo::labeled(WidgetType::Other, true, spoken)
    });
    response
}

fn table_row(ui: &mut Ui, palette: &Palette, row: &BreakdownRow) {
    let counts = row.not_counted.is_none();
    let cell = |text: &str, color: Color32| {
        let text = RichText::new(text);
        if counts {
            text.color(color)
        } else {
            text.color(palette.muted).strikethrough()
        }
    };
    ui.label(cell(&row.source, palette.text));
    ui.label(cell(&row.operation, palette.muted));
    right(ui, cell(&row.amount, amount_color(palette, &row.amount)));
    match &row.not_counted {
        None => ui.label(cell(&row.running, palette.accent).strong()),
        Some(reason) => ui.label(RichText::new(reason).italics().color(palette.muted)),
    };
    ui.label(RichText::new(&row.place).small().color(palette.muted));
    ui.end_row();
}

/// Numbers stand under each other at their right ends.
fn right(ui: &mut Ui, text: RichText) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
}

fn amount_color(palette: &Palette, amount: &str) -> Color32 {
    match amount.chars().next() {
        Some('+') => palette.good,
        Some('-' | '−') => palette.bad,
        _ => palette.text,
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;

    fn rows() -> Vec<BreakdownRow> {
        vec![
            BreakdownRow {
                source: "Base".into(),
                operation: "start".into(),
                amount: "10".into(),
                running: "10.0".into(),
                place: "demo/sheets/knight.ron:3:9".into(),
                not_counted: None,
            },
            BreakdownRow {
                source: "Old ring".into(),
                operation: "add".into(),
                amount: "+1".into(),
                running: String::new(),
                place: String::new(),
                not_counted: Some("a stronger ring applies".into()),
            },
        ]
    }

    #[test]
    fn every_cell_is_there() {
        let harness = Harness::new_ui(|ui| {
            breakdown(ui, &rows());
        });
        for text in [
            "Source",
            "So far",
            "Base",
            "start",
            "10",
            "10.0",
            "demo/sheets/knight.ron:3:9",
            "Old ring",
            "add",
            "+1",
            "a stronger ring applies",
        ] {
            harness.get_by_label(text);
        }
        harness.get_by_label("Explanation, 1 of 2 steps count");
    }

    #[test]
    fn no_steps_is_no_trouble() {
        let harness = Harness::new_ui(|ui| {
            breakdown(ui, &[]);
        });
        harness.get_by_label("Explanation, 0 of 0 steps count");
    }

    #[test]
    fn the_sign_gives_the_colour() {
        let palette = Palette::FOREST;
        for (amount, color) in [
            ("+2", palette.good),
            ("-2", palette.bad),
            ("−2", palette.bad),
            ("×1.5", palette.text),
            ("", palette.text),
        ] {
            assert_eq!(amount_color(&palette, amount), color);
        }
    }
}
