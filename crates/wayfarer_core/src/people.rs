//! Actions about people.

use serde::{Deserialize, Serialize};

use crate::{
    action::Action,
    authority::{Players, Role},
    id::PlayerId,
    refusal::{Code, Refusal},
    txn::Txn,
};

/// The host changes what somebody may do.
#[derive(Serialize, Deserialize, Debug, Clone, Copy)]
pub struct SetRole {
    /// Who.
    pub player: PlayerId,
    /// What they may do from now on; not [`Role::Host`].
    pub role: Role,
}

impl Action for SetRole {
    const NAME: &'static str = "core.set_role";
    type Receipt = ();
    const MIN_ROLE: Role = Role::Host;
    const NEEDS_ACTOR: bool = false;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
        let mut players = txn.world().resource::<Players>().clone();
        if !players.set_role(self.player, self.role) {
            return Err(Refusal::new(Code::NOT_FOUND).with("what", "player"));
        }
        txn.set_resource(players);
        Ok(())
    }
}
