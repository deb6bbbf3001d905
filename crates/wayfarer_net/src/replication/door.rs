//! Carries requests to the host's door and answers back.

use bevy::prelude::*;
use bevy_replicon::prelude::*;
use wayfarer_core::{
    authority::{Authority, is_host},
    clock::{RulesSystems, RulesTick},
    door::{Answers, Arrived, DoorLimits, DoorMetrics, Inbox, Origin, Outbox, Pending},
};

use super::{RemotePlayer, ReplicationSystems, WireAnswers, WireRequest};

pub(super) fn build(app: &mut App) {
    app.add_systems(
        PreUpdate,
        (
            take_requests.run_if(is_host),
            take_answers.run_if(resource_equals(Authority::Client)),
        )
            .in_set(ReplicationSystems::Deliver),
    )
    .add_systems(
        PostUpdate,
        send_requests
            .in_set(ReplicationSystems::Dispatch)
            .run_if(resource_equals(Authority::Client)),
    )
    .add_systems(
        RulesTick,
        send_answers
            .in_set(RulesSystems::Send)
            .run_if(super::is_hosting),
    );
}

/// On a client: what the player asked for leaves, in order.
fn send_requests(
    mut outbox: ResMut<Outbox>,
    mut pending: ResMut<Pending>,
    mut out: MessageWriter<WireRequest>,
) {
    while let Some((request, action)) = outbox.take() {
        pending.sent(request.id, action);
        out.write(WireRequest(
            postcard::to_stdvec(&request).unwrap_or_default(),
        ));
    }
}

/// On the host: what clients ask for is put before the rules, if we know who they are.
fn take_requests(
    mut words: MessageReader<FromClient<WireRequest>>,
    clients: Query<&RemotePlayer, With<AuthorizedClient>>,
    limits: Res<DoorLimits>,
    mut inbox: ResMut<Inbox>,
    mut metrics: ResMut<DoorMetrics>,
) {
    for word in words.read() {
        // Replicon delivers before authorisation; strangers are not listened to.
        let ClientId::Client(client) = word.client_id else {
            continue;
        };
        let Ok(remote) = clients.get(client) else {
            continue;
        };
        let taken = inbox.push(
            Arrived {
                origin: Origin::Remote(client),
                player: remote.player,
                bytes: word.message.0.clone(),
            },
            limits.waiting,
        );
        if !taken {
            metrics.rate_limited += 1;
        }
    }
}

/// On the host: answers leave, but not to those who have gone; a message to a client that is no
/// longer there brings some backends down.
fn send_answers(
    mut answers: ResMut<Answers>,
    clients: Query<(), With<ConnectedClient>>,
    mut out: MessageWriter<ToClients<WireAnswers>>,
) {
    let mut answers = std::mem::take(&mut answers.remote);
    // Stable: each client's answers stay in order.
    answers.sort_by_key(|(client, _)| *client);
    let mut answers = answers.into_iter().peekable();
    while let Some((client, first)) = answers.next() {
        let mut batch = vec![first];
        while let Some((_, next)) = answers.next_if(|(other, _)| *other == client) {
            batch.push(next);
        }
        if clients.contains(client) {
            out.write(ToClients {
                targets: SendTargets::Single(ClientId::Client(client)),
                message: WireAnswers(batch),
            });
        }
    }
}

/// On a client: the host's answers are told to the game in the next tick.
fn take_answers(mut words: MessageReader<WireAnswers>, mut answers: ResMut<Answers>) {
    for word in words.read() {
        for answer in &word.0 {
            answers.deliver(answer.clone());
        }
    }
}
