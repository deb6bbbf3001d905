//! Saving by itself, only what has changed.

use std::time::Duration;

use bevy::{ecs::change_detection::Tick, prelude::*};
use wayfarer_core::authority::Authority;

use crate::{
    SaveStatus,
    saving::{WantFull, save_changes, save_everything},
};

/// How often the world is saved by itself, once it has a slot.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Autosave {
    /// Time between two saves; `None` switches it off.
    pub every: Option<Duration>,
}

impl Default for Autosave {
    fn default() -> Self {
        Self {
            every: Some(Duration::from_secs(30)),
        }
    }
}

/// Up to when components that move without transactions were looked at.
#[derive(Resource)]
pub(crate) struct LastScan(pub(crate) Tick);

#[derive(Resource, Default)]
pub(crate) struct SinceSave(Duration);

pub(crate) fn autosave(world: &mut World) {
    if *world.resource::<Authority>() != Authority::Host
        || world.resource::<SaveStatus>().slot.is_none()
    {
        return;
    }
    if std::mem::take(&mut world.resource_mut::<WantFull>().0) {
        save_everything(world);
        return;
    }
    let delta = world
        .get_resource::<Time<Real>>()
        .map_or(Duration::ZERO, Time::delta);
    let Some(every) = world.resource::<Autosave>().every else {
        return;
    };
    let mut since = world.resource_mut::<SinceSave>();
    since.0 += delta;
    if since.0 >= every {
        since.0 = Duration::ZERO;
        save_changes(world);
    }
}
