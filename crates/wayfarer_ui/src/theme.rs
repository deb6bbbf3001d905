//! Wayfarer's look for egui: dark forest wood, parchment text, one meaning for each colour.
//!
//! [`apply`] dresses a whole [`Context`]. Widgets ask [`Palette::of`] for their colours, so a
//! game that applies a palette of its own changes them all.

mod palette;
mod style;

use std::sync::Arc;

use bevy_egui::egui::{Context, Id, Theme, ThemePreference};

pub use palette::{Palette, Rarity, Tone};

/// Dresses egui in [`Palette::FOREST`].
pub fn apply(ctx: &Context) {
    apply_palette(ctx, &Palette::FOREST);
}

/// Dresses egui in a palette of the game's own, whatever the system's preference for light or dark.
pub fn apply_palette(ctx: &Context, palette: &Palette) {
    let style = Arc::new(style::style(palette));
    ctx.set_theme(ThemePreference::Dark);
    ctx.set_style_of(Theme::Dark, style.clone());
    ctx.set_style_of(Theme::Light, style);
    ctx.data_mut(|data| data.insert_temp(storage_id(), *palette));
}

impl Palette {
    /// The palette that was applied last, or [`Palette::FOREST`].
    pub fn of(ctx: &Context) -> Self {
        ctx.data(|data| data.get_temp(storage_id()))
            .unwrap_or(Self::FOREST)
    }
}

fn storage_id() -> Id {
    Id::new("wayfarer palette")
}

#[cfg(test)]
mod tests;
