//! The systems behind the door.

use std::time::Instant;

use bevy::prelude::*;

use super::{
    Answer, AnswerMemory, Answered, Answers, Arrived, DoorLimits, DoorMetrics, Inbox, NewRevision,
    Origin, Outbox, Pending, Receipt, Request,
    admit::{Admission, Buckets},
    memory::Known,
};
use crate::{
    action::ActionRegistry,
    aggregate::Aggregate,
    authority::{Authority, Players, Policies},
    clock::{ClockMode, Paused, RulesClock},
    content::ContentReport,
    feature::Features,
    id::{PlayerId, UidIndex},
    ledger::{Ledger, LedgerEntry},
    refusal::{Code, Refusal},
    revision::{ChangeLog, Expect},
    txn::{Cause, Txn},
};

/// Alone and on a host: the local player's requests go straight over.
pub(crate) fn send_local(
    authority: Res<Authority>,
    mut outbox: ResMut<Outbox>,
    mut inbox: ResMut<Inbox>,
    mut pending: ResMut<Pending>,
    mut answers: ResMut<Answers>,
    limits: Res<DoorLimits>,
) {
    if *authority == Authority::Client {
        return;
    }
    while let Some((request, action)) = outbox.take() {
        pending.sent(request.id, action);
        let refusal = if *authority == Authority::None {
            Some(Refusal::new(Code::NO_AUTHORITY))
        } else {
            let arrived = Arrived {
                origin: Origin::Local,
                player: PlayerId::LOCAL,
                bytes: postcard::to_stdvec(&request).unwrap_or_default(),
            };
            (!inbox.push(arrived, limits.waiting)).then(|| Code::RATE_LIMITED.into())
        };
        if let Some(refusal) = refusal {
            answers.local.push(Answer {
                id: request.id,
                result: Err(refusal),
            });
        }
    }
}

/// Decides every waiting request, in order of arrival.
pub(crate) fn decide_requests(world: &mut World) {
    world.resource_mut::<Buckets>().next_tick();
    let arrived = world.resource_mut::<Inbox>().drain();
    for one in arrived {
        decide(world, one);
    }
}

fn decide(world: &mut World, arrived: Arrived) {
    let limits = *world.resource::<DoorLimits>();
    let hz = world.resource::<ClockMode>().hz();
    world.resource_mut::<DoorMetrics>().received += 1;

    // The local player cannot flood anybody but themselves, and a load of honest clicks
    // (sorting a bag) should not be cut.
    let admission = match arrived.origin {
        Origin::Local => Admission::Admit,
        Origin::Remote(_) => world
            .resource_mut::<Buckets>()
            .admit(arrived.player, &limits, hz),
    };
    if admission != Admission::Admit {
        world.resource_mut::<DoorMetrics>().rate_limited += 1;
        if admission == Admission::Drop {
            return;
        }
    }
    let oversized = arrived.bytes.len() > limits.bytes && arrived.origin != Origin::Local;
    let request = if oversized {
        None
    } else {
        postcard::from_bytes::<Request>(&arrived.bytes).ok()
    };
    let Some(request) = request else {
        world.resource_mut::<DoorMetrics>().malformed += 1;
        // Without a readable id there is nobody to answer; an honest client never gets here.
        return;
    };
    if admission == Admission::Refuse {
        // Not remembered: the client may ask again with the same id when it has calmed down.
        answer(world, &arrived, request.id, Err(Code::RATE_LIMITED.into()));
        return;
    }
    match world
        .resource::<AnswerMemory>()
        .look_up(arrived.player, request.id)
    {
        Known::New => {}
        Known::Answered(known) => {
            world.resource_mut::<DoorMetrics>().repeated += 1;
            world.resource_mut::<Answers>().push(arrived.origin, known);
            return;
        }
        Known::Forgotten => {
            world.resource_mut::<DoorMetrics>().repeated += 1;
            answer(world, &arrived, request.id, Err(Code::TOO_OLD.into()));
            return;
        }
    }
    let result = apply(world, arrived.player, &request);
    let remembered = Answer {
        id: request.id,
        result: result.clone(),
    };
    world
        .resource_mut::<AnswerMemory>()
        .remember(arrived.player, remembered);
    answer(world, &arrived, request.id, result);
}

fn answer(
    world: &mut World,
    arrived: &Arrived,
    id: super::RequestId,
    result: Result<Receipt, Refusal>,
) {
    world
        .resource_mut::<Answers>()
        .push(arrived.origin, Answer { id, result });
}

/// Authorises, applies, writes the ledger. Also what a replay calls.
pub(crate) fn apply(
    world: &mut World,
    player: PlayerId,
    request: &Request,
) -> Result<Receipt, Refusal> {
    let started = Instant::now();
    let role = world.resource::<Players>().role(player);
    let entry = world
        .resource::<ActionRegistry>()
        .get(request.action)
        .copied();
    let tick = world.resource::<RulesClock>().tick;
    let name = entry.map_or("unknown", |e| e.name);
    let cause = Cause {
        player,
        role,
        request: request.id,
        tick,
        actor: request.actor,
        action: name,
    };
    let mut committed = None;
    let result = (|| {
        let entry = entry.ok_or_else(|| {
            Refusal::new(Code::UNKNOWN_ACTION).with("action", request.action.to_string())
        })?;
        if role < entry.min_role {
            return Err(Refusal::new(Code::NOT_AUTHORISED).with("needed", entry.min_role.name()));
        }
        if let Some(feature) = entry.feature {
            Features::check(world, feature)?;
        }
        if world.resource::<Paused>().0 && !entry.while_paused {
            return Err(Code::PAUSED.into());
        }
        if let Some(actor) = request.actor {
            let policies = *world.resource::<Policies>();
            policies.check_actor(world, player, role, actor)?;
        } else if entry.needs_actor {
            return Err(Code::NO_ACTOR.into());
        }
        for expect in &request.expect {
            check_revision(world, *expect, player)?;
        }
        let mut txn = Txn::open(world, cause.clone());
        match (entry.run)(&request.payload, &mut txn) {
            Ok(payload) => {
                let done = txn.commit();
                let revisions = done
                    .touched
                    .iter()
                    .filter_map(|t| {
                        Some(NewRevision {
                            uid: t.uid?,
                            aggregate: Expect::kind(t.aggregate),
                            revision: t.revision,
                        })
                    })
                    .collect();
                committed = Some(done);
                Ok(Receipt { revisions, payload })
            }
            Err(refusal) => {
                txn.roll_back();
                Err(refusal)
            }
        }
    })();
    let took = started.elapsed();
    let mut metrics = world.resource_mut::<DoorMetrics>();
    match &result {
        Ok(_) => metrics.applied += 1,
        Err(_) => metrics.refused += 1,
    }
    let action = metrics.actions.entry(name).or_default();
    action.count += 1;
    action.refused += u64::from(result.is_err());
    action.time += took;
    action.slowest = action.slowest.max(took);
    let content_revision = world
        .get_resource::<ContentReport>()
        .map_or(0, |report| report.revision);
    let done = committed.unwrap_or_default();
    world.resource_mut::<Ledger>().push(LedgerEntry {
        sequence: 0,
        cause,
        content_revision,
        request: request.clone(),
        refusal: result.as_ref().err().cloned(),
        touched: done.touched,
        movements: done.movements,
        rolls: done.rolls,
        took,
        undo: done.undo,
    });
    result
}

/// Decides a request of the ledger again, on a restored checkpoint, without limits or memory.
///
/// The dice are keyed by the request, so they fall as they did. A replay never crosses a change
/// of content ([`LedgerEntry::content_revision`]).
///
/// # Errors
/// The refusal that was given then, if nothing is wrong.
pub fn replay(world: &mut World, player: PlayerId, request: &Request) -> Result<Receipt, Refusal> {
    apply(world, player, request)
}

fn check_revision(world: &World, expect: Expect, player: PlayerId) -> Result<(), Refusal> {
    let entity = world
        .resource::<UidIndex>()
        .get(expect.uid)
        .ok_or_else(|| Refusal::not_found(expect.uid))?;
    let Some(log) = world.get::<ChangeLog>(entity) else {
        return Ok(());
    };
    let current = world
        .resource::<ActionRegistry>()
        .revision(world, entity, expect.aggregate);
    // An aggregate that the thing does not have cannot have been seen.
    let current = current.ok_or_else(|| Refusal::not_found(expect.uid))?;
    log.check(expect, current, player)
}

/// Hands the local player's answers to the game.
pub(crate) fn tell_answers(
    mut answers: ResMut<Answers>,
    mut pending: ResMut<Pending>,
    mut told: MessageWriter<Answered>,
) {
    for answer in answers.local.drain(..) {
        // An answer to a request of an earlier connection concerns nobody any more.
        if let Some(action) = pending.answered(answer.id) {
            told.write(Answered {
                id: answer.id,
                action,
                result: answer.result,
            });
        }
    }
}

/// How the door reads an aggregate's revision by the hash of its name.
pub(crate) fn revision_of<A: Aggregate>(world: &World, entity: Entity) -> Option<u32> {
    world.get::<A>(entity).map(Aggregate::revision)
}
