use bevy::prelude::*;
use wayfarer_core::{
    character::CharacterDef,
    content::{ActiveContent, Content},
    id::{DefId, Identity, Uid, UidIndex},
    text::Texts,
};
use wayfarer_stats::{
    StatId,
    content::{StatDef, StatSetDef},
    index::StatIndex,
    relations::{Bond, BondValues, RelationCause, RelationDef, Relations, explain_entity, read},
    rules::resource::Now as Moment,
};

use super::{
    rebuild::now,
    sheet::{breakdown_row, name_of},
};
use crate::model::relations::{AxisRow, BondDetails, BondRow, CauseRow, RelationsModel};

/// The bonds of an entity by the other's name, without details; none when it has none.
pub fn relations_model(world: &World, entity: Entity) -> RelationsModel {
    let mut model = RelationsModel::default();
    model.viewed.uid = world.get::<Identity>(entity).map(|uid| uid.0);
    model.viewed.name = name_of(world, entity);
    let content = world.get_resource::<ActiveContent>();
    let relations = world.get::<Relations>(entity);
    if let Some((content, relations)) = content.zip(relations) {
        let moment = moment(world);
        let bonds = relations.iter().filter_map(|(bond, _)| {
            let values = read(relations, content, bond, moment)?;
            Some(bond_row(world, content, bond, &values))
        });
        model.bonds = bonds.collect();
        model.bonds.sort_by(|a, b| {
            (&a.name, &a.kind_name, a.other).cmp(&(&b.name, &b.kind_name, b.other))
        });
    }
    model
}

fn moment(world: &World) -> Moment {
    let now = now(world);
    Moment {
        tick: now.tick,
        hz: now.hz,
    }
}

fn bond_row(world: &World, content: &Content, bond: Bond, values: &BondValues<'_>) -> BondRow {
    let kind = content.table::<RelationDef>().get(bond.kind);
    BondRow {
        other: bond.other,
        kind: bond.kind,
        name: who(world, bond.other),
        kind_name: kind.map_or_else(|| bond.kind.to_string(), |kind| kind.name.clone()),
        level: values.level().map(|level| level.name.clone()),
    }
}

/// What somebody is called; the uid when it is not here.
fn who(world: &World, uid: Uid) -> String {
    let index = world.get_resource::<UidIndex>();
    let entity = index.and_then(|index| index.get(uid));
    entity.map_or_else(|| uid.to_string(), |entity| name_of(world, entity))
}

/// One bond in full; `None` if the entity has no [`Relations`] or the content no such kind.
pub fn bond_details(world: &World, entity: Entity, other: Uid, kind: DefId) -> Option<BondDetails> {
    let content = &world.get_resource::<ActiveContent>()?.0;
    let relations = world.get::<Relations>(entity)?;
    let bond = Bond { other, kind };
    let log = relations.get(bond)?.log();
    let values = read(relations, content, bond, moment(world))?;
    let set = content.table::<StatSetDef>().get(values.set())?;
    let axes = values.kind().axes().iter().zip(set.stats.iter());
    let axes = axes.filter_map(|(axis, (key, def))| {
        let stat = axis.id();
        let value = values.get(stat)?;
        let explanation = explain_entity(world, entity, bond, stat);
        let decay = axis.decay().filter(|decay| decay.towards != value);
        // What was never said stays where it begins.
        let said = relations.get(bond).and_then(|known| known.stored(stat));
        Some(AxisRow {
            id: stat.0,
            name: display(def, key.as_str()),
            description: def.description.clone(),
            value,
            min: def.lowest(),
            max: def.highest(),
            tier: values.tier(stat).map(|tier| tier.name.clone()),
            decay: decay
                .filter(|_| said.is_some())
                .map(|decay| ((decay.per_second * 3600.0) as f32, decay.towards)),
            breakdown: explanation.map_or_else(Vec::new, |found| {
                let default = Texts::default();
                let texts = world.get_resource::<Texts>().unwrap_or(&default);
                let lines = found.why.lines.iter();
                lines.map(|line| breakdown_row(texts, line)).collect()
            }),
        })
    });
    let kind = content.table::<RelationDef>().get(kind);
    Some(BondDetails {
        row: bond_row(world, content, bond, &values),
        description: kind.map_or_else(String::new, |kind| kind.description.clone()),
        axes: axes.collect(),
        causes: log
            .iter()
            .rev()
            .map(|cause| cause_row(world, content, cause))
            .collect(),
    })
}

fn display(def: &StatDef, key: &str) -> String {
    match def.name.as_str() {
        "" => key.to_owned(),
        name => name.to_owned(),
    }
}

fn cause_row(world: &World, content: &Content, cause: &RelationCause) -> CauseRow {
    let origin = cause.origin.map(|origin| {
        let character = content.table::<CharacterDef>().get(origin);
        let name = character.map(|def| def.name.clone());
        name.or_else(|| content.name_of(origin).map(str::to_owned))
            .unwrap_or_else(|| origin.to_string())
    });
    let mut what = cause.code.clone();
    for more in origin
        .iter()
        .chain((!cause.note.is_empty()).then_some(&cause.note))
    {
        what = format!("{what}: {more}");
    }
    CauseRow {
        tick: cause.tick,
        axis: axis_name(content, cause.stat),
        amount: cause.amount,
        what,
        who: cause.actor.map_or_else(String::new, |uid| who(world, uid)),
        witnesses: cause.witnesses.iter().map(|uid| who(world, *uid)).collect(),
    }
}

fn axis_name(content: &Content, stat: StatId) -> String {
    let index = content.derived::<StatIndex>();
    let entry = index.and_then(|index| index.get(stat));
    entry
        .and_then(|entry| Some(display(entry.def(content)?, &entry.key)))
        .unwrap_or_else(|| stat.to_string())
}
