//! The host's tick for its clients, once a second: countdowns need it, and it is the only thing
//! that is sent when nothing happens.

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use wayfarer_core::{
    authority::Authority,
    clock::{ClockMode, Paused, RulesClock, RulesSystems, RulesTick},
};

use super::{RemotePlayer, ReplicationSystems, WireClock};

pub(super) fn build(app: &mut App) {
    app.add_systems(
        RulesTick,
        send_clock
            .in_set(RulesSystems::Send)
            .run_if(super::is_hosting),
    )
    .add_systems(
        PreUpdate,
        follow_clock
            .in_set(ReplicationSystems::Deliver)
            .run_if(resource_equals(Authority::Client)),
    );
}

fn send_clock(
    clock: Res<RulesClock>,
    mode: Res<ClockMode>,
    paused: Res<Paused>,
    new: Query<(), Added<RemotePlayer>>,
    mut since: Local<u32>,
    mut out: MessageWriter<ToClients<WireClock>>,
) {
    *since += 1;
    let due = f64::from(*since) >= mode.hz();
    if due || !new.is_empty() || paused.is_changed() {
        *since = 0;
        out.write(ToClients {
            targets: SendTargets::CLIENTS_ONLY,
            message: WireClock {
                tick: clock.tick,
                hz: mode.hz() as f32,
                paused: paused.0,
            },
        });
    }
}

fn follow_clock(
    mut words: MessageReader<WireClock>,
    mut clock: ResMut<RulesClock>,
    mut paused: ResMut<Paused>,
) {
    for word in words.read() {
        // Small differences are only the network's delay; stepping back and forth would make
        // countdowns flicker.
        if clock.tick.abs_diff(word.tick) > 3 {
            clock.tick = word.tick;
        }
        if paused.0 != word.paused {
            paused.0 = word.paused;
        }
    }
}
