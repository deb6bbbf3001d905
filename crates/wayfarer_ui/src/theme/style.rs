//! Turns a palette into an egui style.

use bevy_egui::egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Visuals,
    epaint::AlphaFromCoverage,
    style::{Selection, Spacing, WidgetVisuals, Widgets},
    vec2,
};

#[cfg(debug_assertions)]
use bevy_egui::egui::style::DebugOptions;

use super::Palette;

/// Corners of windows.
const WINDOW_CORNER: CornerRadius = CornerRadius::same(10);
/// Corners of buttons and fields.
const CORNER: CornerRadius = CornerRadius::same(6);

pub(super) fn style(palette: &Palette) -> Style {
    Style {
        text_styles: [
            (
                TextStyle::Small,
                FontId::new(12.0, FontFamily::Proportional),
            ),
            (TextStyle::Body, FontId::new(14.5, FontFamily::Proportional)),
            (
                TextStyle::Button,
                FontId::new(14.5, FontFamily::Proportional),
            ),
            (
                TextStyle::Heading,
                FontId::new(19.0, FontFamily::Proportional),
            ),
            (
                TextStyle::Monospace,
                FontId::new(13.5, FontFamily::Monospace),
            ),
        ]
        .into(),
        spacing: spacing(),
        visuals: visuals(palette),
        animation_time: 0.1,
        // Rows of items move up when one above is gone; egui takes that for unstable ids.
        #[cfg(debug_assertions)]
        debug: DebugOptions {
            warn_if_rect_changes_id: false,
            ..DebugOptions::default()
        },
        ..Style::default()
    }
}

fn spacing() -> Spacing {
    Spacing {
        item_spacing: vec2(8.0, 6.0),
        window_margin: Margin::same(12),
        button_padding: vec2(10.0, 5.0),
        menu_margin: Margin::same(8),
        indent: 16.0,
        // Large enough to hit: WCAG 2.2 asks for 24.
        interact_size: vec2(44.0, 26.0),
        icon_width: 18.0,
        icon_width_inner: 10.0,
        slider_width: 140.0,
        tooltip_width: 360.0,
        ..Spacing::default()
    }
}

fn visuals(palette: &Palette) -> Visuals {
    let mut visuals = Visuals {
        widgets: widgets(palette),
        selection: Selection {
            bg_fill: palette.selected,
            stroke: Stroke::new(1.5, palette.accent),
        },
        weak_text_color: Some(palette.muted),
        hyperlink_color: palette.accent,
        faint_bg_color: palette.section,
        extreme_bg_color: palette.sunken,
        code_bg_color: palette.sunken,
        warn_fg_color: palette.warn,
        error_fg_color: palette.bad,
        window_corner_radius: WINDOW_CORNER,
        window_shadow: shadow(6, 24, 110),
        window_fill: palette.window,
        window_stroke: Stroke::new(1.0, palette.border),
        menu_corner_radius: WINDOW_CORNER,
        panel_fill: palette.window,
        popup_shadow: shadow(3, 12, 110),
        slider_trailing_fill: true,
        ..Visuals::dark()
    };
    // Light text on dark ground looks thin when its coverage is used as it comes.
    visuals.text_options.alpha_from_coverage = AlphaFromCoverage::TwoCoverageMinusCoverageSq;
    visuals.text_cursor.stroke = Stroke::new(2.0, palette.accent);
    visuals
}

fn shadow(down: i8, blur: u8, alpha: u8) -> Shadow {
    Shadow {
        offset: [0, down],
        blur,
        spread: 0,
        color: Color32::from_black_alpha(alpha),
    }
}

fn widgets(palette: &Palette) -> Widgets {
    let widget = |fill: Color32, line: Stroke, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: line,
        corner_radius: CORNER,
        fg_stroke: Stroke::new(1.5, text),
        expansion: 0.0,
    };
    let border = Stroke::new(1.0, palette.border);
    let strong = Stroke::new(1.5, palette.border_strong);
    Widgets {
        noninteractive: WidgetVisuals {
            fg_stroke: Stroke::new(1.0, palette.text),
            ..widget(palette.section, border, palette.text)
        },
        inactive: widget(palette.raised, border, palette.text),
        hovered: widget(palette.hovered, strong, palette.text),
        active: widget(palette.selected, strong, palette.accent),
        open: widget(palette.hovered, border, palette.text),
    }
}
