use bevy::prelude::*;
use proptest::prelude::*;
use serde_bytes::ByteBuf;
use wayfarer_core::{
    door::{Answers, Arrived, DoorMetrics, Inbox, Origin, Outbox, Request, RequestId},
    prelude::*,
    revision::Expect,
};

use super::purse::{ANN, BEN, Pay, Purse, app, coins, pay, uid};

fn request(sequence: u32, action: &Pay) -> Request {
    Request {
        id: RequestId { nonce: 5, sequence },
        actor: Some(uid(1)),
        expect: smallvec::SmallVec::new(),
        action: DefId::of(Pay::NAME),
        payload: ByteBuf::from(postcard::to_stdvec(action).unwrap()),
    }
}

/// A client entity only names where answers go.
fn send(app: &mut App, player: PlayerId, bytes: Vec<u8>) {
    let client = Entity::from_raw_u32(player.0 as u32).unwrap();
    app.world_mut().resource_mut::<Inbox>().push(
        Arrived {
            origin: Origin::Remote(client),
            player,
            bytes,
        },
        100_000,
    );
}

fn send_request(app: &mut App, player: PlayerId, request: &Request) {
    send(app, player, postcard::to_stdvec(request).unwrap());
}

fn tick(app: &mut App) -> Vec<Result<(), Code>> {
    app.world_mut().run_schedule(RulesTick);
    std::mem::take(&mut app.world_mut().resource_mut::<Answers>().remote)
        .into_iter()
        .map(|(_, answer)| answer.result.map(|_| ()).map_err(|r| r.code))
        .collect()
}

#[test]
fn the_local_player_goes_straight_over() {
    let mut app = app();
    app.world_mut()
        .resource_mut::<Players>()
        .arrive(ANN, "Ann", Role::Player);
    let id = app
        .world_mut()
        .resource_mut::<Outbox>()
        .send(Some(uid(1)), &pay(10));
    app.world_mut().run_schedule(RulesTick);
    let answered: Vec<Answered> = app
        .world_mut()
        .resource_mut::<Messages<Answered>>()
        .drain()
        .collect();
    assert_eq!(answered.len(), 1);
    assert_eq!(answered[0].id, id);
    assert_eq!(answered[0].receipt::<Pay>(), Some(90));
    assert!(app.world().resource::<Pending>().is_empty());
}

#[test]
fn a_repeat_is_answered_from_memory() {
    let mut app = app();
    for _ in 0..3 {
        send_request(&mut app, ANN, &request(1, &pay(10)));
    }
    assert_eq!(tick(&mut app), vec![Ok(()); 3]);
    send_request(&mut app, ANN, &request(1, &pay(10)));
    assert_eq!(tick(&mut app), vec![Ok(())]);
    assert_eq!(coins(&app, 1), 90, "applied once");
    assert_eq!(app.world().resource::<DoorMetrics>().repeated, 3);
}

#[test]
fn somebody_elses_change_conflicts_and_ones_own_does_not() {
    let mut app = app();
    let expecting = |sequence, revision| {
        let mut request = request(sequence, &pay(1));
        request.expect.push(Expect {
            uid: uid(1),
            aggregate: Expect::kind(Purse::NAME),
            revision,
        });
        request
    };
    // Five quick clicks, all with what was on the screen when the first was made.
    for sequence in 1..=5 {
        send_request(&mut app, ANN, &expecting(sequence, 0));
    }
    assert_eq!(tick(&mut app), vec![Ok(()); 5]);
    app.world_mut()
        .act(
            PlayerId::LOCAL,
            Some(uid(2)),
            &Pay {
                to: uid(1),
                coins: 1,
            },
        )
        .unwrap();
    send_request(&mut app, ANN, &expecting(6, 5));
    assert_eq!(tick(&mut app), vec![Err(Code::CONFLICT)]);
    send_request(&mut app, ANN, &expecting(7, 6));
    assert_eq!(tick(&mut app), vec![Ok(())]);
}

#[test]
fn a_flood_is_cut_without_harm_to_others() {
    let mut app = app();
    for sequence in 1..=10_000 {
        send_request(&mut app, ANN, &request(sequence, &pay(1)));
    }
    send_request(&mut app, BEN, &{
        let mut r = request(
            1,
            &Pay {
                to: uid(1),
                coins: 1,
            },
        );
        r.actor = Some(uid(2));
        r
    });
    let answers = tick(&mut app);
    let done = answers.iter().filter(|a| a.is_ok()).count();
    assert_eq!(done, 81, "80 of the flood, 1 of the other");
    assert_eq!(coins(&app, 2), 100 + 80 - 1);
    assert!(answers.len() <= 82, "a flood is not answered one by one");
}

#[test]
fn too_large_and_unreadable_requests_are_counted_and_dropped() {
    let mut app = app();
    let before = state_hash(app.world());
    send(&mut app, ANN, vec![0xff; 900]);
    send(&mut app, ANN, vec![0; 5_000]);
    send(&mut app, ANN, Vec::new());
    let mut padded = request(1, &pay(1));
    padded.payload.push(0);
    send_request(&mut app, ANN, &padded);
    let mut unknown = request(2, &pay(1));
    unknown.action = DefId::of("test.fly");
    send_request(&mut app, ANN, &unknown);
    assert_eq!(
        tick(&mut app),
        vec![Err(Code::MALFORMED), Err(Code::UNKNOWN_ACTION)]
    );
    assert_eq!(app.world().resource::<DoorMetrics>().malformed, 3);
    assert_eq!(state_hash(app.world()), before);
}

#[test]
fn without_a_host_nothing_is_decided() {
    let mut app = app();
    *app.world_mut().resource_mut::<Authority>() = Authority::None;
    send_request(&mut app, ANN, &request(1, &pay(1)));
    app.world_mut()
        .resource_mut::<Outbox>()
        .send(Some(uid(1)), &pay(1));
    assert!(tick(&mut app).is_empty());
    let answered = app.world().resource::<Messages<Answered>>();
    assert_eq!(answered.len(), 1);
    assert_eq!(coins(&app, 1), 100);
}

#[test]
fn a_paused_game_still_answers() {
    let mut app = app();
    app.world_mut().resource_mut::<Paused>().0 = true;
    let before = app.world().resource::<RulesClock>().tick;
    send_request(&mut app, ANN, &request(1, &pay(1)));
    assert_eq!(tick(&mut app), vec![Ok(())]);
    assert_eq!(app.world().resource::<RulesClock>().tick, before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever bytes arrive, nothing panics and no coin is made.
    #[test]
    fn garbage_never_makes_a_coin(
        all in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 0..40),
        flips in prop::collection::vec((0usize..60, any::<u8>()), 0..20),
    ) {
        let mut app = app();
        for bytes in all {
            send(&mut app, ANN, bytes);
        }
        let honest = postcard::to_stdvec(&request(1, &pay(3))).unwrap();
        for (at, value) in flips {
            let mut bent = honest.clone();
            let at = at % bent.len();
            bent[at] = value;
            send(&mut app, ANN, bent);
        }
        tick(&mut app);
        prop_assert_eq!(coins(&app, 1) + coins(&app, 2), 200);
    }
}
