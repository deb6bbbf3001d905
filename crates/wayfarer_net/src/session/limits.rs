use std::time::Duration;

use bevy::prelude::Resource;

/// What a session lets through, and how fast. The defaults suit a game of up to 100 players;
/// change them before hosting or joining.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct SessionLimits {
    /// Largest message from a client to the host in bytes. Larger ones are not sent; who sends
    /// them anyway is disconnected.
    pub client_message: usize,
    /// Largest list of acknowledgements (replicon's first client channel) in bytes.
    pub client_acks: usize,
    /// Largest message from the host to a client in bytes.
    pub host_message: usize,
    /// Bytes that may wait on the host for one slow client before it is disconnected.
    pub host_queue: usize,
    /// Bytes that may wait on a client for the host before it gives up.
    pub client_queue: usize,
    /// Received messages that may wait for the game, per connection.
    pub inbox_messages: usize,
    /// Bytes of received messages that may wait on the host for the game, per client.
    pub host_inbox_bytes: usize,
    /// Bytes of received messages that may wait on a client for the game.
    pub client_inbox_bytes: usize,
    /// Messages a client may send in a second; ten times as many in a burst of datagrams, or ten
    /// seconds of holding the brake, count as flooding.
    pub messages_per_second: f64,
    /// Bytes of messages a client may send in a second.
    pub bytes_per_second: f64,
    /// UDP packets a client may send in a second; above it (for a second) it is flooding.
    pub packets_per_second: f64,
    /// Wrong codes from one address before it must wait.
    pub code_tries: u32,
    /// How long a wrong code counts.
    pub code_window: Duration,
    /// How long TLS and the hello may take.
    pub hello_timeout: Duration,
    /// People who may be in the hello at the same time.
    pub hellos: usize,
    /// People who may be in the hello at the same time from one address.
    pub hellos_per_address: usize,
    /// Hellos begun in a second from one address; twice as many at once.
    pub hellos_per_second: f64,
    /// Silence after which a connection is lost. Both sides send a sign of life four times in it
    /// or more.
    pub silence: Duration,
    /// How long a goodbye may take to be heard.
    pub goodbye: Duration,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            client_message: 4 << 10,
            client_acks: 64 << 10,
            host_message: 16 << 20,
            host_queue: 32 << 20,
            client_queue: 1 << 20,
            inbox_messages: 4096,
            host_inbox_bytes: 1 << 20,
            client_inbox_bytes: 64 << 20,
            messages_per_second: 600.0,
            bytes_per_second: 256.0 * 1024.0,
            packets_per_second: 4000.0,
            code_tries: 5,
            code_window: Duration::from_secs(60),
            hello_timeout: Duration::from_secs(5),
            hellos: 64,
            hellos_per_address: 8,
            hellos_per_second: 10.0,
            silence: Duration::from_secs(5),
            goodbye: Duration::from_secs(1),
        }
    }
}

impl SessionLimits {
    /// How often a connection with nothing to say shows that it lives.
    pub(crate) fn keep_alive(&self) -> Duration {
        (self.silence / 4).min(Duration::from_secs(1))
    }
}
