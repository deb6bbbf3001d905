use bevy::prelude::*;
use wayfarer_core::{
    authority::{Authority, Players, Role},
    character::DisplayName,
    clock::{ClockMode, RulesClock},
    content::{ContentReport, ContentState},
    feature::{Features, KnownFeatures},
    id::{Identity, PlayerId, Uid, UidIndex},
    ledger::Ledger,
    text::Texts,
};
use wayfarer_equipment::Equipment;
use wayfarer_inventory::{Inventory, Load, marks::Marks};
use wayfarer_stats::{inputs::StatInputs, values::StatValues};

use super::{
    Cached, ContentPanelModel, FeaturesPanelModel, HudBars, HudPanelModel, Inspected,
    KeysPanelModel, character, content, details, hud, inspector, inventory,
    key::{Key, KeyMaker},
    log,
    near::{Near, NearQueries},
    sheet,
};
use crate::{
    answers::Answers,
    game_panel,
    keys::{KeyBindings, UiAction},
    model::{
        InspectorModel, InventoryModel, KeysModel, LogModel, SessionModel, SheetModel,
        features::{FeatureRow, FeaturesModel},
        item::Now,
    },
    open::{Panel, PanelsOpen},
    plugin::{LocalCharacter, PanelStates},
};

/// Keys of what is not behind [`Cached`].
#[derive(Resource, Default)]
struct Seen {
    content: Option<Key>,
    keys: Option<Key>,
    hud: Option<Key>,
    details: Option<Key>,
}

/// Builds again what has changed and is shown.
pub(crate) fn rebuild(world: &mut World) {
    world.init_resource::<Seen>();
    let local = world
        .resource::<LocalCharacter>()
        .0
        .filter(|&entity| world.get_entity(entity).is_ok());
    let open = world.resource::<PanelsOpen>().clone();
    content_and_keys(world);
    heads_up(world, local, &open);
    if open.is_open(Panel::Sheet) {
        sheet(world, local);
    }
    if open.is_open(Panel::Inventory) {
        inventory(world, local);
    }
    if open.is_open(Panel::Inspector) {
        inspector(world, local);
    }
    if open.is_open(Panel::Log) {
        log(world);
    }
    if open.is_open(Panel::Session) {
        features(world);
    }
    character::rebuild(world, local, &open);
    game_panel::rebuild(world, local, &open);
}

/// What the local player may do. A client learns it from its session.
pub(super) fn my_role(world: &World) -> Role {
    if world.get_resource::<Authority>() == Some(&Authority::Host) {
        let players = world.get_resource::<Players>();
        return players.map_or(Role::Host, |players| players.role(PlayerId::LOCAL));
    }
    world.resource::<SessionModel>().my_role()
}

pub(super) fn stat_key(key: &mut KeyMaker<'_>, entity: Entity) {
    key.also(entity)
        .changed::<StatInputs>(entity)
        .changed::<StatValues>(entity)
        .changed::<DisplayName>(entity);
}

fn content_and_keys(world: &mut World) {
    let report = world.get_resource_ref::<ContentReport>();
    let state = world.get_resource_ref::<ContentState>();
    let key = KeyMaker::new(world)
        .also(report.map(|report| report.last_changed().get()))
        .also(state.map(|state| state.last_changed().get()))
        .done();
    if world.resource::<Seen>().content != Some(key) {
        world.resource_mut::<Seen>().content = Some(key);
        let model = content::content_model(world);
        world.resource_mut::<ContentPanelModel>().0 = model;
    }
    world.resource_scope(|world, bindings: Mut<KeyBindings>| {
        let key = KeyMaker::new(world)
            .also(bindings.last_changed().get())
            .done();
        if world.resource::<Seen>().keys == Some(key) {
            return;
        }
        world.resource_mut::<Seen>().keys = Some(key);
        world.resource_mut::<KeysPanelModel>().0 = KeysModel::of(&bindings);
        world.resource_scope(|world, mut model: Mut<HudPanelModel>| {
            hud::hints(&bindings, world.resource::<Texts>(), &mut model.0);
        });
    });
}

fn heads_up(world: &mut World, local: Option<Entity>, open: &PanelsOpen) {
    world.resource_scope(|world, mut model: Mut<HudPanelModel>| {
        let model = &mut model.0;
        let mut key = KeyMaker::new(world);
        let bars = world.resource_ref::<HudBars>();
        key.also(bars.last_changed().get());
        if let Some(entity) = local {
            // Amounts are refreshed anyway; names and sets change with the layout only.
            let layout = world.get::<StatValues>(entity).and_then(StatValues::layout);
            key.also(entity)
                .also(layout.map(|layout| std::sync::Arc::as_ptr(layout) as usize))
                .changed::<DisplayName>(entity);
        }
        let key = key.done();
        if world.resource::<Seen>().hud != Some(key) {
            if let Some(entity) = local {
                hud::rebuild(world, entity, model);
            }
            world.resource_mut::<Seen>().hud = Some(key);
        }
        hud::refresh(world, local, model);
        let content = &world.resource::<ContentPanelModel>().0;
        model.banner = hud::banner(content, open, world.resource::<Texts>());
    });
}

fn sheet(world: &mut World, local: Option<Entity>) {
    world.resource_scope(|world, mut cached: Mut<Cached<SheetModel>>| {
        let mut key = KeyMaker::new(world);
        if let Some(entity) = local {
            stat_key(&mut key, entity);
        }
        let key = Some(key.done());
        if cached.key != key {
            cached.model = local.map_or_else(SheetModel::default, |entity| {
                sheet::sheet_model(world, entity)
            });
            cached.key = key;
        }
        if let Some(entity) = local {
            sheet::refresh_resources(world, entity, &mut cached.model);
        }
    });
}

fn inventory(world: &mut World, local: Option<Entity>) {
    world.init_resource::<NearQueries>();
    world.resource_scope(|world, mut cached: Mut<Cached<InventoryModel>>| {
        let mut key = KeyMaker::new(world);
        let mut near = Near::default();
        if let Some(entity) = local {
            let wanted = world.resource::<Answers>().opened();
            near = world.resource_scope(|world, mut queries: Mut<NearQueries>| {
                Near::of(world, &mut queries, entity, wanted)
            });
            key = KeyMaker::new(world);
            stat_key(&mut key, entity);
            let bindings = world.get_resource::<KeyBindings>();
            let history = bindings.map(|bindings| bindings.of(UiAction::ToggleHistory));
            key.also(history);
            let features = world.get_resource::<Features>();
            for off in features.into_iter().flat_map(Features::off) {
                key.also(off);
            }
            key.changed::<Inventory>(entity)
                .changed::<Marks>(entity)
                .changed::<Equipment>(entity)
                .changed::<Load>(entity);
            near.hash(&mut key);
        }
        let key = Some(key.done());
        if cached.key != key {
            let revision = cached.model.revision + 1;
            cached.model = local.map_or_else(InventoryModel::default, |entity| {
                inventory::inventory_model(world, entity, &near)
            });
            cached.model.revision = revision;
            cached.key = key;
            world.resource_mut::<Seen>().details = None;
        }
        let model = &mut cached.model;
        model.now = now(world);
        model.master = my_role(world) >= Role::GameMaster;
        let feedback = world.resource::<Answers>().feedback();
        if model.feedback != *feedback {
            model.feedback.clone_from(feedback);
        }
        if let Some(entity) = local {
            item_details(world, entity, &near, model);
        }
    });
}

/// The items under the pointer and in the pane: their details are dear, so only theirs are built.
fn item_details(world: &mut World, local: Entity, near: &Near, model: &mut InventoryModel) {
    let states = world.resource::<PanelStates>();
    let looked_at: Vec<Uid> = states.inventory.looked_at().collect();
    let mut key = KeyMaker::new(world);
    // What a locked slot would make of it cannot be told until it is free.
    let tick = model.now.tick;
    let locks = world.get::<Equipment>(local).map(|equipment| {
        let locks = equipment.locks();
        locks.filter(|&(_, until)| until > tick).count()
    });
    let key = Some(key.also(&looked_at).also(locks).done());
    if world.resource::<Seen>().details == key {
        return;
    }
    model.details = looked_at
        .into_iter()
        .filter_map(|uid| {
            let holds = |entity: &Entity| {
                let inventory = world.get::<Inventory>(*entity);
                inventory.is_some_and(|inventory| inventory.get(uid).is_some())
            };
            let container = near.open.map(|(_, entity)| entity);
            let index = world.resource::<UidIndex>();
            let holder = Some(local)
                .filter(holds)
                .or_else(|| container.filter(holds))
                .or_else(|| index.get(uid));
            let details = details::item_details(world, local, holder, container, uid)?;
            Some((uid, details.into()))
        })
        .collect();
    world.resource_mut::<Seen>().details = key;
}

pub(crate) fn now(world: &World) -> Now {
    Now {
        tick: world
            .get_resource::<RulesClock>()
            .map_or(0, |clock| clock.tick),
        hz: world
            .get_resource::<ClockMode>()
            .map_or(20.0, |mode| mode.hz()),
    }
}

/// The parts of the rules that can be switched off. There are few, so they are read every time.
fn features(world: &mut World) {
    let known = world.get_resource::<KnownFeatures>();
    let features = world.get_resource::<Features>();
    let rows = known.into_iter().flat_map(|known| &known.0);
    let rows = rows.map(|(&feature, &name)| FeatureRow {
        feature,
        name: name.to_owned(),
        on: features.is_none_or(|features| features.is_on(feature)),
    });
    let model = FeaturesModel {
        rows: rows.collect(),
        may_switch: my_role(world) >= Role::GameMaster,
        feedback: world.resource::<Answers>().feedback().clone(),
    };
    let mut shown = world.resource_mut::<FeaturesPanelModel>();
    if shown.0 != model {
        shown.0 = model;
    }
}

/// More characters than this are not offered: a list of thousands helps nobody.
const TARGETS: usize = 300;

/// Everybody with stats, by uid.
pub(super) fn everybody(world: &mut World) -> Vec<(Uid, Entity)> {
    let mut everybody = world.query_filtered::<(Entity, &Identity), With<StatInputs>>();
    let mut targets: Vec<(Uid, Entity)> = everybody
        .iter(world)
        .map(|(entity, uid)| (uid.0, entity))
        .collect();
    targets.sort_unstable();
    targets.truncate(TARGETS);
    targets
}

fn inspector(world: &mut World, local: Option<Entity>) {
    let targets = everybody(world);
    world.resource_scope(|world, mut cached: Mut<Cached<InspectorModel>>| {
        let chosen = world.resource::<Inspected>().0;
        let index = world.resource::<UidIndex>();
        let target = chosen.and_then(|uid| index.get(uid)).or(local);
        let tick = now(world).tick;
        let mut key = KeyMaker::new(world);
        key.also(&targets);
        if let Some(entity) = target {
            stat_key(&mut key, entity);
            // Resources come back by themselves; twice a second is often enough to look.
            key.also(tick / 10);
        }
        let key = Some(key.done());
        if cached.key != key {
            let names = targets
                .iter()
                .map(|&(uid, entity)| (uid, sheet::name_of(world, entity)));
            cached.model = InspectorModel {
                targets: names.collect(),
                ..target.map_or_else(InspectorModel::default, |entity| {
                    inspector::inspector_model(world, entity)
                })
            };
            cached.key = key;
        }
        let model = &mut cached.model;
        model.may_edit = my_role(world) >= Role::GameMaster;
        let feedback = world.resource::<Answers>().feedback();
        if model.feedback != *feedback {
            model.feedback.clone_from(feedback);
        }
    });
}

fn log(world: &mut World) {
    world.resource_scope(|world, mut cached: Mut<Cached<LogModel>>| {
        let host = world.get_resource::<Authority>() == Some(&Authority::Host);
        let answers = world.resource::<Answers>();
        let sequence = world.get_resource::<Ledger>().map(Ledger::next_sequence);
        let mut key = KeyMaker::new(world);
        key.also(host).also(sequence).also(answers.heard());
        let key = Some(key.done());
        if cached.key != key {
            if host {
                log::update_log(world, &mut cached.model);
            } else {
                cached.model.complete = false;
                cached.model.metrics = None;
                cached.model.entries.clone_from(answers.own());
            }
            cached.key = key;
        }
        let model = &mut cached.model;
        model.may_undo = host && my_role(world) >= Role::GameMaster;
        if model.feedback != *answers.feedback() {
            model.feedback.clone_from(answers.feedback());
        }
    });
}
