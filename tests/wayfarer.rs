//! The whole system as a game has it: real packs, real sockets, real files, several processes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

/// Numbers that look random and are the same every time. The proxy throws them too.
mod garbage {
    pub struct Dice(pub u64);

    impl Dice {
        pub fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }

        /// 0 to below `n`.
        #[allow(dead_code, reason = "the proxy may use it")]
        pub fn below(&mut self, n: u64) -> u64 {
            self.next() % n.max(1)
        }
    }
}
#[path = "../crates/wayfarer_net/tests/net/proxy.rs"]
#[allow(dead_code, reason = "shared with the network crate's own tests")]
mod proxy;

#[path = "wayfarer"]
mod whole {
    mod bystanders;
    mod conservation;
    mod documents;
    mod hostile;
    mod market;
    mod order;
    mod packs;
    pub mod part;
    pub mod payloads;
    mod processes;
    mod replay;
    pub mod rig;
    mod saves;
    mod schedules;
    mod siege;
}
