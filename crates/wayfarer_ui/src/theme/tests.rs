#![allow(clippy::unwrap_used, reason = "tests")]

use bevy_egui::egui::{Color32, Context, TextStyle, Theme};

use super::*;

/// Relative luminance after WCAG 2.
fn luminance(color: Color32) -> f32 {
    let channel = |value: u8| {
        let value = f32::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
}

fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn grounds(palette: &Palette) -> [(&'static str, Color32); 6] {
    [
        ("window", palette.window),
        ("section", palette.section),
        ("sunken", palette.sunken),
        ("raised", palette.raised),
        ("hovered", palette.hovered),
        ("selected", palette.selected),
    ]
}

#[test]
fn the_contrast_formula_knows_black_and_white() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
    assert!((contrast(Color32::GRAY, Color32::GRAY) - 1.0).abs() < 0.01);
}

#[test]
fn all_text_is_readable_on_all_grounds() {
    let palette = Palette::FOREST;
    let tones = Tone::ALL.map(|tone| (format!("{tone:?}"), palette.tone(tone)));
    let tiers = Rarity::ALL.map(|tier| (format!("{tier:?}"), palette.rarity(tier)));
    for (name, text) in tones.into_iter().chain(tiers) {
        for (ground_name, ground) in grounds(&palette) {
            let ratio = contrast(text, ground);
            assert!(ratio >= 4.5, "{name} on {ground_name}: {ratio:.2}");
        }
    }
}

#[test]
fn the_focus_line_stands_out() {
    let palette = Palette::FOREST;
    for (name, ground) in grounds(&palette) {
        let ratio = contrast(palette.border_strong, ground);
        assert!(ratio >= 3.0, "focus on {name}: {ratio:.2}");
    }
}

#[test]
fn good_and_bad_differ_in_more_than_hue() {
    // Somebody who cannot tell red from green still sees a difference in brightness.
    let palette = Palette::FOREST;
    assert!(contrast(palette.good, palette.bad) > 1.15);
}

#[test]
fn apply_dresses_both_themes() {
    let ctx = Context::default();
    apply(&ctx);
    for theme in [Theme::Dark, Theme::Light] {
        let style = ctx.style_of(theme);
        assert_eq!(style.visuals.window_fill, Palette::FOREST.window);
        assert!(style.text_styles.contains_key(&TextStyle::Heading));
    }
}

#[test]
fn widgets_see_the_applied_palette() {
    let ctx = Context::default();
    assert_eq!(Palette::of(&ctx), Palette::FOREST);
    let own = Palette {
        accent: Color32::from_rgb(1, 2, 3),
        ..Palette::FOREST
    };
    apply_palette(&ctx, &own);
    assert_eq!(Palette::of(&ctx), own);
}

#[test]
fn tiers_beyond_the_last_stay_legendary() {
    for (tier, rarity) in Rarity::ALL.into_iter().enumerate() {
        assert_eq!(Rarity::from_tier(tier), rarity);
    }
    assert_eq!(Rarity::from_tier(usize::MAX), Rarity::Legendary);
}
