//! What one slot holds.

use std::collections::BTreeMap;

use wayfarer_core::{
    character::{Character, DisplayName},
    state::{EntityRecord, Part},
};
use wayfarer_save::{
    SaveHeader,
    store::{Loaded, Record},
};

use super::{bytes::size, problems};
use crate::{
    date::moment,
    end::End,
    out::{Colour, Out, count, printable},
};

/// The name under which the save plugin stores a thing.
const ENTITY: &str = "entity";

/// The records of a save, decoded as far as this program can.
#[derive(Default)]
struct Contents<'l> {
    resources: BTreeMap<&'l str, Part>,
    entities: Vec<(EntityRecord, usize)>,
    /// Records of no form that we know: a game's own, settings, or damage below the checksums.
    other: Vec<(&'l Record, &'static str)>,
}

impl<'l> Contents<'l> {
    fn of(loaded: &'l Loaded) -> Self {
        let mut contents = Self::default();
        // Without a header the save is not one of a world (the player's settings are such), and
        // its records are not in our form even if they happen to decode.
        let is_world = SaveHeader::read(&loaded.meta.extra).is_some();
        for record in &loaded.records {
            if !is_world {
                contents.other.push((record, ""));
            } else if record.key.owner == 0 {
                match postcard::from_bytes(&record.bytes) {
                    Ok(part) => drop(contents.resources.insert(&record.key.name, part)),
                    Err(_) => contents.other.push((record, "not a resource")),
                }
            } else if record.key.name == ENTITY {
                match postcard::from_bytes(&record.bytes) {
                    Ok(entity) => contents.entities.push((entity, record.bytes.len())),
                    Err(_) => contents.other.push((record, "not an entity")),
                }
            } else {
                contents.other.push((record, ""));
            }
        }
        contents
    }

    fn is_readable(&self) -> bool {
        self.other.iter().all(|(_, why)| why.is_empty())
    }
}

/// Prints the save.
pub(crate) fn print(loaded: &Loaded, out: &mut Out) -> End {
    let contents = Contents::of(loaded);
    print_head(loaded, out);
    problems(loaded.problems.iter(), out);
    if !contents.entities.is_empty() {
        out.line("");
        out.heading(count(contents.entities.len(), "entity"));
        for (entity, bytes) in &contents.entities {
            print_entity(entity, *bytes, out);
        }
    }
    if !contents.resources.is_empty() {
        out.line("");
        out.heading(count(contents.resources.len(), "resource"));
        for (name, part) in &contents.resources {
            print_part(name, part, out);
        }
    }
    if !contents.other.is_empty() {
        out.line("");
        out.heading(count(contents.other.len(), "other record"));
        for (record, why) in &contents.other {
            let why = out.paint(Colour::Error, why);
            let key = printable(&record.key.to_string());
            out.line(format!("  {key}  {}  {why}", size(record.bytes.len() as u64)).trim_end());
        }
    }
    End::good_if(loaded.problems.is_empty() && contents.is_readable())
}

fn print_head(loaded: &Loaded, out: &mut Out) {
    let name = out.paint(Colour::Strong, &loaded.slot);
    out.line(format!("{name}  \"{}\"", printable(&loaded.meta.label)));
    out.line(format!(
        "  generation {} + {}, saved {}",
        loaded.generation,
        count(loaded.sequence as usize, "change"),
        moment(loaded.saved_at)
    ));
    let bytes: usize = loaded.records.iter().map(|record| record.bytes.len()).sum();
    out.line(format!(
        "  {}, {}",
        count(loaded.records.len(), "record"),
        size(bytes as u64)
    ));
    let Some(header) = SaveHeader::read(&loaded.meta.extra) else {
        return;
    };
    out.line(format!("  tick {}", header.tick));
    for (name, version, hash) in &header.packs {
        let pack = printable(&format!("{name} {version}"));
        out.line(format!("  pack {pack} ({hash:016x})"));
    }
}

fn print_entity(entity: &EntityRecord, bytes: usize, out: &mut Out) {
    let uid = out.paint(Colour::Strong, entity.uid);
    let who = [name(entity), template(entity)];
    let who: Vec<String> = who.into_iter().flatten().collect();
    let size = size(bytes as u64);
    out.line(format!("{uid}  {}  {size}", who.join("  ")));
    for (name, part) in &entity.parts {
        print_part(name, part, out);
    }
}

fn print_part(name: &str, part: &Part, out: &mut Out) {
    let name = printable(name);
    let size = size(part.bytes.len() as u64);
    out.line(format!("  {name:<28} v{:<3} {size:>10}", part.version));
}

/// The name shown in the game.
fn name(entity: &EntityRecord) -> Option<String> {
    let name: DisplayName = decode(entity, "core.name")?;
    Some(printable(&name.0))
}

/// The definition it was made after.
fn template(entity: &EntityRecord) -> Option<String> {
    let character: Character = decode(entity, "core.character")?;
    Some(printable(character.template()))
}

/// A part in the form that this program knows; parts of other versions are for the game to read.
fn decode<T: serde::de::DeserializeOwned>(entity: &EntityRecord, name: &str) -> Option<T> {
    let part = entity.parts.get(name).filter(|part| part.version == 1)?;
    postcard::from_bytes(&part.bytes).ok()
}
