//! What happens between ticks waits for the rules.

use bevy::{ecs::message::MessageCursor, prelude::*};
use wayfarer_core::{
    RulesDriveSystems,
    action::{ActionAppExt, HostWorldExt},
    authority::{Authority, is_host},
    clock::{RulesSystems, RulesTick},
    content::{ActiveContent, ContentAppExt, ContentState},
    feature::Features,
    id::Uid,
    protocol::ProtocolAppExt,
    state::{Audience, StateAppExt},
};
use wayfarer_inventory::{
    Inventory,
    constraint::ItemConstraintAppExt,
    facts::{ItemUsed, ToolUsed},
    shop::ShopSystems,
};
use wayfarer_stats::{StatSystems, damage::DamageTaken};

use super::{
    exposure::{Expose, Exposure, expose_all},
    gate::check_condition,
    lately::LatelyWorn,
    rounds::{CombatRoundEnded, anything_wears, concerns_somebody, end_round, take_hit},
    seen::SeenCauses,
    uses::{UseOfGear, use_gear},
};
use crate::{
    FEATURE,
    content::{MaterialDef, WearRulesDef},
    facts::{DurabilityChanged, GearBroken},
    follow,
};

/// When things wear by what has happened: in [`RulesSystems::Settle`], before worn things catch
/// up.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct WearSystems;

/// What is to wear things in the next tick, in the order in which it happened.
#[derive(Resource, Default)]
pub(crate) struct PendingWear {
    list: Vec<Pending>,
    cursor: MessageCursor<CombatRoundEnded>,
}

enum Pending {
    Round(CombatRoundEnded),
    Hit(Entity, f32),
    Use(Entity, Uid),
}

fn told_round(ended: On<CombatRoundEnded>, mut pending: ResMut<PendingWear>) {
    pending.list.push(Pending::Round(ended.event().clone()));
}

fn told_hit(hit: On<DamageTaken>, mut pending: ResMut<PendingWear>, authority: Res<Authority>) {
    if *authority == Authority::Host {
        let damage = hit.outcome.taken + hit.outcome.absorbed;
        pending.list.push(Pending::Hit(hit.entity, damage));
    }
}

fn told_use(used: On<ItemUsed>, mut pending: ResMut<PendingWear>, authority: Res<Authority>) {
    if *authority == Authority::Host {
        pending.list.push(Pending::Use(used.entity, used.item));
    }
}

fn told_tool(used: On<ToolUsed>, mut pending: ResMut<PendingWear>, authority: Res<Authority>) {
    if *authority == Authority::Host {
        pending.list.push(Pending::Use(used.entity, used.item));
    }
}

/// Messages live for two frames only, and a tick may be further away than that.
fn read_rounds(mut pending: ResMut<PendingWear>, messages: Res<Messages<CombatRoundEnded>>) {
    let PendingWear { list, cursor } = &mut *pending;
    let ended = cursor.read(&messages).cloned();
    list.extend(ended.map(Pending::Round));
}

fn settle(world: &mut World) {
    let list = std::mem::take(&mut world.resource_mut::<PendingWear>().list);
    let content = world.resource::<ActiveContent>().0.clone();
    if Features::check(world, FEATURE).is_err() || !anything_wears(&content) {
        return;
    }
    for pending in list {
        match pending {
            Pending::Round(ended) if concerns_somebody(world, &ended) => end_round(world, &ended),
            Pending::Hit(entity, damage) if damage > 0.0 => take_hit(world, entity, damage),
            Pending::Round(_) | Pending::Hit(..) => {}
            Pending::Use(entity, item) => used(world, entity, item),
        }
    }
}

/// A tool that is kept wears; what was used up is gone.
fn used(world: &mut World, entity: Entity, item: Uid) {
    let kept = world
        .get::<Inventory>(entity)
        .is_some_and(|inventory| inventory.get(item).is_some_and(|item| item.count == 1));
    if !kept {
        return;
    }
    let done = world.transact("equipment.use", |txn| {
        use_gear(txn, entity, item, &UseOfGear::default()).map(drop)
    });
    if let Err(refusal) = done {
        tracing::debug!("a use wore nothing: {refusal}");
    }
}

pub(crate) fn plugin(app: &mut App) {
    const PLUGIN: &str = "wayfarer_equipment";
    app.init_resource::<PendingWear>()
        .register_definition::<MaterialDef>()
        .register_definition::<WearRulesDef>()
        .register_item_constraint("equipment.condition", check_condition)
        .add_message::<DurabilityChanged>()
        .add_message::<GearBroken>()
        .init_resource::<SeenCauses>()
        .add_message::<CombatRoundEnded>()
        .register_type::<Exposure>()
        .register_type::<LatelyWorn>()
        .register_action::<Expose>()
        .add_observer(told_round)
        .add_observer(told_hit)
        .add_observer(told_use)
        .add_observer(told_tool)
        .configure_sets(RulesTick, WearSystems.in_set(RulesSystems::Settle))
        .add_systems(
            PreUpdate,
            read_rounds.after(RulesDriveSystems).run_if(is_host),
        )
        .add_systems(
            RulesTick,
            expose_all
                .in_set(RulesSystems::Simulate)
                .after(StatSystems::GoOn)
                .after(ShopSystems)
                .after(crate::settle::due::expire)
                .run_if(|exposed: Query<(), With<Exposure>>| !exposed.is_empty()),
        )
        .add_systems(
            RulesTick,
            (
                read_rounds,
                settle.run_if(|pending: Res<PendingWear>| !pending.list.is_empty()),
            )
                .chain()
                .in_set(WearSystems)
                .before(follow::FollowSystems)
                .run_if(is_host)
                .run_if(|state: Res<ContentState>| *state == ContentState::Ready),
        );
    app.register_state::<Exposure>("equipment.exposure", 1, Audience::Owner);
    app.register_state::<LatelyWorn>("equipment.lately_worn", 1, Audience::HostOnly);
    app.register_state_resource::<SeenCauses>("equipment.seen", 1, true);
    app.declare_replicated::<Exposure>(PLUGIN, "equipment.exposure", 1, Audience::Owner);
}
