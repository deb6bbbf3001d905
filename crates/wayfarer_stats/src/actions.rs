//! What game masters can ask for.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::Role,
    id::{DefId, Uid},
    refusal::Refusal,
    txn::Txn,
};

use crate::{
    api, id::StatId, index::StatIndex, inputs::StatInputs, ops::StatOp, refusals::NOT_CONFIGURED,
};

/// Which layer is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PatchLayer {
    /// For good.
    Base,
    /// Until it is reset.
    Runtime,
}

/// How it is changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum PatchChange {
    /// To this value.
    Set(f32),
    /// By this much.
    Add(f32),
    /// Back to what the layer below says.
    Clear,
}

/// Changes one stat of a character. For a resource both layers mean what there is of it.
///
/// Answers with the value that the stat has then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatchStat {
    /// The character.
    pub target: Uid,
    /// The stat.
    pub stat: StatId,
    /// Which layer.
    pub layer: PatchLayer,
    /// How.
    pub change: PatchChange,
}

impl Action for PatchStat {
    const NAME: &'static str = "stats.patch";
    type Receipt = f32;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<f32, Refusal> {
        let entity = txn.entity(self.target)?;
        let content = txn.content();
        let entry = content
            .derived::<StatIndex>()
            .and_then(|i| i.get(self.stat));
        if entry.is_some_and(|entry| entry.is_resource) {
            self.patch_resource(txn, entity)?;
        } else {
            use PatchChange::{Add, Clear, Set};
            use PatchLayer::{Base, Runtime};
            match (self.layer, self.change) {
                (Base, Set(value)) => api::set_base(txn, entity, self.stat, Some(value))?,
                (Base, Add(amount)) => api::add_base(txn, entity, self.stat, amount)?,
                (Base, Clear) => api::set_base(txn, entity, self.stat, None)?,
                (Runtime, Set(value)) => api::set_runtime(txn, entity, self.stat, Some(value))?,
                (Runtime, Add(amount)) => api::add_runtime(txn, entity, self.stat, amount)?,
                (Runtime, Clear) => api::set_runtime(txn, entity, self.stat, None)?,
            }
        }
        api::value_of(txn.world(), entity, self.stat).ok_or_else(|| {
            let name = api::display_name(&content, self.stat);
            Refusal::new(NOT_CONFIGURED).with("stat", name)
        })
    }
}

impl PatchStat {
    fn patch_resource(
        &self,
        txn: &mut Txn<'_>,
        entity: bevy::prelude::Entity,
    ) -> Result<(), Refusal> {
        match self.change {
            PatchChange::Set(value) => {
                api::set_resource(txn, entity, self.stat, value)?;
            }
            PatchChange::Add(amount) if amount < 0.0 => {
                api::drain(txn, entity, self.stat, -amount)?;
            }
            PatchChange::Add(amount) => {
                api::gain(txn, entity, self.stat, amount)?;
            }
            PatchChange::Clear => {
                let stat = self.stat;
                let op = StatOp::SetResource {
                    stat,
                    current: None,
                };
                txn.op::<StatInputs>(entity, op)?;
            }
        }
        Ok(())
    }
}

/// Removes runtime overrides of a character.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResetRuntime {
    /// The character.
    pub target: Uid,
    /// Only those of this set; all without one.
    pub set: Option<DefId>,
}

impl Action for ResetRuntime {
    const NAME: &'static str = "stats.reset_runtime";
    /// How many overrides were removed.
    type Receipt = u32;
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u32, Refusal> {
        let entity = txn.entity(self.target)?;
        let content = txn.content();
        let inputs = txn.need::<StatInputs>(entity, "stats")?;
        let stays = |stat: StatId| match self.set {
            None => false,
            Some(set) => content
                .derived::<StatIndex>()
                .and_then(|index| index.get(stat))
                .is_none_or(|entry| entry.set != set),
        };
        let rows = inputs.runtime_rows();
        let kept: Vec<(StatId, f32)> = rows.iter().filter(|row| stays(row.0)).copied().collect();
        let removed = rows.len() - kept.len();
        if removed > 0 {
            txn.op::<StatInputs>(entity, StatOp::SetRuntimes(kept))?;
        }
        Ok(removed as u32)
    }
}
