//! The peer that knows everything at compile time: a struct that recomputes all of itself.

use super::pack::{ABILITIES, MODIFIERS, OTHERS, READERS, stats};

const STATS: usize = ABILITIES * 2 + READERS + OTHERS;

/// The 41 stats as an array, in the order of [`stats`].
#[derive(Clone)]
pub struct HandWritten {
    abilities: [f32; ABILITIES],
    modifiers: Vec<(u8, f32)>,
    values: [f32; STATS],
}

impl HandWritten {
    /// A character with the ten modifiers.
    pub fn new() -> Self {
        let names = stats();
        let slot = |name: &str| names.iter().position(|stat| stat.0 == name);
        let modifiers = MODIFIERS
            .iter()
            .filter_map(|&(name, amount)| Some((slot(name)? as u8, amount)))
            .collect();
        let mut new = Self {
            abilities: [10.0; ABILITIES],
            modifiers,
            values: [0.0; STATS],
        };
        new.recompute();
        new
    }

    /// Changes the ability `a0` and recomputes everything.
    pub fn change(&mut self, value: f32) {
        self.abilities[0] = value;
        self.recompute();
    }

    /// The value of `r0`.
    pub fn r0(&self) -> f32 {
        self.values[ABILITIES * 2]
    }

    fn recompute(&mut self) {
        let mut bonus = [0.0; STATS];
        for &(slot, amount) in &self.modifiers {
            bonus[usize::from(slot)] += amount;
        }
        let values = &mut self.values;
        for n in 0..ABILITIES {
            values[n] = (self.abilities[n] + bonus[n]).clamp(0.0, 100.0);
            let m = ABILITIES + n;
            values[m] = (values[n] - 10.0) * 0.5 + bonus[m];
        }
        for n in 0..READERS {
            let r = ABILITIES * 2 + n;
            values[r] = values[ABILITIES] + n as f32 + bonus[r];
        }
        for n in 0..OTHERS {
            let s = ABILITIES * 2 + READERS + n;
            values[s] = values[ABILITIES + 1 + n % (ABILITIES - 1)] + 2.0 + bonus[s];
        }
    }
}
