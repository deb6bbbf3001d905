//! `inventory.set_loot_rights`: whose loot it is.

use serde::{Deserialize, Serialize};
use wayfarer_core::{
    action::Action,
    authority::Role,
    id::Uid,
    refusal::{Code, Refusal},
    txn::Txn,
};

use crate::{container::Container, share::give_rights};

/// `inventory.set_loot_rights`: says who may open a container for a while; then everybody may. For
/// game masters.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct SetLootRights {
    /// The container.
    pub container: Uid,
    /// The characters; at most 64. Nobody at all keeps it shut for everybody.
    pub among: Vec<Uid>,
    /// For how many seconds, from 0.
    pub seconds: f32,
}

impl Action for SetLootRights {
    const NAME: &'static str = "inventory.set_loot_rights";
    type Receipt = ();
    const MIN_ROLE: Role = Role::GameMaster;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let container = txn.entity(self.container)?;
        txn.need::<Container>(container, "container")?;
        let sane = self.seconds.is_finite() && self.seconds >= 0.0;
        if !sane || self.among.len() > 64 {
            return Err(Refusal::new(Code::INVALID_AMOUNT).with("amount", self.seconds));
        }
        give_rights(txn, container, self.among.iter().copied(), self.seconds)
    }
}
