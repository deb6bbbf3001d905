//! The character to explain: read from a file, made through the real rules.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use bevy::prelude::*;
use serde::Deserialize;
use wayfarer_core::{
    action::{Action, HostWorldExt},
    authority::Owner,
    character::{Character, CharacterDef, TemplateMissing},
    clock::RulesTick,
    content::{self, ActiveContent, Content, Def, Definition, Table, did_you_mean},
    id::{Identity, PlayerId, Uid},
    ledger::MovementKind,
    refusal::Refusal,
    text::Texts,
};
use wayfarer_equipment::prelude::EquipItem;
use wayfarer_inventory::{Inventory, actions::create, content::ItemDef};
use wayfarer_stats::{
    StatId,
    actions::{PatchChange, PatchLayer, PatchStat},
    prelude::{StatIndex, StatInputs},
};

use crate::end::End;

/// A character as a file describes it.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Description {
    /// The definition, `pack:name`.
    template: String,
    /// Permanent values by stat.
    #[serde(default)]
    base: BTreeMap<String, f32>,
    /// Runtime overrides by stat.
    #[serde(default)]
    runtime: BTreeMap<String, f32>,
    /// Items to put on, in this order, beside what the kit has.
    #[serde(default)]
    wear: Vec<String>,
}

const EXAMPLE: &str = "write a file such as (template: \"demo:knight\", base: {\"strength\": 18}, \
                       wear: [\"demo:ring_of_strength\"])";

/// Reads the description.
pub(crate) fn read(path: &Path) -> Result<Description, End> {
    let shown = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| End::usage(format!("cannot read `{shown}`: {error}"), EXAMPLE))?;
    content::options().from_str(&text).map_err(|error| {
        let at = error.span.start;
        End::usage(
            format!("{shown}:{}:{}: {}", at.line, at.col, error.code),
            EXAMPLE,
        )
    })
}

/// Makes the character in the world of `app`, whose content is loaded.
pub(crate) fn make(app: &mut App, description: &Description) -> Result<Entity, End> {
    let world = app.world_mut();
    let content = Arc::clone(&world.resource::<ActiveContent>().0);
    known::<CharacterDef>(&content, "character", &description.template)?;
    let character = Character::new(description.template.clone());
    let entity = world.spawn((character, Owner(PlayerId::LOCAL))).id();
    world.run_schedule(RulesTick);
    let uid = world.get::<Identity>(entity).map(|identity| identity.0);
    let Some(uid) = uid.filter(|_| world.get::<TemplateMissing>(entity).is_none()) else {
        let name = &description.template;
        return Err(End::Failed(format!(
            "the character `{name}` could not be made"
        )));
    };
    for (layer, values) in [
        (PatchLayer::Base, &description.base),
        (PatchLayer::Runtime, &description.runtime),
    ] {
        for (name, &value) in values {
            let patch = PatchStat {
                target: uid,
                stat: find_stat(world, &content, entity, name)?,
                layer,
                change: PatchChange::Set(value),
            };
            let doing = || format!("`{name}` cannot be {value}");
            act(world, None, &patch, doing)?;
        }
    }
    world.run_schedule(RulesTick);
    for name in &description.wear {
        wear(world, &content, entity, uid, name)?;
    }
    // What is worn changes the load, and the load changes stats.
    for _ in 0..3 {
        world.run_schedule(RulesTick);
    }
    Ok(entity)
}

/// Gives the character an item and puts it on.
fn wear(
    world: &mut World,
    content: &Content,
    entity: Entity,
    uid: Uid,
    name: &str,
) -> Result<(), End> {
    let def = known::<ItemDef>(content, "item", name)?;
    if world.get::<Inventory>(entity).is_none() {
        return Err(End::Failed(format!(
            "the character has nothing to carry `{name}` in: no pack has an entry of its name in \
             `kits`"
        )));
    }
    let made = world.transact("explain.wear", |txn| {
        create(txn, entity, MovementKind::Spawned, def, 1, None)
    });
    let item = made.map_err(|refusal| {
        let why = words(world, &refusal);
        End::Failed(format!("`{name}` cannot be carried: {why}"))
    })?;
    let Some(&item) = item.last() else {
        return Err(End::Failed(format!("`{name}` cannot be made")));
    };
    let equip = EquipItem { item, slot: None };
    act(world, Some(uid), &equip, || {
        format!("`{name}` cannot be worn")
    })?;
    world.run_schedule(RulesTick);
    Ok(())
}

/// Does something as the host, who may do everything.
fn act<A: Action>(
    world: &mut World,
    actor: Option<Uid>,
    action: &A,
    what: impl FnOnce() -> String,
) -> Result<(), End> {
    match world.act(PlayerId::LOCAL, actor, action) {
        Ok(_) => Ok(()),
        Err(refusal) => {
            let why = words(world, &refusal);
            Err(End::Failed(format!("{}: {why}", what())))
        }
    }
}

fn words(world: &World, refusal: &Refusal) -> String {
    let content = &world.resource::<ActiveContent>().0;
    match world.get_resource::<Texts>() {
        Some(texts) => format!("{} [{}]", texts.refusal(refusal, content), refusal.code),
        None => refusal.to_string(),
    }
}

fn find_stat(world: &World, content: &Content, entity: Entity, name: &str) -> Result<StatId, End> {
    let sets = world.get::<StatInputs>(entity).map(StatInputs::sets);
    let index = content.derived::<StatIndex>();
    let (Some(sets), Some(index)) = (sets, index) else {
        return Err(super::no_sheet());
    };
    index.resolve_in(sets, name).map_err(|error| {
        let help = error.help;
        End::usage(
            error.message,
            help.unwrap_or_else(|| "`--all` lists the stats of the character".to_owned()),
        )
    })
}

/// The id of a definition, or what was probably meant.
fn known<D: Definition>(
    content: &Content,
    what: &str,
    name: &str,
) -> Result<wayfarer_core::id::DefId, End> {
    let table: &Table<D> = content.table();
    table.get_by_name(name).map(Def::id).ok_or_else(|| {
        let names = table.iter().map(Def::name);
        let help = match did_you_mean(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the full name, `pack:name`".to_owned(),
        };
        End::usage(format!("there is no {what} `{name}` in the packs"), help)
    })
}
