//! Whose loot it is, and who could share it.

use bevy::prelude::*;
use wayfarer_core::{
    authority::{Authority, LocalPlayer, Owner, Policies},
    id::{Identity, Uid, UidIndex},
    refusal::Code,
};
use wayfarer_inventory::{container::OpenContainers, share::LootRights};

use crate::{
    build::{items::ItemRows, name_of, near::Near},
    model::inventory::{RightsModel, SharerModel},
};

/// Who may take from a container for the time being; those that have run out may be among them.
pub(super) fn rights(world: &World, actor: Entity, container: Entity) -> Option<RightsModel> {
    let rights = world.get::<LootRights>(container)?;
    let me = world.get::<Identity>(actor).map(|uid| uid.0);
    let index = world.get_resource::<UidIndex>();
    let name = |&uid: &Uid| {
        let entity = index.and_then(|index| index.get(uid));
        entity.map_or_else(|| uid.to_string(), |entity| name_of(world, entity))
    };
    Some(RightsModel {
        names: rights.among.iter().map(name).collect(),
        mine: me.is_some_and(|me| rights.among.binary_search(&me).is_ok()),
        until: rights.until,
    })
}

/// Who is near enough to get a share of what is in a container.
pub(super) fn sharers(world: &World, near: &Near, container: Uid) -> Vec<SharerModel> {
    let host = world.get_resource::<Authority>() == Some(&Authority::Host);
    let open = world.get_resource::<OpenContainers>().filter(|_| host);
    let looks_in = |who: Uid| {
        let mut all = open?.iter();
        Some(all.any(|(known, _, actor)| known == container && actor == who))
    };
    let people = near.people.iter();
    people
        .map(|&(uid, entity)| SharerModel {
            uid,
            name: name_of(world, entity),
            looks_in: looks_in(uid),
        })
        .collect()
}

/// Why a container does not open for the player: it belongs to somebody else.
pub(super) fn stays_shut(rows: &ItemRows<'_>, container: Entity) -> Option<String> {
    rows.world.get::<Owner>(container)?;
    let policies = rows.world.get_resource::<Policies>();
    let policies = policies.copied().unwrap_or_default();
    let me = rows.world.get_resource::<LocalPlayer>();
    let me = me.copied().unwrap_or_default();
    let mine = (policies.may_act_for)(rows.world, me.player, me.role, container);
    (!mine).then(|| rows.say(&Code::NOT_OWNER.into()).to_string())
}
