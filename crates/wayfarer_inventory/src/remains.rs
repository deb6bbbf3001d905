//! What the dead leave behind: a container with what they had, and what else is found on them.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    authority::{Authority, Owner, Position},
    character::{Character, CharacterDef, DisplayName, Outfitted},
    content::{ActiveContent, Ref},
    id::{DefId, Uid, UidIndex},
    ledger::MovementKind,
    refusal::{Code, Refusal},
    txn::Txn,
};
use wayfarer_stats::damage::ResourceDepleted;

use crate::{
    constraint::{Planned, Purpose, check_constraints},
    container::Container,
    content::{KitDef, KitRemains},
    facts::{ItemsChanged, RemainsLeft},
    intake::take_parcel,
    inventory::Inventory,
    item::Place,
    loot::{LootOrder, give_loot},
    making::Source,
    ops::ItemOp,
    outfit::place_in_any,
    stats,
    view::View,
};

/// Moves what somebody has into a new container at their feet, which is a character of the
/// template `grave` and has the compartments of its kit, whatever their limits are. With `worn`
/// what is worn goes too, and what else hangs on its being worn is the caller's. What may not be
/// given away (a quest item, or a bag with one) stays.
///
/// Returns the container, also when it is empty.
///
/// # Errors
/// `template_unavailable` without such a character or kit, `not_found` without an inventory.
pub fn leave_grave(
    txn: &mut Txn<'_>,
    entity: Entity,
    grave: &str,
    worn: bool,
) -> Result<(Uid, Entity), Refusal> {
    let content = txn.content();
    let template = DefId::of(grave);
    let unavailable = || Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", template);
    let character = content.table::<CharacterDef>().get(template);
    let character = character.ok_or_else(unavailable)?;
    let kit = content.table::<KitDef>().get(template);
    let kit = kit.ok_or_else(unavailable)?;
    let name = match txn.get::<DisplayName>(entity) {
        Some(whose) => format!("{} ({})", character.name, whose.0),
        None => character.name.clone(),
    };
    let position = txn.get::<Position>(entity).copied().unwrap_or_default();
    let leaving = leaving(txn, entity, worn)?;
    let (uid, container) = txn.spawn((
        Character::new(grave.to_owned()),
        Outfitted,
        DisplayName(name),
        position,
        Container::default(),
        Inventory::new(kit.id(), kit.compartments.iter().map(Ref::id)),
    ));
    for (item, count) in leaving {
        let parcel = take_parcel(txn, entity, item, count)?;
        let (place, order) = place_in_any(txn, &content, container, &parcel.item)?;
        parcel.record_inside(txn, MovementKind::Moved);
        txn.record(MovementKind::Moved, item, parcel.item.def, count);
        let mut items = vec![parcel.item.at(place, order)];
        items.extend(parcel.inside);
        txn.op::<Inventory>(container, ItemOp::InsertMany(items))?;
    }
    for entity in [entity, container] {
        txn.emit(ItemsChanged { entity });
    }
    txn.emit(RemainsLeft { entity, container });
    Ok((uid, container))
}

/// What goes: the outermost things, each with all that is in it.
fn leaving(txn: &Txn<'_>, entity: Entity, worn: bool) -> Result<Vec<(Uid, u32)>, Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, entity)?;
    let may_go = |item| {
        let planned = Planned {
            item,
            count: item.count,
            purpose: Purpose::Give,
            to: None,
        };
        check_constraints(&view, &planned).is_ok()
    };
    let outermost = view.inventory.iter().filter(|item| match item.place {
        Place::In(_) | Place::Overflow => true,
        Place::Worn(_) => worn,
        Place::Inside { .. } => false,
    });
    Ok(outermost
        .filter(|item| may_go(item) && view.inventory.contents(item.uid).into_iter().all(may_go))
        .map(|item| (item.uid, item.count))
        .collect())
}

/// A blow took the last of the resource that somebody's kit names.
pub(crate) fn somebody_fell(
    fell: On<ResourceDepleted>,
    authority: Option<Res<Authority>>,
    content: Option<Res<ActiveContent>>,
    inventories: Query<&Inventory>,
    mut commands: Commands,
) {
    if authority.is_none_or(|authority| *authority != Authority::Host) {
        return;
    }
    let (Some(content), Ok(inventory)) = (content, inventories.get(fell.entity)) else {
        return;
    };
    let kit = content.0.table::<KitDef>().get(inventory.kit());
    let Some(remains) = kit.and_then(|kit| kit.remains.clone()) else {
        return;
    };
    if remains.resource_id() != fell.stat.0 {
        return;
    }
    let (entity, by) = (fell.entity, fell.by);
    commands.queue(move |world: &mut World| {
        let left = world.transact("inventory.remains", |txn| leave(txn, entity, by, &remains));
        if let Err(refusal) = left {
            tracing::warn!("somebody fell and left nothing: {refusal}");
        }
    });
}

fn leave(
    txn: &mut Txn<'_>,
    entity: Entity,
    by: Option<Uid>,
    remains: &KitRemains,
) -> Result<(), Refusal> {
    // Players' characters get up again, and keep what they wear.
    let gone = remains.gone && txn.get::<Owner>(entity).is_none();
    let (_, container) = leave_grave(txn, entity, remains.leaves.name(), gone)?;
    if let Some(loot) = &remains.loot {
        let world = txn.world();
        let index = world.get_resource::<UidIndex>();
        let finder = by.and_then(|by| index.and_then(|index| index.get(by)));
        let who = finder.unwrap_or(entity);
        let order = LootOrder {
            table: loot.table.id(),
            level: loot.level.eval(|stat| stats::value(world, who, stat)),
            themes: loot.themes.iter().map(ToString::to_string).collect(),
            source: Source::Loot,
        };
        give_loot(txn, container, &order, finder, true)?;
    }
    let empty = txn.need::<Inventory>(container, "inventory")?.is_empty();
    if empty {
        txn.despawn(container)?;
    }
    if gone {
        txn.despawn(entity)?;
    }
    Ok(())
}
