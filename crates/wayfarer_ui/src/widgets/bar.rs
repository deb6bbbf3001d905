//! Bars that fill up.

use bevy_egui::egui::{
    Align2, CornerRadius, Rect, Response, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo,
    WidgetType, pos2, vec2,
};

use crate::theme::{Palette, Tone};

/// Height of the bar itself, points.
const HEIGHT: f32 = 12.0;

/// From where on a bar says something else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold<'a> {
    /// Reached when the value is at least this, in the value's unit.
    pub at: f32,
    /// Colour of the bar from here on.
    pub tone: Tone,
    /// What this means, such as `"burdened"`. May be empty.
    pub name: &'a str,
}

/// A bar of `value` out of `max` with its label above: how much somebody carries, how much health
/// is left.
///
/// The last reached threshold (in order of `at`, whatever the order of the slice) gives colour and
/// words. Numbers that are not finite count as nothing; a value above `max` fills the bar and is
/// still written out.
pub fn load_bar(
    ui: &mut Ui,
    label: &str,
    value: f32,
    max: f32,
    thresholds: &[Threshold<'_>],
) -> Response {
    let palette = Palette::of(ui.ctx());
    let reached = thresholds
        .iter()
        .filter(|threshold| value >= threshold.at)
        .max_by(|a, b| a.at.total_cmp(&b.at));
    let tone = reached.map_or(Tone::Good, |threshold| threshold.tone);
    let state = reached.map_or("", |threshold| threshold.name);
    let numbers = format!("{} / {}", number(value), number(max));

    let font = TextStyle::Body.resolve(ui.style());
    let line = ui.text_style_height(&TextStyle::Body);
    let size = vec2(ui.available_width(), line + 4.0 + HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let write = |place, anchor, text: &str, color| {
            painter.text(place, anchor, text, font.clone(), color)
        };
        let name = write(rect.left_top(), Align2::LEFT_TOP, label, palette.text);
        let beside = pos2(name.right() + 8.0, rect.top());
        write(beside, Align2::LEFT_TOP, state, palette.tone(tone));
        write(rect.right_top(), Align2::RIGHT_TOP, &numbers, palette.muted);

        let bar = Rect::from_min_max(pos2(rect.left(), rect.bottom() - HEIGHT), rect.max);
        let corner = CornerRadius::same((HEIGHT / 2.0) as u8);
        painter.rect_filled(bar, corner, palette.sunken);
        let filled = bar.width() * share(value, max);
        if filled > 0.0 {
            let part = Rect::from_min_size(bar.min, vec2(filled.max(HEIGHT), HEIGHT));
            painter.rect_filled(part, corner, palette.tone(tone).gamma_multiply(0.85));
        }
        for threshold in thresholds {
            let at = share(threshold.at, max);
            if at > 0.0 && at < 1.0 {
                let x = bar.left() + bar.width() * at;
                painter.vline(x, bar.y_range(), Stroke::new(1.5, palette.window));
            }
        }
        let line = Stroke::new(1.0, palette.border);
        painter.rect_stroke(bar, corner, line, StrokeKind::Inside);
    }
    response.widget_info(|| {
        let mut spoken = format!("{label}: {} of {}", number(value), number(max));
        if !state.is_empty() {
            spoken = format!("{spoken}, {state}");
        }
        WidgetInfo {
            value: value.is_finite().then_some(f64::from(value)),
            ..WidgetInfo::labeled(WidgetType::ProgressIndicator, ui.is_enabled(), spoken)
        }
    });
    response
}

/// How full the bar is, 0 to 1.
fn share(value: f32, max: f32) -> f32 {
    let share = value / max;
    if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else if value > 0.0 && max == 0.0 {
        1.0
    } else {
        0.0
    }
}

/// At most one digit after the point, none for whole numbers.
fn number(value: f32) -> String {
    if !value.is_finite() {
        return String::from("?");
    }
    let rounded = (value * 10.0).round() / 10.0;
    // Without this, a small negative number becomes "-0".
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use egui_kittest::{
        Harness,
        kittest::{NodeT, Queryable},
    };

    use super::*;

    const STEPS: [Threshold<'static>; 2] = [
        Threshold {
            at: 90.0,
            tone: Tone::Bad,
            name: "overloaded",
        },
        Threshold {
            at: 50.0,
            tone: Tone::Warn,
            name: "burdened",
        },
    ];

    fn spoken(value: f32, max: f32) -> String {
        let harness = Harness::new_ui(move |ui| {
            load_bar(ui, "Load", value, max, &STEPS);
        });
        let node = harness.get_by(|node| node.label().is_some_and(|l| l.starts_with("Load")));
        node.accesskit_node().label().unwrap()
    }

    #[test]
    fn the_last_reached_threshold_speaks() {
        for (value, expected) in [
            (0.0, "Load: 0 of 100"),
            (49.96, "Load: 50 of 100"),
            (50.0, "Load: 50 of 100, burdened"),
            (89.25, "Load: 89.3 of 100, burdened"),
            (90.0, "Load: 90 of 100, overloaded"),
            (250.0, "Load: 250 of 100, overloaded"),
        ] {
            assert_eq!(spoken(value, 100.0), expected);
        }
    }

    #[test]
    fn odd_numbers_are_drawn_without_trouble() {
        for (value, max) in [
            (f32::NAN, 100.0),
            (f32::INFINITY, 100.0),
            (-5.0, 100.0),
            (5.0, 0.0),
            (5.0, f32::NAN),
            (0.0, 0.0),
        ] {
            assert!(spoken(value, max).starts_with("Load: "));
            assert!((0.0..=1.0).contains(&share(value, max)), "{value} of {max}");
        }
        assert_eq!(share(5.0, 0.0), 1.0);
        assert_eq!(share(0.0, 0.0), 0.0);
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [(3.0, "3"), (2.54, "2.5"), (-0.01, "0"), (f32::NAN, "?")] {
            assert_eq!(number(value), text);
        }
    }
}
