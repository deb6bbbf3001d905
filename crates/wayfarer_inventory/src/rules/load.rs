//! How heavy a load is for its carrier.

use crate::{
    content::LoadCurveDef,
    measure::{Micro, Tally},
};

/// Weight ÷ limit. Without a limit nothing is a load; with a limit of 0 everything is far too much.
pub fn load_share(carried: Tally, max_weight: Option<f32>) -> f32 {
    /// Stands for "beyond all measure" where dividing by zero has no answer.
    const FAR_TOO_MUCH: f32 = 1e6;

    let Some(max) = max_weight.map(Micro::from_f32) else {
        return 0.0;
    };
    if carried.weight.0 == 0 {
        return 0.0;
    }
    if max.0 == 0 {
        return FAR_TOO_MUCH;
    }
    // Both are whole millionths, so the quotient is the same on every machine.
    ((carried.weight.0 as f64 / max.0 as f64) as f32).min(FAR_TOO_MUCH)
}

/// What the carrier's stat is multiplied by, and whether to warn.
pub fn load_factor(share: f32, curve: Option<&LoadCurveDef>) -> (f32, bool) {
    curve.map_or((1.0, false), |curve| {
        (curve.factor_at(share), share >= curve.warn_at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        let carried = |kg: f32| Tally {
            weight: Micro::from_f32(kg),
            ..Tally::default()
        };
        for (kg, max, expected) in [
            (86.75, Some(100.0), 0.8675),
            (100.0, Some(100.0), 1.0),
            (173.5, Some(100.0), 1.735),
            (0.0, Some(100.0), 0.0),
            (50.0, None, 0.0),
            (1.0, Some(0.0), 1e6),
            (0.0, Some(0.0), 0.0),
            (1.0, Some(-5.0), 1e6),
        ] {
            assert_eq!(load_share(carried(kg), max), expected, "{kg} of {max:?}");
        }
        assert_eq!(load_factor(3.0, None), (1.0, false));
    }
}
