//! Effects, from content to values.
