//! The tiers of a stat as a bar of segments.

use bevy_egui::egui::{
    Align2, Color32, Rect, Response, Sense, Stroke, TextStyle, Ui, WidgetInfo, WidgetType, lerp,
    pos2, vec2,
};

use crate::{model::packages::StatInfo, panels::number, theme::Palette};

/// Height of the bar, points.
const HEIGHT: f32 = 16.0;

/// A segment for each tier, and a mark where the value is.
pub(super) fn tier_bar(ui: &mut Ui, info: &StatInfo, value: Option<f32>) -> Response {
    let palette = Palette::of(ui.ctx());
    let size = vec2(ui.available_width().min(420.0), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let ends = ends(info);
    let (first, last) = (
        ends.first().copied().unwrap_or(0.0),
        ends.last().copied().unwrap_or(1.0),
    );
    let x = |at: f32| {
        let share = ((at - first) / (last - first)).clamp(0.0, 1.0);
        lerp(rect.x_range(), if share.is_finite() { share } else { 0.0 })
    };
    if ui.is_rect_visible(rect) {
        let font = TextStyle::Small.resolve(ui.style());
        let segments = info.tiers.len().max(1);
        for (at, ((name, _), ends)) in info.tiers.iter().zip(ends.windows(2)).enumerate() {
            let (from, to) = (x(ends[0]), x(ends[1]));
            let part = Rect::from_min_max(pos2(from, rect.top()), pos2(to, rect.bottom()));
            let share = at as f32 / segments as f32;
            let color = mix(palette.sunken, palette.selected, share);
            let painter = ui.painter().with_clip_rect(part.intersect(ui.clip_rect()));
            painter.rect_filled(part, 0, color);
            painter.vline(to, part.y_range(), Stroke::new(1.0, palette.border));
            let place = part.left_center() + vec2(3.0, 0.0);
            painter.text(place, Align2::LEFT_CENTER, name, font.clone(), palette.text);
        }
        if let Some(value) = value {
            let line = Stroke::new(2.0, palette.accent);
            ui.painter().vline(x(value), rect.y_range(), line);
        }
    }
    let spoken: Vec<String> = info
        .tiers
        .iter()
        .map(|(name, from)| format!("{name} {}", number(*from)))
        .collect();
    let spoken = spoken.join(", ");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, &spoken));
    response.on_hover_text(&spoken)
}

/// Where segments begin and end, all finite: one more than there are tiers.
pub(super) fn ends(info: &StatInfo) -> Vec<f32> {
    let mut ends: Vec<f32> = info.tiers.iter().map(|(_, from)| *from).collect();
    let (Some(&first), Some(&last)) = (ends.first(), ends.last()) else {
        return ends;
    };
    // An open end is as long as the mean of the others.
    let steps = (ends.len() - 1).max(1) as f32;
    let open = last + ((last - first) / steps).max(1.0);
    let end = if info.max.is_finite() && info.max > last {
        info.max
    } else {
        open
    };
    ends.push(end);
    ends
}

fn mix(from: Color32, to: Color32, share: f32) -> Color32 {
    let part = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share) as u8;
    Color32::from_rgb(
        part(from.r(), to.r()),
        part(from.g(), to.g()),
        part(from.b(), to.b()),
    )
}
