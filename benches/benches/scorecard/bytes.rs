//! What one change of a stat weighs on the wire.

use bevy::{prelude::*, state::app::StatesPlugin};
use bevy_replicon::{
    prelude::ServerMessages,
    test_app::{ServerTestAppExt, TestClientEntity},
};
use wayfarer_benches::Row;
use wayfarer_core::prelude::*;
use wayfarer_net::replication::{RemotePlayer, ReplicationPlugin};
use wayfarer_stats::prelude::*;

use super::{
    heroes::{load, plain},
    pack::{VALUES, stats_pack},
};
use crate::{Failure, Rows};

const PLAYER: PlayerId = PlayerId(1);
const ROUNDS: usize = 40;

fn app() -> Result<App, Failure> {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatesPlugin, StatsPlugin, ReplicationPlugin))
        .add_pack_source(stats_pack());
    load(&mut app)?;
    app.finish();
    app.cleanup();
    Ok(app)
}

/// One tick on both sides; returns the bytes of all messages that the host sent.
fn tick(host: &mut App, client: &mut App) -> usize {
    client.world_mut().run_schedule(RulesTick);
    client.update();
    host.exchange_with_client(client);
    host.world_mut().run_schedule(RulesTick);
    host.update();
    let sent = host.world().resource::<ServerMessages>();
    let bytes = sent.iter_sent().map(|(_, _, message)| message.len()).sum();
    host.exchange_with_client(client);
    bytes
}

/// All rows.
pub fn rows() -> Rows {
    let (mut host, mut client) = (app()?, app()?);
    host.connect_client(&mut client);
    let seat = **client.world().resource::<TestClientEntity>();
    host.world_mut().entity_mut(seat).insert(RemotePlayer {
        player: PLAYER,
        name: "Pat".to_owned(),
    });
    let hero = (Character::new("b:hero"), Owner(PLAYER));
    let hero = host.world_mut().spawn(hero).id();
    for _ in 0..20 {
        tick(&mut host, &mut client);
    }

    let stat = plain("a0");
    let mut weights = Vec::new();
    for round in 0..ROUNDS {
        // Acknowledgements of the last change have come and gone.
        for _ in 0..3 {
            tick(&mut host, &mut client);
        }
        let idle = tick(&mut host, &mut client);
        let value = Some(VALUES[round % VALUES.len()]);
        let op = StatOp::SetBase { stat, value };
        host.world_mut()
            .transact("bench.change", |txn| txn.op::<StatInputs>(hero, op))
            .map_err(|refusal| refusal.to_string())?;
        weights.push(tick(&mut host, &mut client).saturating_sub(idle));
    }
    for _ in 0..3 {
        tick(&mut host, &mut client);
    }
    let uid = host.world().get::<Identity>(hero).ok_or("no uid")?.0;
    let theirs = client.world().resource::<UidIndex>().get(uid);
    let theirs = theirs.ok_or("the client has no character")?;
    let theirs = client.world().get::<StatInputs>(theirs);
    let last = Some(VALUES[(ROUNDS - 1) % VALUES.len()]);
    if theirs.and_then(|inputs| inputs.base(stat)) != last {
        return Err("the client did not get the change".into());
    }
    let heaviest = weights.iter().max().copied().unwrap_or(usize::MAX);
    Ok(vec![Row::at_most(
        "one stat change to its owner: replication messages of the tick less those of an idle one, heaviest of 40",
        heaviest as f64,
        "B",
        24.0,
    )])
}
