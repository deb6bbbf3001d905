//! Small maps, mostly from stat to value: sorted vectors, so that equal maps have equal bytes.

/// The value of a key.
pub(crate) fn get<K: Ord + Copy, T: Copy>(rows: &[(K, T)], key: K) -> Option<T> {
    let at = rows.binary_search_by_key(&key, |row| row.0).ok()?;
    rows.get(at).map(|row| row.1)
}

/// Sets or removes the value of a key; returns the one before.
pub(crate) fn set<K: Ord + Copy, T: Copy>(
    rows: &mut Vec<(K, T)>,
    key: K,
    value: Option<T>,
) -> Option<T> {
    match (rows.binary_search_by_key(&key, |row| row.0), value) {
        (Ok(at), Some(value)) => Some(std::mem::replace(&mut rows[at].1, value)),
        (Ok(at), None) => Some(rows.remove(at).1),
        (Err(at), Some(value)) => {
            rows.insert(at, (key, value));
            None
        }
        (Err(_), None) => None,
    }
}

/// Sorts rows; `false` when a key occurs twice.
pub(crate) fn sort<K: Ord + Copy, T>(rows: &mut [(K, T)]) -> bool {
    rows.sort_unstable_by_key(|row| row.0);
    rows.windows(2).all(|pair| pair[0].0 != pair[1].0)
}
