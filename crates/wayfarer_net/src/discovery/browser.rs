use bevy::prelude::{MessageReader, ResMut, Resource};
use mdns_sd::{Receiver, ServiceDaemon, ServiceEvent};

use super::{LanGame, LanGames, SERVICE, record::game};
use crate::session::BrowseLan;

/// Games listed at most: anybody on the network can announce any number.
const MAX_GAMES: usize = 64;
/// Events handled in one frame.
const PER_FRAME: usize = 64;

/// The search for games, while it is on.
#[derive(Resource, Default)]
pub(crate) struct LanBrowser(Option<Search>);

struct Search {
    daemon: ServiceDaemon,
    events: Receiver<ServiceEvent>,
}

impl Search {
    fn start() -> Result<Self, String> {
        let daemon = ServiceDaemon::new().map_err(|error| error.to_string())?;
        let events = daemon.browse(SERVICE).map_err(|error| error.to_string())?;
        Ok(Self { daemon, events })
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        let _ = self.daemon.stop_browse(SERVICE);
        let _ = self.daemon.shutdown();
    }
}

/// Starts and stops the search, and keeps the list.
pub(crate) fn browse(
    mut wishes: MessageReader<BrowseLan>,
    mut browser: ResMut<LanBrowser>,
    mut games: ResMut<LanGames>,
) {
    for wish in wishes.read() {
        match wish {
            BrowseLan::Start if browser.0.is_some() => {}
            BrowseLan::Start => match Search::start() {
                Ok(search) => {
                    browser.0 = Some(search);
                    *games = LanGames::default();
                }
                Err(why) => {
                    games.warning = Some(format!(
                        "cannot look for games on the local network ({why}): type the address"
                    ));
                }
            },
            BrowseLan::Stop => {
                browser.0 = None;
                *games = LanGames::default();
            }
        }
    }
    let Some(search) = &browser.0 else {
        return;
    };
    for event in search.events.try_iter().take(PER_FRAME) {
        match event {
            ServiceEvent::ServiceResolved(service) => {
                if let Some(found) = game(&service) {
                    list(&mut games.games, found);
                }
            }
            ServiceEvent::ServiceRemoved(_, id) => games.games.retain(|game| game.id != id),
            _ => {}
        }
    }
}

fn list(games: &mut Vec<LanGame>, found: LanGame) {
    if let Some(known) = games.iter_mut().find(|game| game.id == found.id) {
        *known = found;
    } else if games.len() < MAX_GAMES {
        games.push(found);
    }
    games.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn game(id: usize, name: &str) -> LanGame {
        LanGame {
            name: name.into(),
            addresses: vec![([127, 0, 0, 1], 1).into()],
            players: 0,
            max_players: 1,
            needs_code: false,
            wire: 1,
            id: format!("id {id}"),
        }
    }

    #[test]
    fn the_list_is_bounded_and_renewed_in_place() {
        let mut games = Vec::new();
        for id in 0..1000 {
            list(&mut games, game(id, "x"));
        }
        assert_eq!(games.len(), MAX_GAMES);
        list(&mut games, game(3, "a"));
        assert_eq!(games.len(), MAX_GAMES);
        assert_eq!(
            (games[0].name.as_str(), games[0].id.as_str()),
            ("a", "id 3")
        );
    }
}
