//! How much of an item is understood.

/// What a level of identification shows.
#[derive(
    serde::Deserialize, serde::Serialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
)]
pub enum Aspect {
    /// What it is: its name and its description.
    Name,
    /// What it does to stats.
    Stats,
    /// What is laid on it.
    Enchantments,
    /// What can be done with it.
    Abilities,
    /// The story behind it.
    Lore,
}

/// Whether an aspect of something with `hidden` levels is understood at `known`. `steps` are the
/// aspects that each level shows, from level 1. What no level shows is no secret, and neither is
/// anything beyond the levels that are hidden.
pub fn shows(steps: &[Vec<Aspect>], hidden: u8, known: u8, aspect: Aspect) -> bool {
    let level = steps.iter().position(|step| step.contains(&aspect));
    match level {
        Some(level) => level >= usize::from(hidden) || level < usize::from(known),
        None => true,
    }
}

/// The level that somebody of `level` understands without being told; `gates` are the levels that
/// each step asks for, ascending.
pub fn by_level(level: f32, gates: &[f32]) -> u8 {
    let passed = gates.iter().take_while(|&&gate| level >= gate).count();
    u8::try_from(passed).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_show_one_thing_after_the_other() {
        let steps = [
            vec![Aspect::Name, Aspect::Stats],
            vec![Aspect::Enchantments],
            vec![Aspect::Abilities],
        ];
        for (hidden, known, aspect, expected) in [
            (3, 0, Aspect::Stats, false),
            (3, 1, Aspect::Stats, true),
            (3, 1, Aspect::Enchantments, false),
            (3, 3, Aspect::Abilities, true),
            (0, 0, Aspect::Stats, true),
            (1, 0, Aspect::Name, false),
            (1, 0, Aspect::Enchantments, true),
            (3, 0, Aspect::Lore, true),
        ] {
            assert_eq!(
                shows(&steps, hidden, known, aspect),
                expected,
                "{aspect:?} of {hidden} at {known}"
            );
        }
    }

    #[test]
    fn rising_opens_the_eyes() {
        let gates = [3.0, 6.0, 10.0];
        for (level, expected) in [
            (0.0, 0),
            (2.9, 0),
            (3.0, 1),
            (6.0, 2),
            (9.0, 2),
            (10.0, 3),
            (99.0, 3),
            (f32::NAN, 0),
        ] {
            assert_eq!(by_level(level, &gates), expected, "{level}");
        }
    }
}
