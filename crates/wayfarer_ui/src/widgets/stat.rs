//! One line for one stat.

use bevy_egui::egui::{
    Align2, Pos2, Response, Sense, Stroke, TextStyle, Ui, WidgetInfo, WidgetType, vec2,
};

use crate::theme::Palette;

/// A stat's name on the left, its value on the right, its tier in words before the value. An empty
/// `tier_text` leaves the tier out. The whole line can be clicked.
pub fn stat_row(ui: &mut Ui, name: &str, value_text: &str, tier_text: &str) -> Response {
    let palette = Palette::of(ui.ctx());
    let font = TextStyle::Body.resolve(ui.style());
    let height = ui.spacing().interact_size.y;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        if response.hovered() || response.has_focus() {
            painter.rect_filled(rect, 4, palette.hovered);
        }
        let inner = rect.shrink2(vec2(6.0, 0.0));
        let middle = inner.center().y;
        let write = |x: f32, anchor, text: &str, color| {
            painter.text(Pos2::new(x, middle), anchor, text, font.clone(), color)
        };
        let name_place = write(inner.left(), Align2::LEFT_CENTER, name, palette.text);
        let value_place = write(
            inner.right(),
            Align2::RIGHT_CENTER,
            value_text,
            palette.accent,
        );
        let tier_place = write(
            value_place.left() - 10.0,
            Align2::RIGHT_CENTER,
            tier_text,
            palette.muted,
        );
        // A fine line leads the eye from the name to the number.
        let leader = (name_place.right() + 8.0)..=(tier_place.left() - 8.0);
        if leader.start() < leader.end() {
            let line = Stroke::new(1.0, palette.border.gamma_multiply(0.6));
            painter.hline(leader, middle, line);
        }
        if response.has_focus() {
            let line = Stroke::new(1.5, palette.border_strong);
            painter.hline(rect.x_range(), rect.bottom(), line);
        }
    }
    response.widget_info(|| {
        let spoken = if tier_text.is_empty() {
            format!("{name}: {value_text}")
        } else {
            format!("{name}: {value_text}, {tier_text}")
        };
        WidgetInfo::labeled(WidgetType::Button, ui.is_enabled(), spoken)
    });
    response
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;

    #[test]
    fn says_name_value_and_tier() {
        let harness = Harness::new_ui(|ui| {
            stat_row(ui, "Strength", "14", "good");
            stat_row(ui, "Armour", "3", "");
        });
        harness.get_by_label("Strength: 14, good");
        harness.get_by_label("Armour: 3");
    }

    #[test]
    fn can_be_clicked() {
        let mut harness = Harness::new_ui_state(
            |ui, clicks: &mut u32| {
                *clicks += u32::from(stat_row(ui, "Strength", "14", "").clicked());
            },
            0,
        );
        harness.get_by_label("Strength: 14").click();
        harness.run();
        assert_eq!(*harness.state(), 1);
    }
}
