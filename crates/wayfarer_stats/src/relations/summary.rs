//! One number for all bonds of a holder.

use wayfarer_core::{content::Content, id::DefId};

use super::{Relations, read};
use crate::{id::StatId, rules::resource::Now};

/// How the values of several bonds become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    /// Their mean.
    Mean,
    /// The highest.
    Max,
    /// The lowest.
    Min,
    /// All together.
    Sum,
}

/// One axis over all bonds of a kind that the holder has: how warm somebody is with the world, who
/// is trusted most. Others who no longer exist count. `None` without any bond, or if the content
/// does not have the kind or the stat.
///
/// Computed when it is asked for, so that wearing off is in it.
pub fn summary(
    relations: &Relations,
    content: &Content,
    kind: DefId,
    stat: StatId,
    combine: Combine,
    now: Now,
) -> Option<f32> {
    let bonds = relations.iter().map(|(bond, _)| bond);
    let values = bonds
        .filter(|bond| bond.kind == kind)
        .filter_map(|bond| read(relations, content, bond, now)?.get(stat));
    // In f64 and in the order of the others, so that it is the same on every machine.
    let (mut count, mut sum) = (0_u32, 0.0_f64);
    let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
    for value in values {
        count += 1;
        sum += f64::from(value);
        low = low.min(value);
        high = high.max(value);
    }
    let limit = f64::from(f32::MAX);
    (count > 0).then(|| match combine {
        Combine::Mean => (sum / f64::from(count)) as f32,
        Combine::Max => high,
        Combine::Min => low,
        Combine::Sum => sum.clamp(-limit, limit) as f32,
    })
}
