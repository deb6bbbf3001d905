//! The stable codes of diagnostics, in one place so that no two mean the same.

/// A file could not be read, or a source is not there.
pub(crate) const IO: &str = "io";
/// A file is not UTF-8.
pub(crate) const NOT_UTF8: &str = "not-utf8";
/// A file is larger than the limit.
pub(crate) const TOO_LARGE: &str = "too-large";
/// One path was given twice.
pub(crate) const DUPLICATE_FILE: &str = "duplicate-file";
/// A file lies where no definition file may lie.
pub(crate) const MISPLACED_FILE: &str = "misplaced-file";
/// The text is not RON.
pub(crate) const SYNTAX: &str = "syntax";
/// A value is of the wrong type or out of range.
pub(crate) const WRONG_VALUE: &str = "wrong-value";
/// A field that the definition does not have.
pub(crate) const UNKNOWN_FIELD: &str = "unknown-field";
/// A variant that the choice does not have.
pub(crate) const UNKNOWN_VARIANT: &str = "unknown-variant";
/// A required field is not there.
pub(crate) const MISSING_FIELD: &str = "missing-field";
/// A field is written twice.
pub(crate) const DUPLICATE_FIELD: &str = "duplicate-field";
/// An entry is written twice.
pub(crate) const DUPLICATE_ENTRY: &str = "duplicate-entry";
/// An entry, pack or reference name with characters that are not allowed.
pub(crate) const BAD_NAME: &str = "bad-name";
/// A folder that is no registered kind.
pub(crate) const UNKNOWN_FOLDER: &str = "unknown-folder";
/// A pack without `pack.ron`.
pub(crate) const NO_PACK_FILE: &str = "no-pack-file";
/// `pack.ron` says another name than the folder.
pub(crate) const PACK_NAME: &str = "pack-name";
/// A pack that is needed and not there.
pub(crate) const UNKNOWN_PACK: &str = "unknown-pack";
/// Packs that depend on each other.
pub(crate) const PACK_CYCLE: &str = "pack-cycle";
/// A pack speaks of another that it does not list in `depends`.
pub(crate) const UNDECLARED_PACK: &str = "undeclared-pack";
/// An entry of another pack without `replace: true`.
pub(crate) const NOT_REPLACED: &str = "not-replaced";
/// `replace: true` with nothing to replace.
pub(crate) const NOTHING_TO_REPLACE: &str = "nothing-to-replace";
/// `extends` names an entry that does not exist.
pub(crate) const UNKNOWN_PARENT: &str = "unknown-parent";
/// Entries that extend each other.
pub(crate) const EXTENDS_CYCLE: &str = "extends-cycle";
/// `add` or `remove` that cannot be done.
pub(crate) const BAD_CHANGE: &str = "bad-change";
/// A reference to an entry that does not exist.
pub(crate) const UNKNOWN_REFERENCE: &str = "unknown-reference";
/// A reference to an entry that only exists to be extended.
pub(crate) const ABSTRACT_REFERENCE: &str = "abstract-reference";
/// A reference to a kind that nobody registered.
pub(crate) const UNREGISTERED_KIND: &str = "unregistered-kind";
/// Two names with one id.
pub(crate) const ID_COLLISION: &str = "id-collision";
/// `renamed` in `pack.ron` names an entry that is still there, or none that is.
pub(crate) const BAD_RENAME: &str = "bad-rename";
/// Two Rust types registered for one folder.
pub(crate) const KIND_CONFLICT: &str = "kind-conflict";
/// A check or derived value of the program itself failed.
pub(crate) const INTERNAL: &str = "internal";
