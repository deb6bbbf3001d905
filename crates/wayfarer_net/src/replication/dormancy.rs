//! Replication costs per awake thing: what is far from every player sleeps and costs nothing.

use bevy::{platform::collections::HashSet, prelude::*};
use bevy_replicon::prelude::*;
use wayfarer_core::{
    authority::{Owner, Position},
    clock::{RulesSystems, RulesTick},
    id::Identity,
};

use super::Shown;

/// Within how many metres of a player's character things are awake; beyond it (and a tenth more,
/// so that nothing flickers at the border) they are not replicated. `None` keeps all awake.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct AwakeRadius(pub Option<f32>);

impl Default for AwakeRadius {
    fn default() -> Self {
        Self(Some(128.0))
    }
}

/// Far from every player: known to clients as it was last seen, and not sent again until somebody
/// comes near.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Dormant;

pub(super) fn build(app: &mut App) {
    app.add_systems(
        RulesTick,
        (sleep_and_wake, show)
            .chain()
            .in_set(RulesSystems::Facts)
            .run_if(super::is_hosting),
    );
}

/// How many ticks pass between two looks at who is near whom.
const EVERY: u32 = 10;

fn sleep_and_wake(
    radius: Res<AwakeRadius>,
    mut since: Local<u32>,
    things: Query<(Entity, &Position, Option<&Owner>, Has<Dormant>), With<Identity>>,
    mut commands: Commands,
) {
    *since += 1;
    if *since < EVERY {
        return;
    }
    *since = 0;
    let Some(radius) = radius.0 else {
        for (entity, .., dormant) in &things {
            if dormant {
                commands.entity(entity).remove::<Dormant>();
            }
        }
        return;
    };
    // A grid of cells of the radius: who is near is looked up in the cells around.
    let cell = |p: &Position, size: f32| ((p.x / size).floor() as i32, (p.z / size).floor() as i32);
    let owned: Vec<Position> = things
        .iter()
        .filter(|(_, _, owner, _)| owner.is_some())
        .map(|(_, p, ..)| *p)
        .collect();
    let outer = radius * 1.1;
    let near: HashSet<(i32, i32)> = owned
        .iter()
        .flat_map(|p| {
            let (x, z) = cell(p, outer);
            (-1..=1).flat_map(move |dx| (-1..=1).map(move |dz| (x + dx, z + dz)))
        })
        .collect();
    for (entity, position, owner, dormant) in &things {
        if owner.is_some() || owned.is_empty() {
            if dormant {
                commands.entity(entity).remove::<Dormant>();
            }
            continue;
        }
        let limit = if dormant { radius } else { outer };
        let awake = near.contains(&cell(position, outer))
            && owned.iter().any(|p| p.distance(*position) <= limit);
        if awake && dormant {
            commands.entity(entity).remove::<Dormant>();
        } else if !awake && !dormant {
            commands
                .entity(entity)
                .insert(Dormant)
                .remove::<Replicated>();
        }
    }
}

fn show(new: Query<Entity, Shown>, mut commands: Commands) {
    for entity in &new {
        commands.entity(entity).insert(Replicated);
    }
}
