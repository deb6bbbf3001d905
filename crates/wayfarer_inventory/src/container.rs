//! Containers: chests and whatever else holds items for who opens it.

use std::collections::BTreeSet;

use bevy::{
    ecs::{lifecycle::HookContext, world::DeferredWorld},
    prelude::*,
};
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    authority::{Authority, Owner, Policies, Role, Viewers, is_host},
    clock::{RulesSystems, RulesTick},
    id::{PlayerId, Uid, UidIndex},
    refusal::{Code, Refusal},
    txn::Txn,
};
use wayfarer_stats::StatSystems;

use crate::{facts::ContainerClosed, refusals, share::check_rights, shop::Shop};

/// Something that can be opened and looked into.
///
/// ```
/// # use bevy::prelude::*;
/// # use wayfarer_core::prelude::*;
/// # use wayfarer_inventory::prelude::*;
/// # let mut world = World::new();
/// world.spawn((Character::new("demo:oak_chest"), Container::default(), Position::ground(1.0, 2.0)));
/// ```
///
/// With an [`Owner`] only they open it; without one everybody in
/// reach does.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(Component)]
#[component(on_insert = closed_at_first)]
#[require(Viewers)]
pub struct Container {
    /// Whether somebody has it open now.
    pub open: bool,
}

/// A container that comes from a save is closed: whoever had it open is not there.
fn closed_at_first(mut world: DeferredWorld, ctx: HookContext) {
    let host = world.get_resource::<Authority>() == Some(&Authority::Host);
    let alone = world
        .get::<Viewers>(ctx.entity)
        .is_none_or(|viewers| viewers.0.is_empty());
    if host
        && alone
        && let Some(mut container) = world.get_mut::<Container>(ctx.entity)
    {
        container.bypass_change_detection().open = false;
    }
}

/// The containers that are open, with who opened them by which character, so that they can be
/// closed when that character walks away.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenContainers(pub(crate) BTreeSet<(Uid, PlayerId, Uid)>);

impl OpenContainers {
    /// Container, player and character of each.
    pub fn iter(&self) -> impl Iterator<Item = (Uid, PlayerId, Uid)> {
        self.0.iter().copied()
    }
}

/// Refuses unless the asker may take from and put into `holder`: their own character, one they may
/// act for within reach, or a container within reach that they have open. Game masters may.
///
/// # Errors
/// `not_owner`, `out_of_reach`, `not_open`, `for_sale`, `not_your_loot`.
pub fn check_holder(txn: &Txn<'_>, holder: Entity) -> Result<(), Refusal> {
    if txn.actor()? == holder || txn.cause().role >= Role::GameMaster {
        return Ok(());
    }
    if txn.get::<Shop>(holder).is_some() && txn.check_may_act_for(holder).is_err() {
        return Err(refusals::FOR_SALE.into());
    }
    if txn.get::<Container>(holder).is_none() {
        txn.check_may_act_for(holder)?;
        return txn.check_reach(holder);
    }
    txn.check_reach(holder)?;
    check_rights(txn, holder)?;
    let player = txn.cause().player;
    match txn.get::<Viewers>(holder) {
        Some(viewers) if viewers.0.contains(&player) => Ok(()),
        _ => Err(refusals::NOT_OPEN.into()),
    }
}

/// Opens or closes a container for one player, in a transaction.
pub(crate) fn set_open(
    txn: &mut Txn<'_>,
    container: Entity,
    uid: Uid,
    by: (PlayerId, Uid),
    open: bool,
) -> Result<bool, Refusal> {
    let mut viewers = txn.need::<Viewers>(container, "container")?.clone();
    let mut all = txn
        .world()
        .get_resource::<OpenContainers>()
        .cloned()
        .unwrap_or_default();
    let changed = if open {
        all.0.insert((uid, by.0, by.1));
        viewers.0.insert(by.0)
    } else {
        all.0
            .retain(|&(known, player, _)| (known, player) != (uid, by.0));
        viewers.0.remove(&by.0)
    };
    txn.set_resource(all);
    if changed {
        let open = !viewers.0.is_empty();
        txn.set(container, viewers)?;
        if txn.need::<Container>(container, "container")?.open != open {
            txn.set(container, Container { open })?;
        }
    }
    Ok(changed)
}

/// Refuses an owned container to everybody who may not act for it, and loot to whom it does not
/// belong.
pub(crate) fn check_unlocked(txn: &Txn<'_>, container: Entity) -> Result<(), Refusal> {
    check_rights(txn, container)?;
    if txn.get::<Owner>(container).is_some() && txn.get::<Shop>(container).is_none() {
        return txn.check_may_act_for(container);
    }
    if txn.cause().role == Role::Spectator {
        return Err(Code::NOT_OWNER.into());
    }
    Ok(())
}

/// Closes what its viewers have walked away from. Looks at open containers only.
pub(crate) fn close_left(world: &mut World) {
    let open = world.resource::<OpenContainers>().clone();
    let policies = world
        .get_resource::<Policies>()
        .copied()
        .unwrap_or_default();
    for (uid, player, actor) in open.iter() {
        let index = world.resource::<UidIndex>();
        let (container, actor_entity) = (index.get(uid), index.get(actor));
        let near = container
            .zip(actor_entity)
            .is_some_and(|(container, actor)| (policies.in_reach)(world, actor, container));
        if near {
            continue;
        }
        let Some(container) = container else {
            let mut open = world.resource_mut::<OpenContainers>();
            open.0.remove(&(uid, player, actor));
            continue;
        };
        let closed =
            wayfarer_core::action::HostWorldExt::transact(world, "inventory.walked_away", |txn| {
                if set_open(txn, container, uid, (player, actor), false)? {
                    txn.emit(ContainerClosed {
                        entity: container,
                        player,
                    });
                }
                Ok(())
            });
        if let Err(refusal) = closed {
            tracing::warn!("a container could not be closed: {refusal}");
            let mut open = world.resource_mut::<OpenContainers>();
            open.0.remove(&(uid, player, actor));
        }
    }
}

pub(crate) fn plugin(app: &mut App) {
    app.init_resource::<OpenContainers>().add_systems(
        RulesTick,
        close_left
            .in_set(RulesSystems::Settle)
            .after(StatSystems::Settle)
            .run_if(is_host)
            .run_if(|open: Res<OpenContainers>| !open.0.is_empty()),
    );
}
