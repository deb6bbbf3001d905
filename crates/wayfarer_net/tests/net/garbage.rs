use std::{
    net::UdpSocket,
    time::{Duration, Instant},
};

use super::support::*;

/// A small generator: tests must not differ from run to run.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

#[test]
fn garbage_on_the_port_harms_nobody() {
    let (mut host, address) = host(host_wish());
    let mut client = join(&mut host, join_wish(address));
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let mut dice = Dice(7);
    let start = Instant::now();
    let mut sent = 0_u32;
    while start.elapsed() < Duration::from_millis(500) {
        for _ in 0..100 {
            let length = (dice.next() % 1400) as usize;
            let mut bytes: Vec<u8> = (0..length).map(|_| dice.next() as u8).collect();
            // Half of it looks like the first packet of a QUIC connection.
            if dice.next().is_multiple_of(2) && bytes.len() > 5 {
                bytes[0] |= 0xc0;
                bytes[1..5].copy_from_slice(&[0, 0, 0, 1]);
                bytes.resize(1200, 0);
            }
            let _ = socket.send_to(&bytes, address);
            sent += 1;
        }
        ask(&mut client, sent, 0);
        run_for(&mut [&mut host, &mut client], Duration::from_millis(5));
    }
    let asked = start;
    ask(&mut client, 1, 0);
    wait_for(&mut [&mut host, &mut client], "an answer", |apps| {
        log(apps[1]).answers.last() == Some(&1)
    });
    assert!(asked.elapsed() < Duration::from_secs(3));
    assert!(sent >= 300);
    drop(join(&mut host, join_wish(address)));
}
