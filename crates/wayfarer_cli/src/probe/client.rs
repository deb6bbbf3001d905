//! The connection: joins, waits, asks.

use std::{
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use wayfarer_core::{
    action::Action,
    aggregate::Aggregate,
    authority::Owner,
    character::Character,
    clock::ClockMode,
    content::Diagnostic,
    door::{Answered, Outbox, Receipt, RequestId},
    id::{PlayerId, Uid, UidIndex},
    refusal::Refusal,
    revision::Expect,
};
use wayfarer_inventory::Inventory;
use wayfarer_net::{
    identity::{IdentityError, JoinCode, KnownHosts, PlayerKeys},
    prelude::{
        JoinSession, LeaveSession, NetPlugin, PeopleOnline, SessionEvent, SessionStatus, Welcomed,
        hello_info,
    },
};

use crate::{
    end::End,
    out::{Out, printable},
    packs::Packs,
    rules,
};

/// Pause between two updates: short against a tick of 50 ms, long against doing nothing.
const STEP: Duration = Duration::from_millis(2);
/// Longest wait for a host to decide.
const ANSWER: Duration = Duration::from_secs(10);
/// Longest wait for joining; the session itself gives up earlier when nobody answers.
const JOIN: Duration = Duration::from_secs(60);
/// Longest wait for the first sight of the world.
const SIGHT: Duration = Duration::from_secs(2);
/// Two ticks and a little more.
const SETTLE: Duration = Duration::from_millis(120);
/// Longest wait for an answer's consequences to be seen.
const FOLLOW: Duration = Duration::from_secs(2);

/// What the app has heard, kept until it is asked for.
#[derive(Resource, Default)]
struct Heard {
    answers: Vec<Answered>,
    welcome: Option<Welcomed>,
    first_visit: bool,
}

fn hear(
    mut answers: MessageReader<Answered>,
    mut welcomes: MessageReader<Welcomed>,
    mut events: MessageReader<SessionEvent>,
    mut heard: ResMut<Heard>,
) {
    heard.answers.extend(answers.read().cloned());
    if let Some(welcome) = welcomes.read().last() {
        heard.welcome = Some(*welcome);
    }
    for event in events.read() {
        if let SessionEvent::Joined { first_visit, .. } = event {
            heard.first_visit = *first_visit;
        }
    }
}

/// Who this client is to the host; nobody's id before the host has said so.
pub(crate) fn my_player(world: &World) -> PlayerId {
    let welcome = world.resource::<Heard>().welcome;
    welcome.map_or(PlayerId::LOCAL, |welcome| welcome.player)
}

/// What the host decided, and after how long.
pub(crate) struct Decided {
    /// The decision.
    pub(crate) result: Result<Receipt, Refusal>,
    /// From asking to hearing, the waiting for ticks on both sides included.
    pub(crate) latency: Duration,
}

/// A player without a window.
pub(crate) struct Client {
    app: App,
    /// Who acts; the first own character unless told otherwise.
    actor: Option<Uid>,
}

impl Client {
    /// An app that is ready to join, with its content loaded.
    pub(crate) fn new(packs: &Packs, ignore: &[String]) -> Result<Self, Vec<Diagnostic>> {
        let mut app = rules::app(packs, ignore);
        app.insert_resource(ClockMode::default())
            .add_plugins(NetPlugin)
            .init_resource::<Heard>()
            .add_systems(Update, hear);
        rules::load(&mut app)?;
        app.finish();
        app.cleanup();
        Ok(Self { app, actor: None })
    }

    pub(crate) fn world(&self) -> &World {
        self.app.world()
    }

    pub(crate) fn world_mut(&mut self) -> &mut World {
        self.app.world_mut()
    }

    /// Joins and waits until the world is in sight.
    pub(crate) fn join(
        &mut self,
        address: &str,
        code: Option<JoinCode>,
        name: &str,
        profile: Option<&Path>,
        out: &mut Out,
    ) -> Result<(), End> {
        let (player, known_hosts) = identity(profile).map_err(|e| End::Failed(e.to_string()))?;
        let hello = hello_info(self.world());
        self.world_mut().write_message(JoinSession {
            address: address.to_owned(),
            code,
            player,
            display_name: name.to_owned(),
            hello,
            known_hosts,
        });
        let asked = Instant::now();
        self.until(JOIN, |client| {
            matches!(client.status(), SessionStatus::Joined { .. })
        })?;
        let SessionStatus::Joined {
            host_name,
            fingerprint,
            ..
        } = self.status().clone()
        else {
            return Err(End::Failed(format!("no answer from {address}")));
        };
        out.line(format!(
            "joined \"{}\" at {} in {} ms",
            printable(&host_name),
            printable(address),
            asked.elapsed().as_millis()
        ));
        let told = self.until(SIGHT, |client| client.heard().welcome.is_some())?;
        if self.heard().first_visit {
            out.line(format!("first visit; the host's key is {fingerprint}"));
        }
        if !told {
            return Err(End::Failed(
                "the host let us in and does not say who we are; is it overloaded?".to_owned(),
            ));
        }
        // A game may make a character for whoever comes; one who is to look on never has any.
        self.until(SIGHT, |client| {
            let people = !client.world().resource::<PeopleOnline>().0.is_empty();
            people
                && client
                    .own_character()
                    .is_some_and(|uid| client.is_sighted(uid))
        })?;
        // What follows from what has come (values, loads) is computed in the next tick.
        self.wait(SETTLE)?;
        self.actor = self.own_character();
        Ok(())
    }

    /// Who acts.
    pub(crate) fn actor(&mut self) -> Option<Uid> {
        if self.actor.is_none() {
            self.actor = self.own_character();
        }
        self.actor
    }

    /// Lets another character act.
    pub(crate) fn act_as(&mut self, uid: Uid) {
        self.actor = Some(uid);
    }

    /// Asks for an action and waits for the decision, and then until it is seen.
    pub(crate) fn ask<A: Action>(
        &mut self,
        actor: Option<Uid>,
        action: &A,
    ) -> Result<Decided, End> {
        let id = self
            .world_mut()
            .resource_mut::<Outbox>()
            .send(actor, action);
        let asked = Instant::now();
        self.until(ANSWER, |client| client.answer(id).is_some())?;
        let latency = asked.elapsed();
        let answer = self.answer(id).map(|at| {
            let mut heard = self.world_mut().resource_mut::<Heard>();
            heard.answers.swap_remove(at)
        });
        let Some(answer) = answer else {
            let seconds = ANSWER.as_secs();
            return Err(End::Failed(format!(
                "the host did not answer within {seconds} s"
            )));
        };
        if let Ok(receipt) = &answer.result {
            self.until(FOLLOW, |client| client.sees(receipt))?;
        }
        Ok(Decided {
            result: answer.result,
            latency,
        })
    }

    /// Plays on for some time.
    pub(crate) fn wait(&mut self, time: Duration) -> Result<(), End> {
        self.until(time, |_| false)?;
        Ok(())
    }

    /// Plays on for a moment.
    pub(crate) fn step(&mut self) -> Result<(), End> {
        self.app.update();
        let lost = match self.status() {
            SessionStatus::Refused(refusal) => Some(refusal.to_string()),
            SessionStatus::Lost(reason) => Some(reason.to_string()),
            // Nobody here leaves on purpose; NetPlugin does, when the host changes its rules.
            SessionStatus::Offline if self.heard().welcome.is_some() => Some(
                "the host plays by other content now; get the same packs and join again".to_owned(),
            ),
            _ => None,
        };
        match lost {
            Some(words) => Err(End::Failed(printable(&words))),
            None => {
                sleep(STEP);
                Ok(())
            }
        }
    }

    /// Says goodbye, so that the host need not guess.
    pub(crate) fn leave(&mut self) {
        self.world_mut().write_message(LeaveSession);
        self.app.update();
        self.world_mut().write_message(AppExit::Success);
        self.app.update();
    }

    /// Plays on until `done` or the time is up; whether it was done.
    fn until(&mut self, time: Duration, done: impl Fn(&Self) -> bool) -> Result<bool, End> {
        let start = Instant::now();
        loop {
            if done(self) {
                return Ok(true);
            }
            if start.elapsed() >= time {
                return Ok(false);
            }
            self.step()?;
        }
    }

    /// The state of the session.
    pub(crate) fn status(&self) -> &SessionStatus {
        self.world().resource::<SessionStatus>()
    }

    fn heard(&self) -> &Heard {
        self.world().resource::<Heard>()
    }

    fn answer(&self, id: RequestId) -> Option<usize> {
        self.heard()
            .answers
            .iter()
            .position(|answer| answer.id == id)
    }

    /// The own character with the lowest uid.
    fn own_character(&self) -> Option<Uid> {
        let world = self.world();
        let me = my_player(world);
        let all = world.resource::<UidIndex>().sorted();
        all.into_iter().find_map(|(uid, entity)| {
            let own = world
                .get::<Owner>(entity)
                .is_some_and(|owner| owner.0 == me);
            (own && world.get::<Character>(entity).is_some()).then_some(uid)
        })
    }

    /// Whether the private half of a character has come too, if it has any.
    fn is_sighted(&self, uid: Uid) -> bool {
        let index = self.world().resource::<UidIndex>();
        let entity = index.get(uid);
        entity.is_some_and(|entity| self.world().get::<Inventory>(entity).is_some())
    }

    /// Whether what an answer says of inventories is replicated here.
    fn sees(&self, receipt: &Receipt) -> bool {
        let index = self.world().resource::<UidIndex>();
        let kind = Expect::kind(Inventory::NAME);
        let mut ours = receipt.revisions.iter().filter(|new| new.aggregate == kind);
        ours.all(|new| {
            // What is not ours to see will never be here.
            let seen = index
                .get(new.uid)
                .and_then(|e| self.world().get::<Inventory>(e));
            seen.is_none_or(|inventory| inventory.revision() >= new.revision)
        })
    }
}

fn identity(profile: Option<&Path>) -> Result<(PlayerKeys, KnownHosts), IdentityError> {
    match profile {
        None => Ok((PlayerKeys::generate()?, KnownHosts::in_memory())),
        Some(folder) => Ok((
            PlayerKeys::load_or_create(folder.join("player.key"))?,
            KnownHosts::open(folder.join("known_hosts"))?,
        )),
    }
}
