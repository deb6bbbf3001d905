//! A host and a client in one process, over replicon's test backend.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use bevy::prelude::*;
use bevy_replicon::test_app::{ServerTestAppExt, TestClientEntity};
use serde::{Deserialize, Serialize};
use wayfarer_core::{
    door::DoorMetrics,
    prelude::*,
    replicate_by_ops,
    state::{Viewpoint, audience_hash},
};

use super::{HostLost, PeopleOnline, RemotePlayer, ReplicationPlugin, Welcomed, WirePeople};
use wayfarer_core::authority::Viewers;

#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[require(wayfarer_core::revision::ChangeLog)]
struct Secret {
    words: Vec<u32>,
    revision: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum SecretOp {
    Push(u32),
    Pop,
}

impl Aggregate for Secret {
    const NAME: &'static str = "test.secret";
    type Op = SecretOp;
    fn apply(&mut self, op: &SecretOp) -> Result<SecretOp, OpError> {
        match *op {
            SecretOp::Push(word) => {
                self.words.push(word);
                Ok(SecretOp::Pop)
            }
            SecretOp::Pop => {
                let word = self.words.pop().ok_or(OpError("empty"))?;
                Ok(SecretOp::Push(word))
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
replicate_by_ops!(Secret);

/// What is on offer to whoever looks.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Goods(u32);

#[derive(Serialize, Deserialize, Debug)]
struct Say(u32);

impl Action for Say {
    const NAME: &'static str = "test.say";
    type Receipt = usize;
    fn apply(&self, txn: &mut Txn<'_>) -> Result<usize, Refusal> {
        let actor = txn.actor()?;
        txn.op::<Secret>(actor, SecretOp::Push(self.0))?;
        if self.0 == 13 {
            return Err(Refusal::new(Code::INVALID_AMOUNT).with("amount", 13u32));
        }
        Ok(txn.need::<Secret>(actor, "secret")?.words.len())
    }
}

const ANN: PlayerId = PlayerId(0xA << 32);
const BEN: PlayerId = PlayerId(0xB << 32);

fn app(core_first: bool) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, bevy::state::app::StatesPlugin));
    if core_first {
        app.add_plugins((CorePlugin, ReplicationPlugin));
    } else {
        app.add_plugins(ReplicationPlugin);
    }
    app.insert_resource(ClockMode::Manual { hz: 20.0 })
        .register_aggregate::<Secret>()
        .register_revision::<Secret>()
        .register_action::<Say>()
        .declare_replicated_ops::<Secret>("test", "test.secret", 1, Audience::Owner)
        .declare_replicated::<Goods>("test", "test.goods", 1, Audience::Viewers);
    app.register_state::<Goods>("test.goods", 1, Audience::Viewers);
    app.register_state::<Secret>("test.secret", 1, Audience::Owner);
    app.finish();
    app.cleanup();
    app
}

struct Table {
    host: App,
    clients: Vec<App>,
    /// What each client was answered; messages themselves live for two frames only.
    answered: Vec<Vec<Answered>>,
}

impl Table {
    fn new(players: &[PlayerId]) -> Self {
        let mut table = Self {
            host: app(true),
            clients: Vec::new(),
            answered: vec![Vec::new(); 4],
        };
        for (i, &player) in players.iter().enumerate() {
            table.seat(app(i % 2 == 0), player);
        }
        table.run(3);
        table
    }

    fn seat(&mut self, mut client: App, player: PlayerId) {
        self.host.connect_client(&mut client);
        let entity = **client.world().resource::<TestClientEntity>();
        self.host
            .world_mut()
            .entity_mut(entity)
            .insert(RemotePlayer {
                player,
                name: format!("{player}"),
            });
        self.clients.push(client);
    }

    fn run(&mut self, frames: usize) {
        for _ in 0..frames {
            for (client, answered) in self.clients.iter_mut().zip(&mut self.answered) {
                client.world_mut().run_schedule(RulesTick);
                let mut told = client.world_mut().resource_mut::<Messages<Answered>>();
                answered.extend(told.drain());
                client.update();
                self.host.exchange_with_client(client);
            }
            self.host.world_mut().run_schedule(RulesTick);
            self.host.update();
            for client in &mut self.clients {
                self.host.exchange_with_client(client);
            }
        }
    }

    fn spawn(&mut self, raw: u64, owner: PlayerId) -> Entity {
        self.host
            .world_mut()
            .spawn((
                Identity(Uid::new(raw).unwrap()),
                Owner(owner),
                Secret::default(),
                Goods(7),
            ))
            .id()
    }

    fn goods(&self, client: usize, raw: u64) -> Option<u32> {
        let world = self.clients[client].world();
        let entity = world.resource::<UidIndex>().get(Uid::new(raw).unwrap())?;
        world.get::<Goods>(entity).map(|goods| goods.0)
    }

    fn secret(&self, client: usize, raw: u64) -> Option<Secret> {
        let world = self.clients[client].world();
        let entity = world.resource::<UidIndex>().get(Uid::new(raw).unwrap())?;
        world.get::<Secret>(entity).cloned()
    }

    fn ask(&mut self, client: usize, raw: u64, word: u32) {
        self.clients[client]
            .world_mut()
            .resource_mut::<Outbox>()
            .send(Uid::new(raw), &Say(word));
    }

    fn answers(&mut self, client: usize) -> Vec<Result<usize, Code>> {
        self.answered[client]
            .drain(..)
            .map(|a| match &a.result {
                Ok(_) => Ok(a.receipt::<Say>().unwrap()),
                Err(refusal) => Err(refusal.code.clone()),
            })
            .collect()
    }
}

#[test]
fn private_until_declared_public_and_never_a_tick_late() {
    let mut table = Table::new(&[ANN, BEN]);
    table.spawn(1, ANN);
    for _ in 0..6 {
        table.run(1);
        assert_eq!(table.secret(1, 1), None, "a stranger never sees it");
    }
    assert!(table.secret(0, 1).is_some());
    // The stranger does see that somebody is there.
    let index = table.clients[1].world().resource::<UidIndex>();
    assert!(index.get(Uid::new(1).unwrap()).is_some());
}

#[test]
fn ops_arrive_as_diffs_and_hashes_agree() {
    let mut table = Table::new(&[ANN, BEN]);
    table.spawn(1, ANN);
    table.spawn(2, BEN);
    table.run(3);
    for word in 0..20 {
        table.ask(0, 1, word);
        table.ask(1, 2, 100 + word);
        table.run(1);
    }
    table.run(4);
    let host = table.host.world();
    for (client, player) in [(0, ANN), (1, BEN)] {
        let theirs = audience_hash(table.clients[client].world(), Viewpoint::Everything);
        let ours = audience_hash(host, Viewpoint::Player(player, Role::Player));
        assert_eq!(theirs, ours, "client {client}");
    }
    assert_eq!(table.secret(0, 1).unwrap().words.len(), 19);
    let refused: Vec<_> = table
        .answers(0)
        .into_iter()
        .filter(Result::is_err)
        .collect();
    assert_eq!(refused, [Err(Code::INVALID_AMOUNT)], "13 is refused");
    assert_eq!(table.secret(0, 1).unwrap().revision, 19, "revisions travel");
}

#[test]
fn nobody_acts_for_somebody_elses_character() {
    let mut table = Table::new(&[ANN, BEN]);
    table.spawn(1, ANN);
    table.run(3);
    table.ask(1, 1, 5);
    table.run(5);
    assert_eq!(table.answers(1), [Err(Code::NOT_OWNER)]);
    assert!(table.secret(0, 1).unwrap().words.is_empty());
}

#[test]
fn without_proof_nothing_is_listened_to() {
    let mut table = Table::new(&[ANN]);
    table.spawn(1, ANN);
    let mut stranger = app(true);
    table.host.connect_client(&mut stranger);
    table.clients.push(stranger);
    table.run(3);
    table.ask(1, 1, 5);
    table.run(3);
    assert_eq!(table.host.world().resource::<DoorMetrics>().received, 0);
    assert!(table.answers(1).is_empty());
}

#[test]
fn viewers_see_what_is_shown_to_them_while_they_look_and_nothing_else() {
    let mut table = Table::new(&[ANN, BEN]);
    let shop = table.spawn(1, ANN);
    table.run(3);
    assert_eq!((table.goods(0, 1), table.goods(1, 1)), (Some(7), None));
    table
        .host
        .world_mut()
        .entity_mut(shop)
        .insert(Viewers([BEN].into()));
    table.run(3);
    assert_eq!(table.goods(1, 1), Some(7), "opened");
    table.host.world_mut().entity_mut(shop).insert(Goods(8));
    table.run(3);
    assert_eq!(table.goods(1, 1), Some(8), "and followed while it is open");
    assert_eq!(table.secret(1, 1), None, "the keeper's own stays theirs");
    let world = table.host.world();
    let known = audience_hash(world, Viewpoint::Player(BEN, Role::Player));
    let told = audience_hash(table.clients[1].world(), Viewpoint::Everything);
    assert_eq!(known, told);
    table
        .host
        .world_mut()
        .entity_mut(shop)
        .insert(Viewers::default());
    table.run(3);
    assert_eq!(table.goods(1, 1), None, "closed again");
    assert_eq!(table.goods(0, 1), Some(8), "not to its owner");
}

#[test]
fn a_game_master_sees_everything_from_the_moment_of_the_promotion() {
    let mut table = Table::new(&[ANN, BEN]);
    table.spawn(1, ANN);
    table.run(3);
    assert_eq!(table.secret(1, 1), None);
    let promote = wayfarer_core::people::SetRole {
        player: BEN,
        role: Role::GameMaster,
    };
    table
        .host
        .world_mut()
        .act(PlayerId::LOCAL, None, &promote)
        .unwrap();
    table.run(4);
    assert!(table.secret(1, 1).is_some());
    let told = table.clients[1].world().resource::<Messages<Welcomed>>();
    let last = told.iter_current_update_messages().last();
    assert!(last.is_none_or(|w| w.role == Role::GameMaster));
}

#[test]
fn a_handed_over_character_changes_sides() {
    let mut table = Table::new(&[ANN, BEN]);
    let entity = table.spawn(1, ANN);
    table.run(3);
    table.host.world_mut().entity_mut(entity).insert(Owner(BEN));
    table.run(4);
    assert_eq!(table.secret(0, 1), None);
    assert!(table.secret(1, 1).is_some());
}

#[test]
fn an_owner_who_came_before_the_identity_sees_their_own() {
    let mut table = Table::new(&[ANN, BEN]);
    let world = table.host.world_mut();
    let entity = world.spawn((Owner(ANN), Secret::default())).id();
    world
        .entity_mut(entity)
        .insert(Identity(Uid::new(1).unwrap()));
    table.run(4);
    assert!(table.secret(0, 1).is_some());
    assert_eq!(table.secret(1, 1), None);
}

#[test]
fn a_lost_host_takes_its_world_along() {
    let mut table = Table::new(&[ANN]);
    table.spawn(1, ANN);
    table.run(3);
    assert_eq!(
        *table.clients[0].world().resource::<Authority>(),
        Authority::Client
    );
    let mut client = table.clients.remove(0);
    table.host.disconnect_client(&mut client);
    // A busy machine may have forgotten the message after the second frame.
    let mut told = 0;
    for _ in 0..2 {
        client.update();
        told = told.max(client.world().resource::<Messages<HostLost>>().len());
    }
    assert_eq!(*client.world().resource::<Authority>(), Authority::None);
    assert!(client.world().resource::<UidIndex>().is_empty());
    assert_eq!(told, 1);
    // The host has noticed too, and an answer on its way harms nobody.
    table.run(3);
    let players = table.host.world().resource::<Players>();
    assert!(!players.get(ANN).unwrap().online);
}

#[test]
fn people_are_told_of_when_something_has_changed_and_not_otherwise() {
    let mut table = Table::new(&[ANN]);
    table.run(5);
    let told_in = |table: &mut Table, frames: usize| {
        let mut told = 0;
        for _ in 0..frames {
            table.run(1);
            let client = table.clients[0].world_mut();
            // Messages live for several frames of a fast test; each is to be counted once.
            told += client
                .resource_mut::<Messages<WirePeople>>()
                .drain()
                .count();
        }
        told
    };
    told_in(&mut table, 5);
    assert_eq!(told_in(&mut table, 250), 0);
    table.seat(app(true), BEN);
    assert!(told_in(&mut table, 5) > 0);
    let people = table.clients[0].world().resource::<PeopleOnline>();
    assert!(
        people
            .0
            .iter()
            .any(|person| person.player == BEN && person.online)
    );
}

#[test]
fn what_is_switched_off_is_known_to_everybody() {
    let mut table = Table::new(&[ANN]);
    let is_on = |table: &Table, client: usize| {
        let features = table.clients[client].world().resource::<Features>();
        features.is_on("test")
    };
    let switch = |table: &mut Table, on: bool| {
        let host = table.host.world_mut();
        host.resource_mut::<Features>().switch("test", on);
        table.run(3);
    };
    table.run(5);
    assert!(is_on(&table, 0));
    switch(&mut table, false);
    assert!(!is_on(&table, 0));
    // Newcomers know it too.
    table.seat(app(true), BEN);
    table.run(5);
    assert!(!is_on(&table, 1));
    switch(&mut table, true);
    assert!(is_on(&table, 0) && is_on(&table, 1));
    // What a lost host had switched off is forgotten with it.
    switch(&mut table, false);
    super::connection::lost(table.clients[0].world_mut());
    assert!(is_on(&table, 0));
}

#[test]
fn a_feature_that_is_off_refuses_its_actions() {
    #[derive(Serialize, Deserialize, Debug)]
    struct Dance;
    impl Action for Dance {
        const NAME: &'static str = "test.dance";
        type Receipt = ();
        const FEATURE: Option<&'static str> = Some("test");
        fn apply(&self, txn: &mut Txn<'_>) -> Result<(), Refusal> {
            txn.actor().map(drop)
        }
    }
    let mut host = app(true);
    host.register_action::<Dance>()
        .register_feature("test", "Dancing");
    let me = Uid::new(1).unwrap();
    let world = host.world_mut();
    world.spawn((Identity(me), Owner(PlayerId::LOCAL)));
    for on in [true, false, true] {
        let feature = "test".to_owned();
        let action = SwitchFeature { feature, on };
        world.act(PlayerId::LOCAL, None, &action).unwrap();
        let danced = world.act(PlayerId::LOCAL, Some(me), &Dance);
        let code = danced.map_err(|refusal| refusal.code);
        assert_eq!(
            code,
            if on {
                Ok(())
            } else {
                Err(Code::FEATURE_DISABLED)
            }
        );
    }
}

#[test]
fn the_protocol_does_not_depend_on_the_order_of_plugins() {
    use bevy_replicon::shared::protocol::ProtocolHash;
    let hash = |core_first| *app(core_first).world().resource::<ProtocolHash>();
    assert_eq!(hash(true), hash(false));
}
