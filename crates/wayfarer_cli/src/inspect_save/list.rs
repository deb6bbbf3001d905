//! The slots of a profile.

use wayfarer_save::{SaveHeader, store::SlotInfo};

use super::{bytes::size, problems};
use crate::{
    date::moment,
    end::End,
    out::{Out, count, printable},
};

/// Prints every slot.
pub(crate) fn print(slots: &[SlotInfo], out: &mut Out) -> End {
    if slots.is_empty() {
        out.line("the profile holds no saves");
        return End::Good;
    }
    for (number, slot) in slots.iter().enumerate() {
        if number > 0 {
            out.line("");
        }
        print_one(slot, out);
    }
    End::good_if(slots.iter().all(|slot| slot.problems.is_empty()))
}

fn print_one(slot: &SlotInfo, out: &mut Out) {
    let label = printable(&slot.meta.label);
    let label = if label.is_empty() {
        String::new()
    } else {
        format!("  \"{label}\"")
    };
    let name = out.paint(crate::out::Colour::Strong, &slot.name);
    out.line(format!("{name}{label}"));
    if slot.generation == 0 {
        out.line(format!(
            "  nothing can be read, {} on disk",
            size(slot.bytes)
        ));
    } else {
        out.line(format!(
            "  generation {} + {}, saved {}",
            slot.generation,
            count(slot.sequence as usize, "change"),
            moment(slot.saved_at)
        ));
        out.line(format!(
            "  {}, {} on disk, {}",
            count(slot.records, "record"),
            size(slot.bytes),
            if slot.has_previous {
                "previous generation there"
            } else {
                "no previous generation"
            }
        ));
        if let Some(header) = SaveHeader::read(&slot.meta.extra) {
            out.line(format!("  tick {}, {}", header.tick, packs(&header)));
        }
    }
    problems(slot.problems.iter(), out);
}

/// `packs core 0.1.0, demo 0.2.0`.
pub(crate) fn packs(header: &SaveHeader) -> String {
    if header.packs.is_empty() {
        return "no packs".to_owned();
    }
    let names: Vec<String> = header
        .packs
        .iter()
        .map(|(name, version, _)| printable(&format!("{name} {version}")))
        .collect();
    format!("packs {}", names.join(", "))
}
