//! Bars between two ends, for values that may be negative.

use std::ops::RangeInclusive;

use bevy_egui::egui::{
    Align2, Rect, Response, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, WidgetType, pos2,
    vec2,
};

use crate::{panels::number, theme::Palette};

/// Height of the bar itself, points.
const HEIGHT: f32 = 10.0;

/// Where a value lies between two ends, with its label above and what it is called behind it; `words`
/// may be empty. The bar is filled from 0, or from the end that is nearest to it. An end that is
/// not finite leaves the bar out.
pub fn span_bar(
    ui: &mut Ui,
    label: &str,
    value: f32,
    range: RangeInclusive<f32>,
    words: &str,
) -> Response {
    let palette = Palette::of(ui.ctx());
    let font = TextStyle::Body.resolve(ui.style());
    let line = ui.text_style_height(&TextStyle::Body);
    let size = vec2(ui.available_width(), line + 4.0 + HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let write = |place, anchor, text: &str, color| {
            painter.text(place, anchor, text, font.clone(), color)
        };
        write(rect.left_top(), Align2::LEFT_TOP, label, palette.text);
        let text = number(value);
        let value_place = write(rect.right_top(), Align2::RIGHT_TOP, &text, palette.accent);
        let before = pos2(value_place.left() - 10.0, rect.top());
        write(before, Align2::RIGHT_TOP, words, palette.muted);
        let bar = Rect::from_min_max(pos2(rect.left(), rect.bottom() - HEIGHT), rect.max);
        if let (Some(at), Some(from)) = (share(value, &range), share(0.0, &range)) {
            painter.rect_filled(bar, 3, palette.sunken);
            let x = |share: f32| bar.left() + bar.width() * share;
            let part = Rect::from_x_y_ranges(x(at.min(from))..=x(at.max(from)), bar.y_range());
            let color = if at < from { palette.bad } else { palette.good };
            painter.rect_filled(part, 3, color.gamma_multiply(0.85));
            if from > 0.0 && from < 1.0 {
                painter.vline(x(from), bar.y_range(), Stroke::new(1.0, palette.muted));
            }
            let line = Stroke::new(1.0, palette.border);
            painter.rect_stroke(bar, 3, line, StrokeKind::Inside);
        }
    }
    response.widget_info(|| {
        let mut spoken = format!("{label}: {}", number(value));
        if !words.is_empty() {
            spoken = format!("{spoken}, {words}");
        }
        WidgetInfo::labeled(WidgetType::ProgressIndicator, ui.is_enabled(), spoken)
    });
    response
}

/// Where a value lies, 0 to 1; `None` without two different finite ends.
fn share(value: f32, range: &RangeInclusive<f32>) -> Option<f32> {
    let (low, high) = (*range.start(), *range.end());
    let share = (value.clamp(low.min(high), high.max(low)) - low) / (high - low);
    (low < high && share.is_finite()).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_between_the_ends() {
        for (value, range, expected) in [
            (0.0, -100.0..=100.0, Some(0.5)),
            (50.0, 0.0..=100.0, Some(0.5)),
            (500.0, 0.0..=100.0, Some(1.0)),
            (-5.0, 0.0..=100.0, Some(0.0)),
            (5.0, 7.0..=7.0, None),
            (5.0, f32::NEG_INFINITY..=7.0, None),
            (f32::NAN, 0.0..=1.0, None),
        ] {
            assert_eq!(share(value, &range), expected, "{value} in {range:?}");
        }
    }
}
