//! What is laid on an item.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    content::{Content, Def},
    id::{DefId, Uid},
};
use wayfarer_inventory::{Item, ext::ItemExt};

use crate::{
    content::{EnchantLasts, EnchantmentDef},
    ext::{quality_of, rarity_of},
};

/// One enchantment on one item.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppliedEnchant {
    /// Which: an entry of kind `enchantments`.
    pub def: DefId,
    /// How strong, 1 to 100.
    pub power: u8,
    /// How firmly it sits, 0 to 100. At 0 it does nothing.
    pub stability: u8,
    /// Who laid it; `None` for what was found.
    pub by: Option<Uid>,
    /// The tick in which it was laid.
    pub since: u64,
    /// The tick from which it does nothing any more.
    pub until: Option<u64>,
    /// How many uses are left.
    pub uses: Option<u16>,
    /// The tick in which it last did something by being used.
    pub triggered: Option<u64>,
}

impl AppliedEnchant {
    /// A new one.
    pub fn new(def: &Def<EnchantmentDef>, power: u8, by: Option<Uid>, now: u64, hz: f64) -> Self {
        let (until, uses) = match def.lasts {
            EnchantLasts::Forever => (None, None),
            EnchantLasts::Seconds(seconds) => {
                let ticks = wayfarer_core::clock::ticks(seconds, hz).max(1);
                (Some(now.saturating_add(ticks)), None)
            }
            EnchantLasts::Uses(uses) => (None, Some(uses)),
        };
        Self {
            def: def.id(),
            power: power.clamp(1, 100),
            stability: def.stability,
            by,
            since: now,
            until,
            uses,
            triggered: None,
        }
    }

    /// Whether its time or its uses are over.
    pub fn is_over(&self, now: u64) -> bool {
        self.until.is_some_and(|until| until <= now) || self.uses == Some(0)
    }

    /// Whether it does something at a tick.
    pub fn works(&self, now: u64) -> bool {
        self.stability > 0 && !self.is_over(now)
    }

    /// The power as a share of 100, whatever a save or a peer says.
    pub fn share(&self) -> f32 {
        f32::from(self.power.min(100)) / 100.0
    }
}

/// What is laid on an item, the oldest first.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Enchants(pub Vec<AppliedEnchant>);

/// More than this nobody reads from one item: what is beyond was written by no rule of ours.
pub const MAX_ENCHANTS: usize = 64;

impl ItemExt for Enchants {
    const NAME: &'static str = "equipment.enchants";
}

impl Enchants {
    /// What is laid on an item, without what is over.
    pub fn of(item: &Item, now: u64) -> Self {
        let mut all = item.ext::<Self>().unwrap_or_default();
        all.0.truncate(MAX_ENCHANTS);
        all.0.retain(|enchant| !enchant.is_over(now));
        all
    }

    /// What of it does something, with its definition.
    pub fn working<'c>(
        content: &'c Content,
        item: &Item,
        now: u64,
    ) -> Vec<(AppliedEnchant, &'c Def<EnchantmentDef>)> {
        let table = content.table::<EnchantmentDef>();
        let all = Self::of(item, now).0.into_iter();
        all.filter(|enchant| enchant.works(now))
            .filter_map(|enchant| Some((enchant, table.get(enchant.def)?)))
            .collect()
    }

    /// How often an enchantment is there.
    pub fn count(&self, def: DefId) -> usize {
        self.0.iter().filter(|enchant| enchant.def == def).count()
    }

    /// What to carry: nothing when there is none.
    #[must_use]
    pub fn carried(self) -> Option<Self> {
        (!self.0.is_empty()).then_some(self)
    }
}

/// How many enchantments an item takes: those of its rarity and those of its quality.
pub fn enchant_slots(content: &Content, item: &Item) -> usize {
    let rarity = rarity_of(content, item).map_or(0, |rarity| rarity.enchant_slots);
    let quality = quality_of(content, item).map_or(0, |quality| quality.enchant_slots);
    usize::from(rarity) + usize::from(quality)
}
