//! What things weigh on the wire when they move, are put on, bought and traded.

use bevy::prelude::*;
use bevy_replicon::{
    prelude::ServerMessages,
    test_app::{ServerTestAppExt, TestClientEntity},
};
use wayfarer_benches::Row;
use wayfarer_core::prelude::*;
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::{
    actions::{AcceptTrade, AnswerTrade, AskTrade, OfferTrade, TradeStep},
    prelude::*,
    rules::Side,
    shop::price_of,
    trade::Trade,
};
use wayfarer_net::replication::{RemotePlayer, ReplicationPlugin};

use super::{game::game_of, wares::wares_pack};
use crate::{Failure, Rows};

const ROUNDS: u8 = 20;

/// A player with a character, as the host and as they themselves see it.
struct Seat {
    app: App,
    client: Entity,
    player: PlayerId,
    hero: Entity,
    uid: Uid,
}

/// A host, two players beside each other, and a merchant.
struct Market {
    host: App,
    seats: [Seat; 2],
    shop: (Entity, Uid),
}

fn uid_of(world: &World, entity: Entity) -> Result<Uid, Failure> {
    Ok(world.get::<Identity>(entity).ok_or("no uid")?.0)
}

/// The items of a character: what, how many, where.
fn things(world: &World, uid: Uid) -> Vec<(Uid, u32, Place)> {
    let entity = world.resource::<UidIndex>().get(uid);
    let inventory = entity.and_then(|entity| world.get::<Inventory>(entity));
    let items = inventory.into_iter().flat_map(Inventory::iter);
    let mut things: Vec<_> = items.map(|i| (i.uid, i.count, i.place)).collect();
    things.sort_unstable_by_key(|&(uid, ..)| uid);
    things
}

impl Market {
    fn open() -> Result<Self, Failure> {
        let mut host = game_of(wares_pack(), ReplicationPlugin)?;
        let seats = [
            Self::seat(&mut host, PlayerId(1))?,
            Self::seat(&mut host, PlayerId(2))?,
        ];
        let smith = (Character::new("b:smith"), Position::default());
        let smith = host.world_mut().spawn(smith).id();
        host.world_mut().run_schedule(RulesTick);
        let shop = (smith, uid_of(host.world(), smith)?);
        let mut market = Self { host, seats, shop };
        for _ in 0..30 {
            market.tick();
        }
        let container = shop.1;
        market.act(0, &OpenContainer { container })?;
        market.tick();
        Ok(market)
    }

    fn seat(host: &mut App, player: PlayerId) -> Result<Seat, Failure> {
        let mut app = game_of(wares_pack(), ReplicationPlugin)?;
        host.connect_client(&mut app);
        let client = **app.world().resource::<TestClientEntity>();
        let name = player.to_string();
        let remote = RemotePlayer { player, name };
        host.world_mut().entity_mut(client).insert(remote);
        let hero = (
            Character::new("b:knight"),
            Owner(player),
            Position::default(),
        );
        let hero = host.world_mut().spawn(hero).id();
        host.world_mut().run_schedule(RulesTick);
        let uid = uid_of(host.world(), hero)?;
        Ok(Seat {
            app,
            client,
            player,
            hero,
            uid,
        })
    }

    /// One tick of everybody; returns the bytes of all messages to each of the two.
    fn tick(&mut self) -> [usize; 2] {
        for seat in &mut self.seats {
            seat.app.world_mut().run_schedule(RulesTick);
            seat.app.update();
            self.host.exchange_with_client(&mut seat.app);
        }
        self.host.world_mut().run_schedule(RulesTick);
        self.host.update();
        let messages = self.host.world().resource::<ServerMessages>();
        let to = |client| {
            let own = messages.iter_sent().filter(|&(to, ..)| to == client);
            own.map(|(_, _, bytes)| bytes.len()).sum()
        };
        let [first, second] = &self.seats;
        let bytes = [to(first.client), to(second.client)];
        for seat in &mut self.seats {
            self.host.exchange_with_client(&mut seat.app);
        }
        bytes
    }

    fn act<A: Action>(&mut self, who: usize, action: &A) -> Result<A::Receipt, Failure> {
        let seat = self.seats.get(who).ok_or("nobody sits there")?;
        let (player, uid) = (seat.player, seat.uid);
        let done = self.host.world_mut().act(player, Some(uid), action);
        done.map_err(|refusal| format!("{action:?}: {refusal}").into())
    }

    /// What an action weighs to each, beyond an idle tick.
    fn weigh<A: Action>(
        &mut self,
        who: usize,
        action: &A,
    ) -> Result<([usize; 2], A::Receipt), Failure> {
        // Acknowledgements of what was before have come and gone.
        for _ in 0..3 {
            self.tick();
        }
        let idle = self.tick();
        let receipt = self.act(who, action)?;
        let busy = self.tick();
        let over = |n: usize| {
            let [busy, idle] = [busy, idle].map(|bytes| bytes.get(n).copied().unwrap_or(0));
            busy.saturating_sub(idle)
        };
        Ok(([over(0), over(1)], receipt))
    }

    fn stack(&self, holder: Entity, name: &str) -> Result<Uid, Failure> {
        let inventory = self.host.world().get::<Inventory>(holder);
        let inventory = inventory.ok_or("no inventory")?;
        let item = inventory.iter().find(|item| item.def == DefId::of(name));
        Ok(item.ok_or_else(|| format!("no {name}"))?.uid)
    }

    fn hero(&self, who: usize) -> Result<(Entity, Uid), Failure> {
        let seat = self.seats.get(who).ok_or("nobody sits there")?;
        Ok((seat.hero, seat.uid))
    }

    /// Both see of their own what the host has.
    fn check(&mut self) -> Result<(), Failure> {
        for _ in 0..3 {
            self.tick();
        }
        for seat in &self.seats {
            let ours = things(self.host.world(), seat.uid);
            let theirs = things(seat.app.world(), seat.uid);
            if ours.len() < 10 || ours != theirs {
                return Err(format!("the host has {ours:?}, the owner {theirs:?}").into());
            }
        }
        Ok(())
    }

    fn moving(&mut self, round: u8) -> Result<usize, Failure> {
        let item = self.stack(self.hero(0)?.0, "b:sword")?;
        let action = MoveItem {
            item,
            to: ((round + 1) % 2).into(),
            before: None,
        };
        let ([owner, _], _) = self.weigh(0, &action)?;
        Ok(owner)
    }

    fn equipping(&mut self) -> Result<usize, Failure> {
        let item = self.stack(self.hero(0)?.0, "b:blade")?;
        let ([owner, _], _) = self.weigh(0, &EquipItem { item, slot: None })?;
        let slot = DefId::of("b:hand");
        let compartment = None;
        self.act(0, &UnequipItem { slot, compartment })?;
        Ok(owner)
    }

    fn buying(&mut self) -> Result<usize, Failure> {
        let (shop, uid) = self.shop;
        let item = self.stack(shop, "b:herb")?;
        let world = self.host.world();
        let content = world.resource::<ActiveContent>().0.clone();
        let price = price_of(world, &content, shop, self.hero(0)?.0, item, Side::Buy, 1);
        let price = price.map_err(|refusal| refusal.to_string())?.total;
        let action = BuyItem {
            shop: uid,
            item,
            count: 1,
            price,
        };
        let ([owner, _], _) = self.weigh(0, &action)?;
        Ok(owner)
    }

    /// A herb and some money for a gem. Bytes to both: of the last tick, and of all steps.
    fn trading(&mut self) -> Result<[usize; 2], Failure> {
        let (ann, bob) = (self.hero(0)?, self.hero(1)?);
        let mut all = 0;
        let mut step = |([a, b], step): ([usize; 2], TradeStep)| {
            all += a + b;
            (a + b, step)
        };
        let (asked, trade) = self.weigh(0, &AskTrade { with: bob.1 })?;
        let (answered, ()) = self.weigh(1, &AnswerTrade { trade, yes: true })?;
        let herb = self.stack(ann.0, "b:herb")?;
        let gem = self.stack(bob.0, "b:gem")?;
        let offer = |item, money| OfferTrade {
            trade,
            items: vec![(item, 1)],
            money,
        };
        let (first, ()) = self.weigh(0, &offer(herb, 25))?;
        let (second, ()) = self.weigh(1, &offer(gem, 0))?;
        for bytes in [asked, answered, first, second] {
            step((bytes, TradeStep::Waiting));
        }
        for who in [0, 1, 0, 1] {
            let world = self.host.world();
            let state = world.resource::<UidIndex>().get(trade);
            let state = state.and_then(|entity| world.get::<Trade>(entity));
            let state = state.ok_or("the trade is over")?;
            let accept = AcceptTrade {
                trade,
                phase: state.phase,
                revision: state.revision,
            };
            let (last, how) = step(self.weigh(who, &accept)?);
            if how == TradeStep::Done {
                return Ok([last, all]);
            }
        }
        Err("nothing has changed hands".into())
    }
}

/// All rows.
pub fn rows() -> Rows {
    let mut market = Market::open()?;
    let mut heaviest = [0; 5];
    for round in 0..ROUNDS {
        let [last, all] = market.trading()?;
        let weights = [
            market.moving(round)?,
            market.equipping()?,
            market.buying()?,
            last,
            all,
        ];
        for (heaviest, weight) in heaviest.iter_mut().zip(weights) {
            *heaviest = weight.max(*heaviest);
        }
    }
    market.check()?;
    let what = "replication messages of the tick less those of an idle one, heaviest of 20";
    let row = |name: &str, bytes: usize, bar| {
        Row::at_most(format!("{name}: {what}"), bytes as f64, "B", bar)
    };
    let [moved, equipped, bought, last, all] = heaviest;
    Ok(vec![
        row("a thing moved, to its owner", moved, 64.0),
        row("a thing put on, to its owner", equipped, 160.0),
        row("a thing bought, to its buyer", bought, 400.0),
        row("a trade completed, to both together", last, 600.0),
        row(
            "a whole trade from the question on, 8 steps, to both together",
            all,
            1_200.0,
        ),
    ])
}
