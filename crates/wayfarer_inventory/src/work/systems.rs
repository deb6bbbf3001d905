//! Time passes for those who work.

use bevy::prelude::*;
use wayfarer_core::{
    action::{ActionAppExt, HostWorldExt},
    authority::Policies,
    clock::{RulesClock, RulesSystems, RulesTick},
    id::{Identity, Uid, UidIndex},
    protocol::ProtocolAppExt,
    refusal::{Code, Refusal},
    state::{Audience, StateAppExt},
};

use wayfarer_stats::StatSystems;

use super::{Job, Work, WorkRegistry, end_work, finish_with};
use crate::actions::StopWork;

/// What becomes of a job in this tick.
enum Due {
    /// Its time is over.
    Finish(Job),
    /// It can not go on.
    End(Refusal),
}

/// Ends what its workers have walked away from, and finishes what is due, by uid.
pub(crate) fn go_on(world: &mut World) {
    let now = world.resource::<RulesClock>().tick;
    let mut workers = world.query::<(Entity, &Identity, &Work)>();
    let mut busy: Vec<(Uid, Entity, Job)> = workers
        .iter(world)
        .filter_map(|(entity, id, work)| Some((id.0, entity, work.job.clone()?)))
        .collect();
    busy.sort_unstable_by_key(|(uid, ..)| *uid);
    for (uid, worker, job) in busy {
        match due(world, worker, job, now) {
            Some(Due::Finish(job)) => finish(world, uid, worker, &job),
            Some(Due::End(why)) => end(world, uid, worker, why),
            None => {}
        }
    }
}

fn due(world: &World, worker: Entity, job: Job, now: u64) -> Option<Due> {
    if let Some(station) = job.station {
        let index = world.get_resource::<UidIndex>();
        let Some(station) = index.and_then(|index| index.get(station)) else {
            return Some(Due::End(Refusal::not_found(station)));
        };
        let policies = world.get_resource::<Policies>().copied();
        if !(policies.unwrap_or_default().in_reach)(world, worker, station) {
            return Some(Due::End(Code::OUT_OF_REACH.into()));
        }
    }
    (job.until <= now).then_some(Due::Finish(job))
}

fn finish(world: &mut World, uid: Uid, worker: Entity, job: &Job) {
    let known = world
        .get_resource::<WorkRegistry>()
        .and_then(|registry| registry.get(job.kind));
    let done = match known {
        Some(kind) => world.transact_for("inventory.work", uid, |txn| {
            finish_with(txn, worker, job.kind, |txn| {
                (kind.finish)(&job.payload, txn, worker)
            })
        }),
        // A plugin that is not here any more began it.
        None => Err(Refusal::new(Code::FEATURE_DISABLED).with("feature", "work")),
    };
    if let Err(why) = done {
        end(world, uid, worker, why);
    }
}

fn end(world: &mut World, uid: Uid, worker: Entity, why: Refusal) {
    let ended = world.transact_for("inventory.work_ended", uid, |txn| {
        end_work(txn, worker, Some(why))
    });
    if let Err(refusal) = ended {
        tracing::warn!("somebody's work could not be ended: {refusal}");
    }
}

/// Run condition: somebody has worked at some time.
fn there_are_workers(workers: Query<(), With<Work>>) -> bool {
    !workers.is_empty()
}

pub(crate) fn plugin(app: &mut App) {
    const PLUGIN: &str = "wayfarer_inventory";
    app.init_resource::<WorkRegistry>()
        .register_type::<Work>()
        .register_action::<StopWork>()
        .declare_replicated::<Work>(PLUGIN, "inventory.work", 1, Audience::Owner)
        .add_systems(
            RulesTick,
            go_on
                .in_set(RulesSystems::Simulate)
                .after(StatSystems::GoOn)
                .run_if(there_are_workers),
        );
    app.register_state::<Work>("inventory.work", 1, Audience::Owner);
}
