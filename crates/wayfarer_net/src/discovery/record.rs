//! The text record of a game.

use std::net::{SocketAddr, SocketAddrV6};

use mdns_sd::{ResolvedService, ScopedIp};

use super::LanGame;
use crate::session::{clean_line, clean_name};

/// What a host tells about its game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub name: String,
    pub players: u32,
    pub max_players: u32,
    pub needs_code: bool,
    pub wire: u16,
}

impl Record {
    pub(super) fn properties(&self) -> Vec<(String, String)> {
        let pair = |key: &str, value: String| (key.to_owned(), value);
        vec![
            pair("v", self.wire.to_string()),
            pair("name", self.name.clone()),
            pair("players", self.players.to_string()),
            pair("max", self.max_players.to_string()),
            pair("code", u8::from(self.needs_code).to_string()),
        ]
    }

    /// Anybody can announce anything: what makes no sense is no game.
    pub(super) fn read<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        Some(Self {
            wire: get("v")?.parse().ok()?,
            name: clean_name(get("name")?, "Game"),
            players: get("players")?.parse().ok()?,
            max_players: get("max")?.parse().ok()?,
            needs_code: get("code")? != "0",
        })
    }
}

/// The game that a resolved service stands for.
pub(super) fn game(service: &ResolvedService) -> Option<LanGame> {
    let record = Record::read(|key| service.get_property_val_str(key))?;
    let mut addresses: Vec<_> = service
        .get_addresses()
        .iter()
        .take(16)
        .map(|address| match address {
            ScopedIp::V6(v6) => {
                SocketAddrV6::new(*v6.addr(), service.port, 0, v6.scope_id().index).into()
            }
            other => SocketAddr::new(other.to_ip_addr(), service.port),
        })
        .collect();
    // IPv4 first, link-local last: the order in which they usually work.
    addresses.sort_by_key(|address| {
        let link_local = match address {
            SocketAddr::V4(v4) => v4.ip().is_link_local(),
            SocketAddr::V6(v6) => v6.ip().is_unicast_link_local(),
        };
        (link_local, address.is_ipv6(), *address)
    });
    if addresses.is_empty() || service.port == 0 {
        return None;
    }
    Some(LanGame {
        name: record.name,
        addresses,
        players: record.players,
        max_players: record.max_players,
        needs_code: record.needs_code,
        wire: record.wire,
        id: clean_line(service.get_fullname(), 200),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::HashMap;

    use mdns_sd::ServiceInfo;

    use super::*;

    fn record() -> Record {
        Record {
            name: "Tom's cave".into(),
            players: 2,
            max_players: 8,
            needs_code: true,
            wire: 1,
        }
    }

    #[test]
    fn records_round_trip_and_nonsense_is_no_game() {
        let map: HashMap<_, _> = record().properties().into_iter().collect();
        let read =
            |map: &HashMap<String, String>| Record::read(|key| map.get(key).map(String::as_str));
        assert_eq!(read(&map), Some(record()));
        for (key, value) in [("v", "x"), ("players", "-1"), ("max", "99999999999")] {
            let mut bad = map.clone();
            bad.insert(key.into(), value.into());
            assert_eq!(read(&bad), None, "{key}={value}");
        }
        for key in ["v", "name", "players", "max", "code"] {
            let mut bad = map.clone();
            bad.remove(key);
            assert_eq!(read(&bad), None, "without {key}");
        }
        let mut evil = map;
        evil.insert("name".into(), "\u{202e}\n".repeat(50));
        assert_eq!(read(&evil).unwrap().name, "Game");
    }

    #[test]
    fn the_best_address_comes_first() {
        let addresses = "169.254.0.3,fe80::1,2001:db8::1,192.168.0.7";
        let properties: HashMap<_, _> = record().properties().into_iter().collect();
        let service = ServiceInfo::new(
            super::super::SERVICE,
            "abc",
            "wayfarer-abc.local.",
            addresses,
            27155,
            properties,
        );
        let game = game(&service.unwrap().as_resolved_service()).unwrap();
        let order: Vec<_> = game.addresses.iter().map(|a| a.ip().to_string()).collect();
        assert_eq!(
            order,
            ["192.168.0.7", "2001:db8::1", "169.254.0.3", "fe80::1"]
        );
        assert_eq!(
            (game.players, game.max_players, game.needs_code),
            (2, 8, true)
        );
    }
}
