//! What can be asked for. Each is also the work that it starts, so what was planned is what is
//! looked at again at the end.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{
    view::View,
    work::{WorkKind, start_work},
};

use super::{lay, lift, plan_enchant, plan_remove, plan_sacrifice, sacrifice};
use crate::FEATURE;

/// `equipment.disenchant`: takes an enchanted thing apart to learn an enchantment that is on it. The
/// thing is at risk; [`sacrifice_odds`](super::sacrifice_odds) tells how much. The answer is the
/// tick in which it is done, or nothing when it is done already. Errors are those of
/// [`plan_sacrifice`] and `busy`.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisenchantItem {
    /// The item. It may not be worn.
    pub item: Uid,
    /// Which enchantment to learn.
    pub enchantment: DefId,
    /// Where, if the rules ask for a station.
    pub station: Option<Uid>,
}

/// `equipment.enchant`: lays an enchantment on a thing, worn or not, or makes one firm again that is
/// on it. What it costs is paid at the end; [`enchant_odds`](super::enchant_odds) tells it before.
/// The answer is the tick in which it is done, or nothing when it is done already. Errors are those
/// of [`plan_enchant`] and `busy`.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnchantItem {
    /// The item.
    pub item: Uid,
    /// Which enchantment.
    pub enchantment: DefId,
    /// Where, if the rules ask for a station.
    pub station: Option<Uid>,
    /// The keeper of the station does it, for money, in the place of the actor.
    pub keeper: bool,
}

/// `equipment.remove_enchantment`: takes an enchantment off a thing; nothing is learned and nothing
/// is at risk. The answer is the tick in which it is done, or nothing when it is done already.
/// Errors are those of [`plan_remove`] and `busy`.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemoveEnchantment {
    /// The item.
    pub item: Uid,
    /// Which enchantment.
    pub enchantment: DefId,
    /// Where, if the rules ask for a station.
    pub station: Option<Uid>,
}

macro_rules! work {
    ($type:ty, $name:literal, $plan:path, $finish:path) => {
        impl Action for $type {
            const NAME: &'static str = $name;
            type Receipt = Option<u64>;
            const FEATURE: Option<&'static str> = Some(FEATURE);

            fn apply(&self, txn: &mut Txn<'_>) -> Result<Option<u64>, Refusal> {
                let entity = txn.actor()?;
                let content = txn.content();
                let seconds = $plan(&View::of_txn(txn, &content, entity)?, self)?.seconds;
                start_work(txn, entity, self, seconds, self.station)
            }
        }

        impl WorkKind for $type {
            const NAME: &'static str = $name;

            fn check(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
                let content = txn.content();
                $plan(&View::of_txn(txn, &content, worker)?, self).map(|_| ())
            }

            fn finish(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
                $finish(txn, worker, self)
            }
        }
    };
}

work!(
    DisenchantItem,
    "equipment.disenchant",
    plan_sacrifice,
    sacrifice::finish
);
work!(EnchantItem, "equipment.enchant", plan_enchant, lay::finish);
work!(
    RemoveEnchantment,
    "equipment.remove_enchantment",
    plan_remove,
    lift::finish
);
