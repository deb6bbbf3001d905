//! Actions: what can be asked for.
//!
//! A new rule costs a payload struct and a pure function. Registering it wires the network,
//! limits, repeats, ledger, metrics and the action panel.

use std::{any::TypeId, collections::BTreeMap, fmt::Debug};

use bevy::{platform::collections::HashMap, prelude::*};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;

use crate::{
    aggregate::Aggregate,
    authority::{Owner, Role},
    door::{self, Receipt, Request, RequestId},
    id::{DefId, PlayerId, Uid, UidIndex},
    ledger::{Ledger, LedgerEntry},
    refusal::{Code, Refusal},
    revision::Expect,
    txn::{Cause, Txn, host_cause},
};

/// Something a player can ask the host to do.
///
/// ```
/// # use wayfarer_core::prelude::*;
/// # use serde::{Serialize, Deserialize};
/// /// Wave at everybody.
/// #[derive(Serialize, Deserialize, Debug)]
/// struct Wave { times: u8 }
///
/// impl Action for Wave {
///     const NAME: &'static str = "game.wave";
///     type Receipt = ();
///     fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
///         if self.times == 0 {
///             return Err(Refusal::new(Code::INVALID_AMOUNT).with("amount", 0u32));
///         }
///         txn.actor()?; // refused when the actor is gone
///         Ok(())
///     }
/// }
/// ```
pub trait Action: Serialize + DeserializeOwned + Debug + Send + Sync + 'static {
    /// Stable name, `crate.verb`. The wire knows the action by its hash.
    const NAME: &'static str;
    /// What the asker learns when it was done.
    type Receipt: Serialize + DeserializeOwned + Debug + Send + Sync + 'static;
    /// The least role that may ask.
    const MIN_ROLE: Role = Role::Player;
    /// Whether the action is done by a character. The asker must be allowed to act for it.
    const NEEDS_ACTOR: bool = true;
    /// Whether it works while the game is paused.
    const WHILE_PAUSED: bool = true;
    /// The [feature](crate::feature) that it belongs to: refused with `feature_disabled` while that
    /// is switched off.
    const FEATURE: Option<&'static str> = None;

    /// Decides and applies. An `Err` takes back everything that `txn` did.
    ///
    /// # Errors
    /// The refusal that the asker gets.
    fn apply(&self, txn: &mut Txn<'_>) -> Result<Self::Receipt, Refusal>;
}

type Run = fn(&[u8], &mut Txn<'_>) -> Result<ByteBuf, Refusal>;

/// What the host knows of one action.
#[derive(Clone, Copy)]
pub struct ActionEntry {
    /// [`Action::NAME`].
    pub name: &'static str,
    /// [`Action::MIN_ROLE`].
    pub min_role: Role,
    /// [`Action::NEEDS_ACTOR`].
    pub needs_actor: bool,
    /// [`Action::WHILE_PAUSED`].
    pub while_paused: bool,
    /// [`Action::FEATURE`].
    pub feature: Option<&'static str>,
    pub(crate) run: Run,
    /// Renders a payload for the action log.
    pub show: fn(&[u8]) -> Option<String>,
}

/// Every action the host can do.
#[derive(Resource, Default)]
pub struct ActionRegistry {
    actions: BTreeMap<DefId, ActionEntry>,
    revisions: HashMap<u32, fn(&World, Entity) -> Option<u32>>,
    aggregates: Vec<TypeId>,
}

impl ActionRegistry {
    /// The entry of an action.
    pub fn get(&self, id: DefId) -> Option<&ActionEntry> {
        self.actions.get(&id)
    }

    /// Every action, by id.
    pub fn iter(&self) -> impl Iterator<Item = (DefId, &ActionEntry)> {
        self.actions.iter().map(|(&id, entry)| (id, entry))
    }

    pub(crate) fn revision(&self, world: &World, entity: Entity, aggregate: u32) -> Option<u32> {
        self.revisions.get(&aggregate)?(world, entity)
    }
}

/// Registration of actions.
pub trait ActionAppExt {
    /// Makes `A` something that can be asked for. Repeating it is harmless.
    fn register_action<A: Action>(&mut self) -> &mut Self;
    /// Lets requests name the revision of an `A` that they saw.
    fn register_revision<A: Aggregate>(&mut self) -> &mut Self;
}

impl ActionAppExt for App {
    fn register_action<A: Action>(&mut self) -> &mut Self {
        self.init_resource::<ActionRegistry>();
        let entry = ActionEntry {
            name: A::NAME,
            min_role: A::MIN_ROLE,
            needs_actor: A::NEEDS_ACTOR,
            while_paused: A::WHILE_PAUSED,
            feature: A::FEATURE,
            run: run::<A>,
            show: |payload| {
                let action: A = postcard::from_bytes(payload).ok()?;
                Some(format!("{action:?}"))
            },
        };
        let mut registry = self.world_mut().resource_mut::<ActionRegistry>();
        if let Some(other) = registry.actions.insert(DefId::of(A::NAME), entry)
            && other.name != A::NAME
        {
            tracing::error!("actions {} and {} share an id", other.name, A::NAME);
        }
        self
    }

    fn register_revision<A: Aggregate>(&mut self) -> &mut Self {
        self.init_resource::<ActionRegistry>();
        let mut registry = self.world_mut().resource_mut::<ActionRegistry>();
        if !registry.aggregates.contains(&TypeId::of::<A>()) {
            registry.aggregates.push(TypeId::of::<A>());
            registry
                .revisions
                .insert(Expect::kind(A::NAME), door::revision_of::<A>);
        }
        self
    }
}

fn run<A: Action>(payload: &[u8], txn: &mut Txn<'_>) -> Result<ByteBuf, Refusal> {
    let (action, rest) =
        postcard::take_from_bytes::<A>(payload).map_err(|_| Refusal::new(Code::MALFORMED))?;
    if !rest.is_empty() {
        return Err(Code::MALFORMED.into());
    }
    let receipt = action.apply(txn)?;
    Ok(ByteBuf::from(
        postcard::to_stdvec(&receipt).unwrap_or_default(),
    ))
}

/// Rules of the game itself, on the host, through the same transactions.
pub trait HostWorldExt {
    /// Asks for an action as `player`, now: same checks, same ledger, no waiting.
    ///
    /// # Errors
    /// The refusal a remote player would get.
    fn act<A: Action>(
        &mut self,
        player: PlayerId,
        actor: Option<Uid>,
        action: &A,
    ) -> Result<A::Receipt, Refusal>;

    /// Runs a rule of the host's own as one transaction, written into the ledger as `name`.
    ///
    /// # Errors
    /// Whatever the rule refuses with; everything it did is taken back.
    fn transact<R>(
        &mut self,
        name: &'static str,
        rule: impl FnOnce(&mut Txn<'_>) -> Result<R, Refusal>,
    ) -> Result<R, Refusal>;

    /// Runs a rule of the host's own on behalf of a character, as one transaction: what they began
    /// goes on without their asking again. It may do what their owner may do as a player, so reach
    /// counts, and the ledger names them.
    ///
    /// # Errors
    /// Whatever the rule refuses with; everything it did is taken back.
    fn transact_for<R>(
        &mut self,
        name: &'static str,
        actor: Uid,
        rule: impl FnOnce(&mut Txn<'_>) -> Result<R, Refusal>,
    ) -> Result<R, Refusal>;
}

/// Counts what the host does of its own accord, so that two rules of one tick have different dice.
/// Saved: after loading, the dice fall as they would have without.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HostSerials {
    /// Of the host's own rules.
    rules: u32,
    /// Of requests made through [`HostWorldExt::act`].
    acts: u32,
}

impl HostWorldExt for World {
    fn act<A: Action>(
        &mut self,
        player: PlayerId,
        actor: Option<Uid>,
        action: &A,
    ) -> Result<A::Receipt, Refusal> {
        let mut serials = self.get_resource_or_init::<HostSerials>();
        serials.acts = serials.acts.wrapping_add(1);
        let sequence = serials.acts;
        let request = Request {
            id: RequestId { nonce: 0, sequence },
            actor,
            expect: smallvec::SmallVec::new(),
            action: DefId::of(A::NAME),
            payload: ByteBuf::from(postcard::to_stdvec(action).unwrap_or_default()),
        };
        let Receipt { payload, .. } = door::apply(self, player, &request)?;
        postcard::from_bytes(&payload).map_err(|_| Code::MALFORMED.into())
    }

    fn transact<R>(
        &mut self,
        name: &'static str,
        rule: impl FnOnce(&mut Txn<'_>) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        let cause = next_host_cause(self, name);
        run_rule(self, cause, rule)
    }

    fn transact_for<R>(
        &mut self,
        name: &'static str,
        actor: Uid,
        rule: impl FnOnce(&mut Txn<'_>) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        let entity = self
            .get_resource::<UidIndex>()
            .and_then(|index| index.get(actor));
        let owner = entity.and_then(|entity| self.get::<Owner>(entity)).copied();
        let cause = Cause {
            player: owner.map_or(PlayerId::LOCAL, |owner| owner.0),
            role: Role::Player,
            actor: Some(actor),
            ..next_host_cause(self, name)
        };
        run_rule(self, cause, rule)
    }
}

fn next_host_cause(world: &mut World, name: &'static str) -> Cause {
    let mut serials = world.get_resource_or_init::<HostSerials>();
    serials.rules = serials.rules.wrapping_add(1);
    let serial = serials.rules;
    host_cause(world, name, serial)
}

fn run_rule<R>(
    world: &mut World,
    cause: Cause,
    rule: impl FnOnce(&mut Txn<'_>) -> Result<R, Refusal>,
) -> Result<R, Refusal> {
    let mut txn = Txn::open(world, cause.clone());
    match rule(&mut txn) {
        Ok(result) => {
            let done = txn.commit();
            // Host rules that only touch values (regeneration) would drown the ledger;
            // what moves items or rolls dice is kept.
            if !done.movements.is_empty() || !done.rolls.is_empty() {
                let entry = LedgerEntry::of_host_rule(cause, done);
                world.get_resource_or_init::<Ledger>().push(entry);
            }
            Ok(result)
        }
        Err(refusal) => {
            txn.roll_back();
            Err(refusal)
        }
    }
}
