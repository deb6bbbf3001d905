//! The door: the only way for a request to reach the rules, whoever asks.
//!
//! `Outbox → (straight over | wire) → Inbox → limits → remembered? → authorised? → Txn → Answer`
//!
//! Alone and on a host the local player's requests go straight over; the network plugin carries a
//! client's to its host and hands the host those of its clients.

use std::collections::VecDeque;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use smallvec::SmallVec;

use crate::{
    action::Action,
    id::{DefId, PlayerId, Uid},
    refusal::Refusal,
    revision::Expect,
};

mod admit;
mod memory;
mod metrics;
mod systems;

pub(crate) use admit::Buckets;
pub use admit::DoorLimits;
pub use memory::AnswerMemory;
pub use metrics::{ActionMetrics, DoorMetrics};
pub use systems::replay;
pub(crate) use systems::{apply, decide_requests, revision_of, send_local, tell_answers};

/// Names a request for ever: a repeat is answered from memory and never applied twice.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct RequestId {
    /// Random per connection, so that a restarted client is not taken for its last life.
    pub nonce: u32,
    /// Counts the requests of one connection, from 1.
    pub sequence: u32,
}

impl RequestId {
    /// The id of something that the host's own rules do.
    pub(crate) const fn internal(tick: u64, serial: u32) -> Self {
        Self {
            nonce: tick as u32,
            sequence: serial,
        }
    }

    pub(crate) fn dice_key(self, player: PlayerId, stream: u32) -> [u8; 20] {
        let mut key = [0; 20];
        key[..8].copy_from_slice(&player.0.to_le_bytes());
        key[8..12].copy_from_slice(&self.nonce.to_le_bytes());
        key[12..16].copy_from_slice(&self.sequence.to_le_bytes());
        key[16..].copy_from_slice(&stream.to_le_bytes());
        key
    }
}

/// A request as it crosses the wire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Names the request.
    pub id: RequestId,
    /// The character that is to act.
    pub actor: Option<Uid>,
    /// What the asker saw of the things it is about.
    pub expect: SmallVec<[Expect; 2]>,
    /// [`DefId::of`] the action's name.
    pub action: DefId,
    /// The action itself, in postcard.
    pub payload: ByteBuf,
}

/// What an action did to a thing: its new revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRevision {
    /// The thing.
    pub uid: Uid,
    /// The aggregate's name, hashed by [`Expect::kind`].
    pub aggregate: u32,
    /// Its revision now. A panel shows "pending" until the replicated value has it.
    pub revision: u32,
}

/// The host's answer to one request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The request it answers.
    pub id: RequestId,
    /// Done, with the receipt in postcard; or not done.
    pub result: Result<Receipt, Refusal>,
}

/// The good answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// What was touched.
    pub revisions: SmallVec<[NewRevision; 2]>,
    /// The action's own receipt, in postcard.
    pub payload: ByteBuf,
}

/// Where a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The player at this machine.
    Local,
    /// The network client with this entity.
    Remote(Entity),
}

/// A request that has arrived, not yet looked at.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Where from.
    pub origin: Origin,
    /// Who asks, proven by the session.
    pub player: PlayerId,
    /// The bytes of a [`Request`].
    pub bytes: Vec<u8>,
}

/// Requests of the local player that wait for the next tick.
#[derive(Resource, Debug)]
pub struct Outbox {
    nonce: u32,
    sequence: u32,
    waiting: VecDeque<(Request, &'static str)>,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            nonce: fresh_nonce(),
            sequence: 0,
            waiting: VecDeque::new(),
        }
    }
}

/// Different in every process and connection; it names, it does not protect.
fn fresh_nonce() -> u32 {
    use std::hash::{BuildHasher, Hasher};
    let mut hasher = std::collections::hash_map::RandomState::new().build_hasher();
    hasher.write_u32(std::process::id());
    hasher.finish() as u32
}

impl Outbox {
    /// Asks for an action. The answer comes as an [`Answered`] message with the returned id.
    pub fn send<A: Action>(&mut self, actor: Option<Uid>, action: &A) -> RequestId {
        self.send_expecting(actor, action, &[])
    }

    /// Asks for an action, to be refused if someone else changed what `expect` names.
    pub fn send_expecting<A: Action>(
        &mut self,
        actor: Option<Uid>,
        action: &A,
        expect: &[Expect],
    ) -> RequestId {
        // Actions are plain data; one that cannot be encoded arrives empty and is refused as
        // malformed, with the answer where the asker looks for it.
        let payload = postcard::to_stdvec(action).unwrap_or_default();
        self.put(A::NAME, actor, payload, expect)
    }

    /// Asks for the action with this name, which was encoded before. For interfaces that keep
    /// requests until they are sent.
    pub fn send_encoded(
        &mut self,
        actor: Option<Uid>,
        action: &'static str,
        payload: Vec<u8>,
    ) -> RequestId {
        self.put(action, actor, payload, &[])
    }

    fn put(
        &mut self,
        name: &'static str,
        actor: Option<Uid>,
        payload: Vec<u8>,
        expect: &[Expect],
    ) -> RequestId {
        self.sequence = self.sequence.wrapping_add(1);
        let id = RequestId {
            nonce: self.nonce,
            sequence: self.sequence,
        };
        let request = Request {
            id,
            actor,
            expect: expect.iter().copied().take(2).collect(),
            action: DefId::of(name),
            payload: ByteBuf::from(payload),
        };
        self.waiting.push_back((request, name));
        id
    }

    /// Takes the oldest request, with the action's name. For the network plugin.
    pub fn take(&mut self) -> Option<(Request, &'static str)> {
        self.waiting.pop_front()
    }

    /// Begins a new life: another connection, other request ids, nothing waiting.
    pub fn renew(&mut self) {
        *self = Self::default();
    }
}

/// Requests that wait for the rules, in order of arrival.
#[derive(Resource, Default, Debug)]
pub struct Inbox {
    arrived: VecDeque<Arrived>,
    per_origin: bevy::platform::collections::HashMap<Origin, usize>,
}

impl Inbox {
    /// Takes a request in; `false` when this origin has too many waiting, and it is dropped.
    pub fn push(&mut self, arrived: Arrived, limit: usize) -> bool {
        let waiting = self.per_origin.entry(arrived.origin).or_default();
        if *waiting >= limit {
            return false;
        }
        *waiting += 1;
        self.arrived.push_back(arrived);
        true
    }

    fn drain(&mut self) -> VecDeque<Arrived> {
        self.per_origin.clear();
        std::mem::take(&mut self.arrived)
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.arrived.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.arrived.is_empty()
    }

    /// Drops what a client that has left had asked for.
    pub fn forget(&mut self, origin: Origin) {
        self.per_origin.remove(&origin);
        self.arrived.retain(|a| a.origin != origin);
    }
}

/// Answers on their way to where the requests came from.
#[derive(Resource, Default, Debug)]
pub struct Answers {
    pub(crate) local: Vec<Answer>,
    /// For network clients; taken by the network plugin once a tick.
    pub remote: Vec<(Entity, Answer)>,
}

impl Answers {
    /// Hands the local player an answer that came from the host.
    pub fn deliver(&mut self, answer: Answer) {
        self.local.push(answer);
    }

    fn push(&mut self, origin: Origin, answer: Answer) {
        match origin {
            Origin::Local => self.local.push(answer),
            Origin::Remote(client) => self.remote.push((client, answer)),
        }
    }
}

/// The local player's request was answered.
#[derive(Message, Clone, Debug)]
pub struct Answered {
    /// Which request, as [`Outbox::send`] named it.
    pub id: RequestId,
    /// The name of the action.
    pub action: &'static str,
    /// Done or not.
    pub result: Result<Receipt, Refusal>,
}

impl Answered {
    /// The receipt of an `A`, if this is one and it was done.
    pub fn receipt<A: Action>(&self) -> Option<A::Receipt> {
        if self.action != A::NAME {
            return None;
        }
        let receipt = self.result.as_ref().ok()?;
        postcard::from_bytes(&receipt.payload).ok()
    }
}

/// What the local player has asked for and not yet heard of, oldest first.
#[derive(Resource, Default, Debug)]
pub struct Pending {
    requests: VecDeque<(RequestId, &'static str)>,
}

impl Pending {
    /// Notes a request that is on its way.
    pub fn sent(&mut self, id: RequestId, action: &'static str) {
        // A host that never answers must not let this grow.
        if self.requests.len() >= 1024 {
            self.requests.pop_front();
        }
        self.requests.push_back((id, action));
    }

    /// Whether this request has no answer yet.
    pub fn contains(&self, id: RequestId) -> bool {
        self.requests.iter().any(|&(known, _)| known == id)
    }

    /// How many have no answer yet.
    pub fn len(&self) -> usize {
        self.requests.len()
    }

    /// Whether everything was answered.
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }

    /// Forgets everything: the host is gone and will not answer.
    pub fn clear(&mut self) {
        self.requests.clear();
    }

    fn answered(&mut self, id: RequestId) -> Option<&'static str> {
        let at = self.requests.iter().position(|&(known, _)| known == id)?;
        self.requests.remove(at).map(|(_, action)| action)
    }
}
