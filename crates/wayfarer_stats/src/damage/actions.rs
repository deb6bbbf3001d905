//! What game masters can ask for.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::Role,
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use super::{
    deal::{deal_damage, give_temporary, heal},
    outcome::HealingOutcome,
};

/// What the facts say about who hurt or healed whom when a game master did.
const CAUSE: &str = "Game master";

/// Lets a blow hit a character.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealDamage {
    /// The character.
    pub target: Uid,
    /// Damage types and amounts.
    pub blow: Vec<(DefId, f32)>,
}

/// What became of a blow.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DamageReceipt {
    /// What the resource has lost.
    pub taken: f32,
    /// What temporary points have lost.
    pub absorbed: f32,
    /// What would have been taken if there had been more.
    pub overkill: f32,
    /// What is left of the resource.
    pub left: f32,
}

impl Action for DealDamage {
    const NAME: &'static str = "stats.damage";
    type Receipt = DamageReceipt;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<DamageReceipt, Refusal> {
        let (target, by) = (txn.entity(self.target)?, txn.cause().actor);
        let outcome = deal_damage(txn, target, by, &self.blow, CAUSE)?;
        Ok(DamageReceipt {
            taken: outcome.taken,
            absorbed: outcome.absorbed,
            overkill: outcome.overkill,
            left: outcome.left,
        })
    }
}

/// Heals a character.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heal {
    /// The character.
    pub target: Uid,
    /// How much.
    pub amount: f32,
}

/// What became of healing, or of temporary points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HealReceipt {
    /// What the resource has gained.
    pub gained: f32,
    /// What there was no room for.
    pub wasted: f32,
    /// What there is of the resource now.
    pub left: f32,
}

impl From<HealingOutcome> for HealReceipt {
    fn from(outcome: HealingOutcome) -> Self {
        Self {
            gained: outcome.gained,
            wasted: outcome.wasted,
            left: outcome.left,
        }
    }
}

impl Action for Heal {
    const NAME: &'static str = "stats.heal";
    type Receipt = HealReceipt;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<HealReceipt, Refusal> {
        let (target, by) = (txn.entity(self.target)?, txn.cause().actor);
        heal(txn, target, by, self.amount, CAUSE).map(HealReceipt::from)
    }
}

/// Gives a character temporary points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GiveTemporary {
    /// The character.
    pub target: Uid,
    /// How many.
    pub amount: f32,
}

impl Action for GiveTemporary {
    const NAME: &'static str = "stats.give_temporary";
    type Receipt = HealReceipt;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<HealReceipt, Refusal> {
        let (target, by) = (txn.entity(self.target)?, txn.cause().actor);
        give_temporary(txn, target, by, self.amount, CAUSE).map(HealReceipt::from)
    }
}
