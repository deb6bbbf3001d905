use std::{
    collections::HashMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use mdns_sd::{ServiceDaemon, ServiceInfo};

use super::{SERVICE, record::Record};
use crate::identity::Fingerprint;

/// How often a changed number of players is told.
const PAUSE: Duration = Duration::from_secs(1);

/// A game shown on the local network as long as this lives.
pub(crate) struct Advert {
    daemon: ServiceDaemon,
    instance: String,
    address: SocketAddr,
    shown: Record,
    at: Instant,
}

pub(crate) use super::record::Record as AdvertRecord;

impl Advert {
    /// Starts to show the game; `Err` says why it cannot be shown.
    pub(crate) fn start(
        record: Record,
        address: SocketAddr,
        host: Fingerprint,
    ) -> Result<Self, String> {
        if address.ip().is_loopback() {
            return Err(format!("only this computer can reach {address}"));
        }
        let daemon = ServiceDaemon::new().map_err(|error| error.to_string())?;
        // The key makes the name unique; the port tells two games on one computer apart.
        let mut instance: String = host
            .to_string()
            .chars()
            .filter(|c| *c != ' ')
            .take(16)
            .collect();
        instance.push_str(&format!("-{}", address.port()));
        let advert = Self {
            daemon,
            instance,
            address,
            shown: record,
            at: Instant::now(),
        };
        advert.register()?;
        Ok(advert)
    }

    /// Tells what changed, not too often.
    pub(crate) fn update(&mut self, players: u32, now: Instant) {
        if self.shown.players == players || now.saturating_duration_since(self.at) < PAUSE {
            return;
        }
        self.shown.players = players;
        self.at = now;
        if let Err(why) = self.register() {
            tracing::warn!("the local network is not told of {players} players: {why}");
        }
    }

    fn register(&self) -> Result<(), String> {
        let properties: HashMap<_, _> = self.shown.properties().into_iter().collect();
        let all = self.address.ip().is_unspecified();
        let ip = if all {
            String::new()
        } else {
            self.address.ip().to_string()
        };
        let host = format!("wayfarer-{}.local.", self.instance);
        let port = self.address.port();
        let info = ServiceInfo::new(SERVICE, &self.instance, &host, ip, port, properties);
        let info = info.map_err(|error| error.to_string())?;
        let info = if all { info.enable_addr_auto() } else { info };
        self.daemon
            .register(info)
            .map_err(|error| error.to_string())
    }
}

impl Drop for Advert {
    fn drop(&mut self) {
        // The answers come later, to nobody; the daemon's thread ends by itself.
        let _ = self
            .daemon
            .unregister(&format!("{}.{SERVICE}", self.instance));
        let _ = self.daemon.shutdown();
    }
}
