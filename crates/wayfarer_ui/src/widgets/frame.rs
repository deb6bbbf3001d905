//! Frames with words in them.

use bevy_egui::egui::{
    Align, CornerRadius, Frame, InnerResponse, Layout, Margin, Response, RichText, Stroke, Ui,
    WidgetInfo, WidgetType, vec2,
};

use crate::theme::{Palette, Tone};

/// A titled frame round some content.
pub fn section<R>(
    ui: &mut Ui,
    title: &str,
    add_contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let palette = Palette::of(ui.ctx());
    let shown = Frame::new()
        .fill(palette.section)
        .stroke(Stroke::new(1.0, palette.border))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.label(RichText::new(title).color(palette.accent).strong());
            let line = ui.min_rect().bottom() + 2.0;
            let stroke = Stroke::new(1.0, palette.border);
            ui.painter().hline(ui.max_rect().x_range(), line, stroke);
            ui.add_space(4.0);
            add_contents(ui)
        });
    shown
        .response
        .widget_info(|| WidgetInfo::labeled(WidgetType::Panel, true, format!("Section {title}")));
    shown
}

/// A short message. A symbol repeats what the colour says.
pub fn toast(ui: &mut Ui, tone: Tone, text: &str) -> Response {
    let palette = Palette::of(ui.ctx());
    let color = palette.tone(tone);
    let (symbol, spoken) = match tone {
        Tone::Plain | Tone::Muted => ("ℹ", "Note"),
        Tone::Accent => ("★", "News"),
        Tone::Good => ("✔", "Done"),
        Tone::Warn => ("⚠", "Warning"),
        Tone::Bad => ("✖", "Not possible"),
    };
    let response = Frame::new()
        .fill(palette.section)
        .stroke(Stroke::new(1.0, color.gamma_multiply(0.6)))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(10, 6))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(symbol).color(color).strong());
                ui.label(RichText::new(text).color(palette.text));
            });
        })
        .response;
    response
        .widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, format!("{spoken}: {text}")));
    response
}

/// Stands where a list would be if it were not empty, and says what to do about it. `symbol` may be
/// any letter or emoji that the fonts know; an empty `hint` is left out.
pub fn empty_state(ui: &mut Ui, symbol: &str, title: &str, hint: &str) -> Response {
    let palette = Palette::of(ui.ctx());
    let layout = Layout::top_down(Align::Center);
    let size = vec2(ui.available_width(), 0.0);
    let response = ui
        .allocate_ui_with_layout(size, layout, |ui| {
            ui.add_space(16.0);
            ui.label(
                RichText::new(symbol)
                    .size(30.0)
                    .color(palette.border_strong),
            );
            ui.label(RichText::new(title).color(palette.text).strong());
            if !hint.is_empty() {
                ui.label(RichText::new(hint).small().color(palette.muted));
            }
            ui.add_space(16.0);
        })
        .response;
    response.widget_info(|| {
        let spoken = format!("{title}. {hint}");
        WidgetInfo::labeled(WidgetType::Other, true, spoken.trim_end())
    });
    response
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;

    #[test]
    fn a_section_shows_title_and_content() {
        let harness = Harness::new_ui(|ui| {
            let shown = section(ui, "Load", |ui| {
                ui.label("inside");
                42
            });
            assert_eq!(shown.inner, 42);
        });
        harness.get_by_label("Section Load");
        harness.get_by_label("Load");
        harness.get_by_label("inside");
    }

    #[test]
    fn a_toast_says_its_kind_without_colour() {
        for (tone, spoken) in [
            (Tone::Plain, "Note: hello"),
            (Tone::Muted, "Note: hello"),
            (Tone::Accent, "News: hello"),
            (Tone::Good, "Done: hello"),
            (Tone::Warn, "Warning: hello"),
            (Tone::Bad, "Not possible: hello"),
        ] {
            let harness = Harness::new_ui(move |ui| {
                toast(ui, tone, "hello");
            });
            harness.get_by_label(spoken);
            harness.get_by_label("hello");
        }
    }

    #[test]
    fn an_empty_state_names_the_way_out() {
        let harness = Harness::new_ui(|ui| {
            empty_state(ui, "?", "No items", "Pick something up.");
            empty_state(ui, "?", "No people", "");
        });
        harness.get_by_label("No items. Pick something up.");
        harness.get_by_label("No people.");
        harness.get_by_label("Pick something up.");
    }
}
