//! Colours by meaning.

use bevy_egui::egui::Color32;

/// What a colour says. Never the only sign: widgets add words or symbols.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Usual text.
    #[default]
    Plain,
    /// Less important text.
    Muted,
    /// What the eye should find first.
    Accent,
    /// In the player's favour.
    Good,
    /// Worth a thought.
    Warn,
    /// Against the player, or impossible.
    Bad,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Self; 6] = [
        Self::Plain,
        Self::Muted,
        Self::Accent,
        Self::Good,
        Self::Warn,
        Self::Bad,
    ];
}

/// How rare an item is, from the most common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rarity {
    /// Found everywhere.
    #[default]
    Common,
    /// Better than most.
    Uncommon,
    /// Seldom seen.
    Rare,
    /// Known by name.
    Epic,
    /// Known in songs.
    Legendary,
}

impl Rarity {
    /// Every tier, the most common first.
    pub const ALL: [Self; 5] = [
        Self::Common,
        Self::Uncommon,
        Self::Rare,
        Self::Epic,
        Self::Legendary,
    ];

    /// The tier for a number; what is above the highest tier counts as the highest.
    pub const fn from_tier(tier: usize) -> Self {
        match tier {
            0 => Self::Common,
            1 => Self::Uncommon,
            2 => Self::Rare,
            3 => Self::Epic,
            _ => Self::Legendary,
        }
    }
}

/// All colours of the panels.
///
/// A palette of your own should keep a contrast of at least 4.5 between every text colour and every
/// ground, as [`Palette::FOREST`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Ground of windows and panels.
    pub window: Color32,
    /// Ground of sections within a window.
    pub section: Color32,
    /// Ground of wells: text fields, slots, empty parts of bars.
    pub sunken: Color32,
    /// Ground of buttons.
    pub raised: Color32,
    /// Ground of buttons under the pointer.
    pub hovered: Color32,
    /// Ground of what is pressed or selected.
    pub selected: Color32,
    /// Lines round windows and buttons.
    pub border: Color32,
    /// Lines round what has the focus or the pointer.
    pub border_strong: Color32,
    /// Usual text.
    pub text: Color32,
    /// Less important text.
    pub muted: Color32,
    /// What the eye should find first; headings.
    pub accent: Color32,
    /// In the player's favour.
    pub good: Color32,
    /// Worth a thought.
    pub warn: Color32,
    /// Against the player, or impossible.
    pub bad: Color32,
    /// One text colour for each [`Rarity`].
    pub rarity: [Color32; 5],
}

impl Palette {
    /// The palette of [`apply`](super::apply).
    pub const FOREST: Self = Self {
        window: Color32::from_rgb(0x24, 0x22, 0x1A),
        section: Color32::from_rgb(0x2C, 0x2A, 0x20),
        sunken: Color32::from_rgb(0x15, 0x14, 0x0F),
        raised: Color32::from_rgb(0x38, 0x35, 0x28),
        hovered: Color32::from_rgb(0x42, 0x3E, 0x2F),
        selected: Color32::from_rgb(0x3F, 0x45, 0x2A),
        border: Color32::from_rgb(0x5E, 0x55, 0x3C),
        border_strong: Color32::from_rgb(0xC9, 0xA6, 0x5A),
        text: Color32::from_rgb(0xF2, 0xE9, 0xD3),
        muted: Color32::from_rgb(0xC4, 0xB8, 0x9B),
        accent: Color32::from_rgb(0xEE, 0xC4, 0x6C),
        good: Color32::from_rgb(0xA0, 0xD8, 0x7A),
        warn: Color32::from_rgb(0xF5, 0xB7, 0x4F),
        bad: Color32::from_rgb(0xFF, 0x9C, 0x88),
        rarity: [
            Color32::from_rgb(0xDD, 0xD4, 0xBF),
            Color32::from_rgb(0xA0, 0xD8, 0x7A),
            Color32::from_rgb(0x8E, 0xC5, 0xF5),
            Color32::from_rgb(0xD3, 0xB0, 0xF7),
            Color32::from_rgb(0xF5, 0xB7, 0x4F),
        ],
    };

    /// The colour for a tone.
    pub const fn tone(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Plain => self.text,
            Tone::Muted => self.muted,
            Tone::Accent => self.accent,
            Tone::Good => self.good,
            Tone::Warn => self.warn,
            Tone::Bad => self.bad,
        }
    }

    /// The colour for a rarity.
    pub const fn rarity(&self, rarity: Rarity) -> Color32 {
        self.rarity[rarity as usize]
    }
}
