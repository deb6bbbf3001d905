//! Who is at the table.

use bevy::prelude::World;
use wayfarer_net::replication::PeopleOnline;

use crate::out::{Out, printable};

/// Prints everybody whom the host knows.
pub(crate) fn print(world: &World, out: &mut Out) {
    let people = &world.resource::<PeopleOnline>().0;
    if people.is_empty() {
        out.line("the host has not said who is here");
    }
    for person in people {
        let place = match (person.online, person.ping_ms) {
            (false, _) => "away".to_owned(),
            (true, None) => "here".to_owned(),
            (true, Some(ms)) => format!("here, {ms} ms"),
        };
        let name = printable(&person.name);
        out.line(format!(
            "  {name} ({}): {}, {place}",
            person.player,
            person.role.name()
        ));
    }
}
