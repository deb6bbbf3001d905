//! The smallest rules crate: one aggregate, two actions.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::{prelude::*, replicate_by_ops};

#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Purse {
    coins: u32,
    log: Vec<u32>,
    revision: u32,
}

impl Purse {
    pub fn of(coins: u32) -> Self {
        Self {
            coins,
            ..Default::default()
        }
    }
    pub fn coins(&self) -> u32 {
        self.coins
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum PurseOp {
    Add(u32),
    Take(u32),
    Unadd(u32),
    Untake(u32),
}

impl Aggregate for Purse {
    const NAME: &'static str = "test.purse";
    type Op = PurseOp;

    fn apply(&mut self, op: &PurseOp) -> Result<PurseOp, OpError> {
        match *op {
            PurseOp::Add(n) => {
                self.coins = self.coins.checked_add(n).ok_or(OpError("purse is full"))?;
                self.log.push(n);
                Ok(PurseOp::Unadd(n))
            }
            PurseOp::Take(n) => {
                self.coins = self.coins.checked_sub(n).ok_or(OpError("too few"))?;
                self.log.push(n);
                Ok(PurseOp::Untake(n))
            }
            PurseOp::Unadd(n) => {
                self.coins = self.coins.checked_sub(n).ok_or(OpError("too few"))?;
                self.log.pop();
                Ok(PurseOp::Add(n))
            }
            PurseOp::Untake(n) => {
                self.coins = self.coins.checked_add(n).ok_or(OpError("purse is full"))?;
                self.log.pop();
                Ok(PurseOp::Take(n))
            }
        }
    }
    fn revision(&self) -> u32 {
        self.revision
    }
    fn set_revision(&mut self, revision: u32) {
        self.revision = revision;
    }
}

replicate_by_ops!(Purse);

/// Pay somebody.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Pay {
    pub to: Uid,
    pub coins: u32,
}

impl Action for Pay {
    const NAME: &'static str = "test.pay";
    type Receipt = u32;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u32, Refusal> {
        if self.coins == 0 {
            return Err(Refusal::new(Code::INVALID_AMOUNT).with("amount", self.coins));
        }
        let (from, to) = (txn.actor()?, txn.entity(self.to)?);
        // Giving first and taking second makes the refusal of the second roll back the first.
        txn.op::<Purse>(to, PurseOp::Add(self.coins))?;
        txn.op::<Purse>(from, PurseOp::Take(self.coins))?;
        txn.emit(Paid { entity: to });
        Ok(txn.need::<Purse>(from, "purse")?.coins())
    }
}

/// A gift of the game master, with a die.
#[derive(Serialize, Deserialize, Debug, Clone)]
pub struct Gift;

impl Action for Gift {
    const NAME: &'static str = "test.gift";
    type Receipt = u32;
    const MIN_ROLE: Role = Role::GameMaster;

    fn apply(&self, txn: &mut Txn<'_>) -> Result<u32, Refusal> {
        use wayfarer_formula::Roller as _;
        let actor = txn.actor()?;
        let mut dice = txn.dice("gift");
        let coins = dice.die(6);
        txn.keep_rolls(&dice);
        txn.op::<Purse>(actor, PurseOp::Add(coins))?;
        Ok(coins)
    }
}

#[derive(Message, EntityEvent, Clone, Debug)]
pub struct Paid {
    pub entity: Entity,
}
wayfarer_core::impl_fact!(Paid);

pub const ANN: PlayerId = PlayerId(11);
pub const BEN: PlayerId = PlayerId(22);

/// An app with two players, each with a character that has 100 coins. Uids 1 and 2.
pub fn app() -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, CorePlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .register_aggregate::<Purse>()
        .register_revision::<Purse>()
        .register_action::<Pay>()
        .register_action::<Gift>()
        .add_message::<Paid>();
    app.register_state::<Purse>("test.purse", 1, Audience::Owner);
    app.finish();
    app.cleanup();
    let world = app.world_mut();
    world
        .resource_mut::<Players>()
        .arrive(ANN, "Ann", Role::Player);
    world
        .resource_mut::<Players>()
        .arrive(BEN, "Ben", Role::Player);
    for (uid, owner) in [(1, ANN), (2, BEN)] {
        world.spawn((
            Identity(Uid::new(uid).unwrap()),
            Owner(owner),
            Purse::of(100),
            wayfarer_core::revision::ChangeLog::default(),
        ));
    }
    app
}

pub fn uid(raw: u64) -> Uid {
    Uid::new(raw).unwrap()
}

pub fn coins(app: &App, raw: u64) -> u32 {
    let entity = app.world().resource::<UidIndex>().get(uid(raw)).unwrap();
    app.world().get::<Purse>(entity).unwrap().coins()
}

pub fn pay(coins: u32) -> Pay {
    Pay { to: uid(2), coins }
}
