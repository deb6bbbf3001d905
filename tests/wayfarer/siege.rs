//! The same harm through a real socket: a client that has joined like anybody else and then sends
//! what no program of ours would, while somebody honest plays on.

use std::time::{Duration, Instant};

use serde_bytes::ByteBuf;
use wayfarer::{
    core::{aggregate::Aggregate, door::DoorLimits, revision::Expect, state::snapshot_world},
    inventory::audit::audit,
    net::session::SessionLimits,
    prelude::*,
};

use super::{payloads, rig};

pub mod camp;

use camp::{Siege, Wire};

fn lifted() -> (SessionLimits, DoorLimits) {
    let session = SessionLimits {
        messages_per_second: 1e9,
        bytes_per_second: 1e12,
        packets_per_second: 1e9,
        ..SessionLimits::default()
    };
    let door = DoorLimits {
        per_second: 1e9,
        burst: 1e9,
        waiting: 1 << 20,
        ..DoorLimits::default()
    };
    (session, door)
}

/// No limit protects the host here: whatever is sent reaches the rules, and is refused by them.
#[test]
fn nothing_that_a_joined_client_sends_changes_anything() {
    let (session, door) = lifted();
    let mut siege = Siege::new(session, door);
    let (evil, good) = (siege.evil, siege.good);
    siege.run_for(Duration::from_millis(200));
    let before = siege.hash();
    let applied = siege.metrics().applied;

    // Every action as a foreign character, as one that does not exist, and as nobody.
    let actions = payloads::actions(&siege.host);
    for &action in &actions {
        for payload in payloads::garbage() {
            for actor in [Some(good), Some(payloads::nobody()), None] {
                let request = siege.request(actor, action, payload.clone());
                siege.send(&request);
            }
        }
        siege.settle();
        assert_eq!(siege.hash(), before, "{action:?}");
    }
    // The well-formed ones, as foreign characters and as oneself.
    let record = snapshot_world(siege.host.world());
    let table = payloads::impossible(&siege.host, evil, good);
    for (action, payload) in &table {
        for actor in [Some(good), Some(payloads::nobody()), None, Some(evil)] {
            let request = siege.request(actor, *action, payload.clone());
            siege.send(&request);
        }
    }
    siege.settle();
    assert_eq!(siege.hash(), before, "{:?}", siege.changes(&record));
    assert_eq!(siege.metrics().applied, applied, "nothing was done at all");

    // Requests that are none: cut short, too long, of unknown actions, or no message at all.
    let honest = {
        let (action, payload) = table[0].clone();
        let request = siege.request(Some(evil), action, payload);
        postcard::to_stdvec(&request).unwrap()
    };
    for length in 0..honest.len() {
        siege.send_bytes(honest[..length].to_vec());
    }
    for size in [1_001, 3_000, 4_000] {
        let request = siege.request(Some(evil), actions[0], vec![7; size]);
        siege.send(&request);
    }
    for id in [0, 1, u32::MAX] {
        let request = siege.request(Some(evil), DefId(id), vec![1, 2, 3]);
        siege.send(&request);
    }
    for payload in payloads::garbage() {
        siege.send_bytes(payload.clone());
        siege.send_message(payload);
    }
    siege.settle();
    assert_eq!(siege.hash(), before);
    assert_eq!(siege.metrics().applied, applied);
    assert!(siege.metrics().malformed > 20, "{:?}", siege.metrics());
    // The door keeps nothing of it but one line per action.
    assert!(siege.metrics().actions.len() <= actions.len() + 1);

    repeats_and_stale_revisions(&mut siege);

    // And the other one plays on.
    let (answer, _) = siege.play(&SortItems {
        compartment: Some(Place::In(0)),
        by: SortBy::Weight,
    });
    assert!(answer.result.is_ok(), "{answer:?}");

    // A message that is larger than any honest one ends the connection, not the game.
    let before = siege.hash();
    siege.send_bytes(vec![1; 200_000]);
    siege.until("the villain is shown the door", |siege| {
        matches!(
            siege.villain.world().resource::<SessionStatus>(),
            SessionStatus::Lost(_)
        )
    });
    assert_eq!(siege.hash(), before);
    let (answer, _) = siege.play(&SortItems {
        compartment: Some(Place::In(0)),
        by: SortBy::Name,
    });
    assert!(answer.result.is_ok(), "{answer:?}");
}

/// One request that is in order is done once, however often it comes; one that saw an older
/// state is not done at all.
fn repeats_and_stale_revisions(siege: &mut Siege) {
    let (evil, good) = (siege.evil, siege.good);
    let stack = rig::items(&siege.host, evil)
        .into_iter()
        .find(|item| item.count > 3)
        .expect("something to split");
    let split = SplitStack {
        item: stack.uid,
        count: 1,
        to: None,
    };
    let payload = postcard::to_stdvec(&split).unwrap();
    let action = DefId::of(SplitStack::NAME);
    let once = siege.request(Some(evil), action, payload.clone());
    let before = siege.hash();
    siege.send(&once);
    siege.settle();
    let after = siege.hash();
    assert_ne!(after, before, "it is done");
    for _ in 0..200 {
        siege.send(&once);
        // The same name for something else.
        let mut other = once.clone();
        other.payload = ByteBuf::from(
            postcard::to_stdvec(&DropItem {
                item: stack.uid,
                count: None,
            })
            .unwrap(),
        );
        other.action = DefId::of(DropItem::NAME);
        siege.send(&other);
    }
    siege.settle();
    assert_eq!(siege.hash(), after, "and never again");
    assert!(siege.metrics().repeated >= 400, "{:?}", siege.metrics());

    // The honest player changes something; the villain claims to have seen it as it was, as it
    // will be, and what is not there at all.
    let revision = |siege: &Siege| {
        let entity = siege.host.world().resource::<UidIndex>().get(good).unwrap();
        let inventory = siege.host.world().get::<Inventory>(entity).unwrap();
        inventory.revision()
    };
    let seen = revision(siege);
    let loose = rig::items(&siege.host, good)
        .into_iter()
        .find(|item| item.place == Place::In(0))
        .expect("something in the backpack");
    let (answer, _) = siege.play(&MoveItem {
        item: loose.uid,
        to: Place::In(1),
        before: None,
    });
    if answer.result.is_err() {
        let sorted = siege.play(&SortItems {
            compartment: Some(Place::In(0)),
            by: SortBy::Value,
        });
        assert!(sorted.0.result.is_ok(), "{sorted:?}");
    }
    let now = revision(siege);
    assert_ne!(seen, now, "the honest player has changed something");
    let before = siege.hash();
    let record = snapshot_world(siege.host.world());
    let kind = Expect::kind("inventory");
    for (uid, aggregate, revision) in [
        (good, kind, seen),
        (good, kind, now.wrapping_add(1)),
        (good, kind, now.wrapping_sub(1_000)),
        (good, kind, u32::MAX),
        (good, kind.wrapping_add(1), 0),
        (payloads::nobody(), kind, 0),
    ] {
        let mut request = siege.request(Some(evil), action, payload.clone());
        request.expect.push(Expect {
            uid,
            aggregate,
            revision,
        });
        siege.send(&request);
        siege.settle();
        assert_eq!(
            siege.hash(),
            before,
            "{uid} {aggregate} {revision}: {:?}",
            siege.changes(&record)
        );
    }
}

/// Ten thousand requests in a second: what gets past the session is cut at the door, nobody waits
/// for it, and nothing of it is kept.
fn flood(session: SessionLimits) {
    const REQUESTS: usize = 10_000;
    let mut siege = Siege::new(session, DoorLimits::default());
    let (evil, good) = (siege.evil, siege.good);
    let table = payloads::impossible(&siege.host, evil, good);
    let messages: Vec<Vec<u8>> = (0..REQUESTS)
        .map(|n| {
            let (action, payload) = table[n % table.len()].clone();
            let request = siege.request(Some(good), action, payload);
            let request = postcard::to_stdvec(&request).unwrap();
            postcard::to_stdvec(&ByteBuf::from(request)).unwrap()
        })
        .collect();
    let (before, counts) = (siege.hash(), audit(siege.host.world()).counts);
    let began = siege.metrics();
    let lines = siege.host.world().resource::<Ledger>().iter().len();

    let mut messages = messages.into_iter();
    let start = Instant::now();
    let mut sent = 0;
    let mut pour = |siege: &mut Siege| {
        let due = (start.elapsed().as_secs_f64() * REQUESTS as f64) as usize;
        let due = due.min(REQUESTS).saturating_sub(sent);
        sent += due;
        let mut wire = siege.villain.world_mut().resource_mut::<Wire>();
        wire.send.extend(messages.by_ref().take(due));
        sent
    };
    // The first half of it with nobody else at the door.
    while pour(&mut siege) < REQUESTS / 2 {
        siege.update();
    }
    assert_eq!(siege.hash(), before);
    // Then the honest player goes on in the middle of it.
    let apple = rig::items(&siege.host, good)
        .into_iter()
        .find(|item| item.place == Place::In(0))
        .expect("something in the backpack");
    let (mut waits, mut done) = (Vec::new(), 0);
    loop {
        let rest = pour(&mut siege);
        let (answer, wait) = siege.play(&SplitStack {
            item: apple.uid,
            count: 1,
            to: None,
        });
        done += u64::from(answer.result.is_ok());
        waits.push(wait);
        if rest == REQUESTS && waits.len() >= 8 {
            break;
        }
    }
    assert!(done > 0);
    waits.sort_unstable();
    let (half, most) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    let metrics = siege.metrics();
    println!(
        "{} answers to the honest player, after {half:.0?}, {most:.0?} at most; {} of {REQUESTS} \
         arrived, {} were over the limit; at most {:?} waited",
        waits.len(),
        metrics.received - began.received,
        metrics.rate_limited - began.rate_limited,
        siege.most,
    );
    assert!(
        most < Duration::from_secs(2),
        "the honest player waited {most:?}"
    );
    assert_eq!(
        metrics.applied - began.applied,
        done,
        "only what the honest player asked for was done"
    );
    // At most two people's queues in, and out.
    let waiting = DoorLimits::default().waiting;
    assert!(siege.most.0 <= 2 * waiting, "{:?}", siege.most);
    assert!(siege.most.1 <= 2 * waiting, "{:?}", siege.most);
    let seconds = start.elapsed().as_secs_f64();
    let decided = (metrics.applied + metrics.refused) - (began.applied + began.refused);
    assert!(
        decided as f64 <= 80.0 + 40.0 * (seconds + 1.0) + waits.len() as f64,
        "{decided} were decided in {seconds} s"
    );
    let kept = siege.host.world().resource::<Ledger>().iter().len() - lines;
    assert!(
        kept as u64 <= decided,
        "{kept} lines for {decided} decisions"
    );

    // What is still on its way harms nobody either.
    let after = siege.hash();
    let record = snapshot_world(siege.host.world());
    siege.run_for(Duration::from_millis(500));
    assert_eq!(siege.hash(), after, "{:?}", siege.changes(&record));
    assert_eq!(
        audit(siege.host.world()).counts,
        counts,
        "nothing came or went"
    );
    assert!(siege.metrics().actions.len() <= payloads::actions(&siege.host).len() + 1);
}

#[test]
fn a_flood_over_the_network_is_slowed_down_by_the_session() {
    flood(SessionLimits::default());
}

#[test]
fn a_flood_that_gets_past_the_session_is_cut_at_the_door() {
    flood(lifted().0);
}
