//! A transaction: everything an action changes happens at once or not at all.
//!
//! It reads the whole world and writes only by ops. Each op applies at once, so later steps see
//! earlier ones; a refusal runs the inverses backwards and nothing has happened: no change tick
//! moves, no byte is sent. Only the commit marks components, records diffs for clients, and tells
//! the facts.

use std::sync::Arc;

use bevy::{
    ecs::{component::Mutable, entity::EntityHashSet},
    prelude::*,
};
use smallvec::SmallVec;

use crate::{
    aggregate::{Aggregate, AggregateRegistry},
    authority::Role,
    clock::RulesClock,
    content::{ActiveContent, Content},
    dice::{DiceStream, Rolled, WorldSeed},
    door::RequestId,
    fact::Fact,
    id::{DefId, Identity, PlayerId, Uid, UidIndex, UidMint},
    ledger::{Ledger, Movement, MovementKind},
    refusal::{Code, Refusal},
    revision::ChangeLog,
    state::DirtyRecords,
};

mod step;
mod touched;

pub(crate) use step::Step;
use step::{EnsureStep, OpStep, ResourceStep, SetStep, SpawnStep};
pub(crate) use touched::TouchedAggregates;

/// What a transaction has done. Most do one or two things.
pub(crate) type Steps = SmallVec<[Box<dyn Step>; 2]>;

/// Who asked for what, when: the cause of everything a transaction does.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// The person who asked.
    pub player: PlayerId,
    /// What they may do.
    pub role: Role,
    /// The request; also what the dice are keyed by.
    pub request: RequestId,
    /// The tick in which it is decided.
    pub tick: u64,
    /// The character that acts, if the action has one.
    pub actor: Option<Uid>,
    /// The name of the action.
    pub action: &'static str,
}

/// Name, entity and new revision of an aggregate that a transaction has touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The thing.
    pub uid: Option<Uid>,
    /// Its entity.
    pub entity: Entity,
    /// [`Aggregate::NAME`].
    pub aggregate: &'static str,
    /// Its revision after the commit.
    pub revision: u32,
}

/// What a committed transaction has done.
#[derive(Default)]
pub struct Committed {
    /// The aggregates it touched, each once.
    pub touched: SmallVec<[Touched; 4]>,
    /// What came into being, moved or went, for the ledger.
    pub movements: Vec<Movement>,
    /// Every die that fell.
    pub rolls: Vec<Rolled>,
    /// The inverses, oldest first, if all of it can be undone later.
    pub(crate) undo: Option<Steps>,
}

/// One transaction. See the module.
pub struct Txn<'w> {
    world: &'w mut World,
    cause: Cause,
    content: Arc<Content>,
    steps: Steps,
    facts: Vec<Box<dyn FnOnce(&mut World) + Send>>,
    movements: Vec<Movement>,
    rolls: Vec<Rolled>,
    streams: u32,
    doomed: EntityHashSet,
    mint_before: UidMint,
}

impl<'w> Txn<'w> {
    /// Opens a transaction. Actions get theirs from the door; the game's own host-side rules
    /// open one through [`HostWorldExt::transact`](crate::action::HostWorldExt::transact).
    pub(crate) fn open(world: &'w mut World, cause: Cause) -> Self {
        let content = world
            .get_resource::<ActiveContent>()
            .map(|active| active.0.clone())
            .unwrap_or_default();
        let mint_before = world.get_resource_or_init::<UidMint>().clone();
        Self {
            world,
            cause,
            content,
            steps: Steps::new(),
            facts: Vec::new(),
            movements: Vec::new(),
            rolls: Vec::new(),
            streams: 0,
            doomed: EntityHashSet::default(),
            mint_before,
        }
    }

    /// Who asked for what.
    pub fn cause(&self) -> &Cause {
        &self.cause
    }

    /// The loaded content. Cheap to clone, so that a rule can read it while it writes.
    pub fn content(&self) -> Arc<Content> {
        self.content.clone()
    }

    /// The world, to read.
    pub fn world(&self) -> &World {
        self.world
    }

    /// The tick in which this is decided.
    pub fn tick(&self) -> u64 {
        self.cause.tick
    }

    /// The entity of a uid.
    ///
    /// # Errors
    /// `not_found` when nothing has this uid, or this transaction has removed it.
    pub fn entity(&self, uid: Uid) -> Result<Entity, Refusal> {
        self.world
            .get_resource::<UidIndex>()
            .and_then(|index| index.get(uid))
            .filter(|entity| !self.doomed.contains(entity))
            .ok_or_else(|| Refusal::not_found(uid))
    }

    /// The uid of the character that acts.
    ///
    /// # Errors
    /// `no_actor` when the request named none.
    pub fn actor_uid(&self) -> Result<Uid, Refusal> {
        self.cause.actor.ok_or(Code::NO_ACTOR.into())
    }

    /// The entity of the character that acts.
    ///
    /// # Errors
    /// `no_actor`, `not_found`.
    pub fn actor(&self) -> Result<Entity, Refusal> {
        self.entity(self.actor_uid()?)
    }

    /// A component, if the entity has it.
    pub fn get<C: Component>(&self, entity: Entity) -> Option<&C> {
        if self.doomed.contains(&entity) {
            return None;
        }
        self.world.get::<C>(entity)
    }

    /// A component that the rule cannot do without.
    ///
    /// # Errors
    /// `not_found` naming `what`.
    pub fn need<C: Component>(&self, entity: Entity, what: &'static str) -> Result<&C, Refusal> {
        self.get(entity).ok_or_else(|| Refusal::not_found(what))
    }

    /// Refuses unless the asker may act for `entity` (open their chest, take from their bag).
    ///
    /// # Errors
    /// `not_owner`.
    pub fn check_may_act_for(&self, entity: Entity) -> Result<(), Refusal> {
        let policies = self.policies();
        let (player, role) = (self.cause.player, self.cause.role);
        if (policies.may_act_for)(self.world, player, role, entity) {
            Ok(())
        } else {
            Err(Code::NOT_OWNER.into())
        }
    }

    /// Refuses unless `target` is within reach of the actor. Game masters reach everything.
    ///
    /// # Errors
    /// `out_of_reach`, `no_actor`.
    pub fn check_reach(&self, target: Entity) -> Result<(), Refusal> {
        if self.cause.role >= Role::GameMaster {
            return Ok(());
        }
        let actor = self.actor()?;
        if (self.policies().in_reach)(self.world, actor, target) {
            Ok(())
        } else {
            Err(Code::OUT_OF_REACH.into())
        }
    }

    fn policies(&self) -> crate::authority::Policies {
        self.world.get_resource().copied().unwrap_or_default()
    }

    /// Applies an op at once; taken back if the transaction is refused.
    ///
    /// # Errors
    /// `not_found` when the entity has no `A`; `state_corrupt` when the op does not fit the value,
    /// which a rule should have found out before.
    pub fn op<A: Aggregate>(&mut self, entity: Entity, op: A::Op) -> Result<(), Refusal> {
        if self.doomed.contains(&entity) {
            return Err(Refusal::not_found(A::NAME));
        }
        let Some(mut value) = self.world.get_mut::<A>(entity) else {
            return Err(Refusal::not_found(A::NAME));
        };
        let inverse = value
            .bypass_change_detection()
            .apply(&op)
            .map_err(|error| Refusal::new(Code::STATE_CORRUPT).with("detail", error.0))?;
        self.steps
            .push(Box::new(OpStep::<A>::new(entity, op, inverse)));
        Ok(())
    }

    /// Replaces a plain component; taken back if the transaction is refused.
    ///
    /// # Errors
    /// `not_found` when the entity does not have it.
    pub fn set<C: Component<Mutability = Mutable> + Clone>(
        &mut self,
        entity: Entity,
        value: C,
    ) -> Result<(), Refusal> {
        let Some(mut current) = self.world.get_mut::<C>(entity) else {
            return Err(Refusal::not_found("component"));
        };
        let before = std::mem::replace(current.bypass_change_detection(), value);
        self.steps.push(Box::new(SetStep::new(entity, before)));
        Ok(())
    }

    /// Gives an entity a component that it does not have yet, as its default; taken away again if
    /// the transaction is refused. Nothing happens if it has one.
    ///
    /// For what few entities need: each component of each entity costs replication something in
    /// every tick, whether it changes or not.
    ///
    /// # Errors
    /// `not_found` when the entity is gone.
    pub fn ensure<C: Component + Default>(&mut self, entity: Entity) -> Result<(), Refusal> {
        let known = self.world.get_entity(entity).ok();
        let Some(known) = known.filter(|_| !self.doomed.contains(&entity)) else {
            return Err(Refusal::not_found("thing"));
        };
        if !known.contains::<C>() {
            self.world.entity_mut(entity).insert(C::default());
            self.steps.push(Box::new(EnsureStep::<C>::new(entity)));
        }
        Ok(())
    }

    /// Replaces a resource; taken back if the transaction is refused.
    pub fn set_resource<R: Resource<Mutability = Mutable> + Clone>(&mut self, value: R) {
        let before = self.world.get_resource::<R>().cloned();
        self.world.insert_resource(value);
        self.steps.push(Box::new(ResourceStep::new(before)));
    }

    /// Spawns a thing with a new uid; despawned again if the transaction is refused.
    pub fn spawn(&mut self, bundle: impl Bundle) -> (Uid, Entity) {
        let uid = self.mint();
        (uid, self.spawn_as(uid, bundle))
    }

    /// Spawns a thing under a uid that this transaction holds already (an item becomes an entity).
    pub fn spawn_as(&mut self, uid: Uid, bundle: impl Bundle) -> Entity {
        let entity = self.world.spawn((Identity(uid), bundle)).id();
        self.steps.push(Box::new(SpawnStep::new(uid, entity)));
        entity
    }

    /// Removes a thing at commit; until then this transaction no longer sees it.
    ///
    /// # Errors
    /// `not_found` when it is gone already.
    pub fn despawn(&mut self, entity: Entity) -> Result<(), Refusal> {
        if self.world.get_entity(entity).is_err() || !self.doomed.insert(entity) {
            return Err(Refusal::not_found("thing"));
        }
        Ok(())
    }

    /// Takes a new uid; given back if the transaction is refused.
    pub fn mint(&mut self) -> Uid {
        self.world.get_resource_or_init::<UidMint>().mint()
    }

    /// Dice for one purpose. The stream is keyed by the cause, so it can be derived again.
    pub fn dice(&mut self, label: &str) -> DiceStream {
        let seed = self.world.get_resource::<WorldSeed>().copied();
        self.streams += 1;
        let key = self.cause.request.dice_key(self.cause.player, self.streams);
        DiceStream::new(seed.unwrap_or_default(), &key, label)
    }

    /// Puts the dice that fell into the ledger.
    pub fn keep_rolls(&mut self, dice: &DiceStream) {
        self.rolls.extend_from_slice(dice.rolls());
    }

    /// Tells the game after the commit.
    pub fn emit<F: Fact>(&mut self, fact: F) {
        self.facts.push(Box::new(move |world| fact.tell(world)));
    }

    /// Writes into the ledger that `count` of something came into being, moved or went.
    ///
    /// Items and coins appear and disappear only with such a line: that is what the conservation
    /// tests add up.
    pub fn record(&mut self, kind: MovementKind, uid: Uid, def: DefId, count: u32) {
        self.movements.push(Movement {
            kind,
            uid,
            def,
            count,
        });
    }

    /// Tries a part of the rule that may fail without the whole failing: what a refused part did is
    /// taken back, and nothing else.
    ///
    /// # Errors
    /// Whatever the part refuses with.
    pub fn attempt<R>(
        &mut self,
        part: impl FnOnce(&mut Self) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        let mint = self.world.get_resource_or_init::<UidMint>().clone();
        let doomed = (!self.doomed.is_empty()).then(|| self.doomed.clone());
        let (steps, facts) = (self.steps.len(), self.facts.len());
        let (movements, rolls) = (self.movements.len(), self.rolls.len());
        part(self).inspect_err(|_| {
            for step in self.steps.drain(steps..).rev() {
                step.undo(self.world);
            }
            self.facts.truncate(facts);
            self.movements.truncate(movements);
            self.rolls.truncate(rolls);
            self.doomed = doomed.unwrap_or_default();
            *self.world.get_resource_or_init::<UidMint>() = mint;
        })
    }

    /// Runs the inverses of a ledger entry as part of this transaction.
    pub(crate) fn undo_entry(&mut self, sequence: u64) -> Result<(), Refusal> {
        let cannot = || Refusal::new(Code::CANNOT_UNDO);
        let mut ledger = self.world.resource_mut::<Ledger>();
        let opposite: Vec<Movement> = ledger
            .get(sequence)
            .map(|entry| entry.movements.clone())
            .unwrap_or_default()
            .into_iter()
            .map(|m| Movement {
                kind: match m.kind.sign() {
                    1 => MovementKind::UndoneComing,
                    -1 => MovementKind::UndoneGoing,
                    _ => m.kind,
                },
                ..m
            })
            .collect();
        let steps = ledger
            .take_undo(sequence)
            .filter(|steps| !steps.is_empty())
            .ok_or_else(cannot)?;
        for step in steps.iter().rev() {
            if let Err(refusal) = step.undo_later(self) {
                // It may work another time, so the entry keeps what it knows.
                self.world
                    .resource_mut::<Ledger>()
                    .return_undo(sequence, steps);
                return Err(refusal);
            }
        }
        self.movements.extend(opposite);
        Ok(())
    }

    /// Takes everything back: the world is as it was when the transaction was opened.
    pub(crate) fn roll_back(self) {
        let Self {
            world,
            steps,
            mint_before,
            ..
        } = self;
        for step in steps.into_iter().rev() {
            step.undo(world);
        }
        *world.get_resource_or_init::<UidMint>() = mint_before;
    }

    /// Makes everything final: marks, diffs, dirty records, despawns, facts.
    pub(crate) fn commit(self) -> Committed {
        let Self {
            world,
            cause,
            steps,
            facts,
            movements,
            rolls,
            doomed,
            ..
        } = self;
        let undoable = doomed.is_empty() && steps.iter().all(|step| step.undoable());
        let mut touched = TouchedAggregates::default();
        for step in &steps {
            step.commit(world, &mut touched);
        }
        let touched = touched.finish(world);
        for t in &touched {
            if let Some(mut log) = world.get_mut::<ChangeLog>(t.entity) {
                log.note(t.aggregate, t.revision, cause.player);
            }
        }
        let mut gone: Vec<Entity> = doomed.into_iter().collect();
        gone.sort_unstable();
        for entity in gone {
            if let Some(&Identity(uid)) = world.get::<Identity>(entity) {
                world.get_resource_or_init::<DirtyRecords>().removed(uid);
            }
            world.despawn(entity);
        }
        for fact in facts {
            fact(world);
        }
        Committed {
            touched,
            movements,
            rolls,
            undo: undoable.then_some(steps),
        }
    }
}

/// Bytes that key the dice of a host-side cause which no request stands behind.
pub(crate) fn host_cause(world: &World, action: &'static str, serial: u32) -> Cause {
    let tick = world
        .get_resource::<RulesClock>()
        .map_or(0, |clock| clock.tick);
    Cause {
        player: PlayerId::LOCAL,
        role: Role::Host,
        request: RequestId::internal(tick, serial),
        tick,
        actor: None,
        action,
    }
}

pub(crate) fn commit_ops<A: Aggregate>(
    world: &mut World,
    entity: Entity,
    ops: &[A::Op],
    touched: &mut TouchedAggregates,
) {
    AggregateRegistry::committed::<A>(world, entity, ops);
    touched.add::<A>(entity);
}
