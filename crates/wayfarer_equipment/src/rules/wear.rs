//! How much things wear. Amounts are percent of a whole thing; what comes out are thousandths of a
//! percent.

/// What makes one thing wear more or less than another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hardiness {
    /// Of its quality.
    pub quality: f32,
    /// Of its material.
    pub material: f32,
    /// How tough it is; wear is divided by it. Not above 0 is as 1.
    pub toughness: f32,
}

impl Hardiness {
    /// An ordinary thing.
    pub const ORDINARY: Self = Self {
        quality: 1.0,
        material: 1.0,
        toughness: 1.0,
    };

    fn factor(self) -> f64 {
        let toughness = if self.toughness > 0.0 {
            self.toughness
        } else {
            1.0
        };
        f64::from(self.quality) * f64::from(self.material) / f64::from(toughness)
    }
}

/// One counted use: what a tier of quality makes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneUse {
    /// Normal uses from new to broken.
    pub uses_until_broken: f32,
    /// What the kind of use is multiplied by.
    pub kind: f32,
    /// What a critical event is multiplied by; 1 if it was none.
    pub critical: f32,
}

impl OneUse {
    /// Percent of a whole thing.
    pub fn percent(self) -> f64 {
        let uses = f64::from(self.uses_until_broken.max(0.001));
        100.0 / uses * f64::from(self.kind) * f64::from(self.critical)
    }
}

/// What somebody did and suffered in a round of combat.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fought {
    /// Actions they took part in.
    pub actions: u32,
    /// Hits they landed.
    pub hits: u32,
    /// How many of those were critical.
    pub criticals: u32,
    /// Blows they blocked.
    pub blocks: u32,
    /// Damage they took.
    pub damage: f32,
    /// How fierce it was; 1 is ordinary.
    pub intensity: f32,
}

/// How a kind of thing wears in combat; as in
/// [`WearGroup`](crate::content::WearGroup).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CombatRates {
    /// For each action.
    pub per_action: f32,
    /// For each hit.
    pub per_hit: f32,
    /// Factor of a critical one.
    pub critical: f32,
    /// For each block.
    pub per_block: f32,
    /// For each point of damage.
    pub per_damage: f32,
}

/// Percent that a round of combat costs a thing, before anything varies.
pub fn round_percent(rates: CombatRates, fought: Fought) -> f64 {
    let with_criticals = |count: u32, criticals: u32| {
        let criticals = criticals.min(count);
        f64::from(count - criticals) + f64::from(criticals) * f64::from(rates.critical)
    };
    let per = |rate: f32, count: f64| f64::from(rate) * count;
    let hits = fought.hits.max(fought.criticals);
    let sum = per(
        rates.per_action,
        with_criticals(fought.actions, fought.criticals),
    ) + per(rates.per_hit, with_criticals(hits, fought.criticals))
        + per(rates.per_block, f64::from(fought.blocks))
        + per(rates.per_damage, f64::from(fought.damage.max(0.0)));
    sum * f64::from(fought.intensity.max(0.0))
}

/// Thousandths of a percent that a thing loses. `luck` is −1 to 1: by how much of `variance` it
/// differs this time. Never more than a whole thing, and nothing for what is no number.
pub fn thousandths(percent: f64, hardiness: Hardiness, variance: f32, luck: f64) -> u32 {
    let varied = 1.0 + f64::from(variance.clamp(0.0, 1.0)) * luck.clamp(-1.0, 1.0);
    let amount = percent * hardiness.factor() * varied * 1000.0;
    // The cast saturates and maps NaN to 0; the little addition makes halves of floats go up.
    ((amount + 0.5 + 1e-7).floor().max(0.0) as u32).min(crate::ext::FULL)
}

/// Days until a thing is broken if it goes on like this: `left` and `wear` in the same unit, `wear`
/// in so many `days`; what is younger than a day counts as a day. `None` if it does not wear.
pub fn days_left(left: u32, wear: u64, days: f64) -> Option<f64> {
    if wear == 0 {
        return None;
    }
    let per_day = wear as f64 / days.max(1.0);
    Some(f64::from(left) / per_day)
}

/// Uses until a thing is broken if it goes on like this; `None` if it does not wear.
pub fn uses_left(left: u32, wear: u64, uses: u32) -> Option<f64> {
    if wear == 0 || uses == 0 {
        return None;
    }
    Some(f64::from(left) * f64::from(uses) / wear as f64)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_use_is_a_share_of_all() {
        for (uses, kind, critical, expected) in [
            // 0.595 %, 0.298 % and 0.149 % of the three tiers.
            (168.0, 1.0, 1.0, 595),
            (336.0, 1.0, 1.0, 298),
            (672.0, 1.0, 1.0, 149),
            (168.0, 0.5, 1.0, 298),
            (168.0, 1.5, 1.0, 893),
            (168.0, 2.5, 2.0, 2976),
            (100.0, 1.0, 1.0, 1000),
            (0.0, 1.0, 1.0, 100_000),
        ] {
            let percent = OneUse {
                uses_until_broken: uses,
                kind,
                critical,
            }
            .percent();
            let wear = thousandths(percent, Hardiness::ORDINARY, 0.3, 0.0);
            assert_eq!(wear, expected, "{uses} uses × {kind} × {critical}");
        }
    }

    #[test]
    fn luck_varies_by_the_variance_and_no_more() {
        for (variance, luck, expected) in [
            (0.3, 1.0, 1300),
            (0.3, -1.0, 700),
            (0.25, 1.0, 1250),
            (0.2, -1.0, 800),
            (0.0, 1.0, 1000),
            (0.3, 9.0, 1300),
        ] {
            let wear = thousandths(1.0, Hardiness::ORDINARY, variance, luck);
            assert_eq!(wear, expected, "± {variance} × {luck}");
        }
    }

    #[test]
    fn rounds_of_combat_add_up() {
        let weapon = CombatRates {
            per_action: 0.5,
            critical: 2.0,
            ..Default::default()
        };
        let armor = CombatRates {
            per_action: 0.2,
            critical: 1.0,
            per_damage: 0.05,
            ..Default::default()
        };
        let shield = CombatRates {
            per_action: 0.3,
            critical: 1.0,
            per_block: 0.2,
            ..Default::default()
        };
        let fought = |actions, hits, criticals, blocks, damage| Fought {
            actions,
            hits,
            criticals,
            blocks,
            damage,
            intensity: 1.0,
        };
        for (rates, fought, expected) in [
            (weapon, fought(1, 0, 0, 0, 0.0), 0.5),
            (weapon, fought(1, 1, 1, 0, 0.0), 1.0),
            (weapon, fought(3, 2, 1, 0, 0.0), 2.0),
            // More criticals than actions: nobody lands what they did not strike.
            (weapon, fought(1, 1, 5, 0, 0.0), 1.0),
            (armor, fought(1, 0, 0, 0, 10.0), 0.7),
            (armor, fought(0, 0, 0, 0, -10.0), 0.0),
            (shield, fought(1, 0, 0, 2, 0.0), 0.7),
        ] {
            let percent = round_percent(rates, fought);
            assert!(
                (percent - expected).abs() < 1e-6,
                "{rates:?} {fought:?}: {percent}"
            );
        }
        // The other table: 1 for a hit, 2 for a critical one, a tenth of the damage, all halved.
        let halved = CombatRates {
            per_hit: 0.5,
            critical: 2.0,
            per_damage: 0.05,
            ..Default::default()
        };
        assert!((round_percent(halved, fought(2, 2, 1, 0, 20.0)) - 2.5).abs() < 1e-6);
    }

    #[test]
    fn the_outlook_follows_from_the_mean() {
        // 10 % in two days, 50 % left: ten days.
        assert_eq!(days_left(50_000, 10_000, 2.0), Some(10.0));
        // 10 % this morning is not 10 % an hour.
        assert_eq!(days_left(50_000, 10_000, 0.04), Some(5.0));
        assert_eq!(days_left(50_000, 0, 2.0), None);
        assert_eq!(uses_left(50_000, 10_000, 20), Some(100.0));
        assert_eq!(uses_left(50_000, 0, 20), None);
        assert_eq!(uses_left(50_000, 1, 0), None);
    }

    proptest! {
        #[test]
        fn wear_is_total(percent: f64, quality: f32, material: f32, toughness: f32, variance: f32, luck: f64) {
            let hardiness = Hardiness { quality, material, toughness };
            prop_assert!(thousandths(percent, hardiness, variance, luck) <= crate::ext::FULL);
        }
    }
}
