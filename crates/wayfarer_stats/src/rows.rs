//! Small maps from stat to value: vectors sorted by id, so that equal maps have equal bytes.

use crate::id::StatId;

/// The value of a stat.
pub(crate) fn get<T: Copy>(rows: &[(StatId, T)], stat: StatId) -> Option<T> {
    let at = rows.binary_search_by_key(&stat, |row| row.0).ok()?;
    rows.get(at).map(|row| row.1)
}

/// Sets or removes the value of a stat; returns the one before.
pub(crate) fn set<T: Copy>(
    rows: &mut Vec<(StatId, T)>,
    stat: StatId,
    value: Option<T>,
) -> Option<T> {
    match (rows.binary_search_by_key(&stat, |row| row.0), value) {
        (Ok(at), Some(value)) => Some(std::mem::replace(&mut rows[at].1, value)),
        (Ok(at), None) => Some(rows.remove(at).1),
        (Err(at), Some(value)) => {
            rows.insert(at, (stat, value));
            None
        }
        (Err(_), None) => None,
    }
}

/// Sorts rows; `false` when a stat occurs twice.
pub(crate) fn sort<T>(rows: &mut [(StatId, T)]) -> bool {
    rows.sort_unstable_by_key(|row| row.0);
    rows.windows(2).all(|pair| pair[0].0 != pair[1].0)
}
