//! Content: the rules of a game as RON files in packs, checked as a whole and swapped as a whole.
//!
//! A *pack* is a folder with a `pack.ron` and any number of definition files:
//!
//! ```text
//! demo/
//!   pack.ron                 (name: "demo", version: "0.1.0", depends: ["core"])
//!   items/swords.ron         { "iron_sword": (name: "Iron sword", weight: 3.5) }
//!   items/shields/small.ron  { "buckler": (name: "Buckler", weight: 1.0) }
//! ```
//!
//! The first folder inside the pack is the *kind* ([`Definition::KIND`]); folders below it are for
//! the author's own order. A file is one map from entry name to the fields of the definition; the
//! entry is known everywhere as `pack:name`.
//!
//! Five fields belong to the system and may stand in every entry:
//!
//! | field | meaning |
//! |---|---|
//! | `extends: "other"` | start from the fields of that entry; a field written here replaces the whole field there |
//! | `add: (tags: ["x"])` | append to a list (or put into a map) that was inherited |
//! | `remove: (tags: ["y"])` | take out of a list (or, by key, out of a map) that was inherited |
//! | `abstract: true` | exists to be extended; is in no table and cannot be referred to |
//! | `replace: true` | allows an entry `"core:rock"` in pack `demo` to replace the one of pack `core` |
//!
//! An entry `"core:rock": (extends: "core:rock", weight: 2.0)` of a later pack is a patch: it
//! starts from what the earlier packs said.
//!
//! An entry that gets another name says so in its `pack.ron`, so that saves which know the old one
//! go on: `renamed: { "iron_sword": "long_sword" }`. It holds for every kind that has the new entry;
//! the old name may not be used for another. [`Table::get`] finds the entry by either id;
//! [`Content::current`] is for what compares ids.
//!
//! [`compile`] is pure: the game, the tests and the command line call the same function. It returns
//! either [`Content`] or *all* [`Diagnostic`]s, each with file, line, column and, where possible,
//! the fix. [`ContentPlugin`] reads [`PackSource`]s in a task, swaps [`ActiveContent`] between two
//! ticks, and keeps the old content when the new one has errors.
//!
//! ```
//! use serde::Deserialize;
//! use wayfarer_core::content::{self, ContentRegistry, Definition, MemorySource, PackSource};
//!
//! #[derive(Deserialize)]
//! struct ItemDef {
//!     name: String,
//!     #[serde(default)]
//!     weight: f32,
//! }
//!
//! impl Definition for ItemDef {
//!     const KIND: &'static str = "items";
//! }
//!
//! let pack = MemorySource::new();
//! pack.set("demo", "pack.ron", r#"(name: "demo", version: "0.1.0")"#);
//! pack.set("demo", "items/swords.ron", r#"{ "iron_sword": (name: "Iron sword", weight: 3.5) }"#);
//!
//! let mut registry = ContentRegistry::default();
//! registry.register::<ItemDef>();
//! let files = pack.read().unwrap_or_default();
//!
//! let content = content::compile(&registry, &files).unwrap_or_default();
//! let sword = content.table::<ItemDef>().get_by_name("demo:iron_sword");
//! assert_eq!(sword.map(|sword| sword.weight), Some(3.5));
//! assert_eq!(sword.map(|sword| sword.place().to_string()).as_deref(), Some("demo/items/swords.ron:1:4"));
//!
//! // A typing mistake is an error with a place and a suggestion.
//! pack.set("demo", "items/swords.ron", r#"{ "iron_sword": (name: "Iron sword", wieght: 3.5) }"#);
//! let files = pack.read().unwrap_or_default();
//! let errors = content::compile(&registry, &files).err().unwrap_or_default();
//! assert_eq!(errors[0].help.as_deref(), Some("did you mean `weight`?"));
//! ```

mod body;
mod codes;
mod compile;
mod definition;
mod diagnostic;
mod fields;
mod files;
mod link;
mod load;
mod lookup;
mod merge;
mod merge_list;
mod names;
mod pack;
mod plugin;
mod reference;
mod registry;
mod renamed;
mod report;
mod ron_error;
mod scope;
mod source;
mod source_map;
mod strict;
mod strict_visitor;
mod suggest;
mod text;
mod versions;
#[cfg(feature = "watch")]
mod watch;

#[cfg(test)]
mod tests;

pub use compile::compile;
pub use definition::{Def, Definition, Table};
pub use diagnostic::{Diagnostic, Severity, Snippet};
pub use link::LinkCtx;
pub use load::{load_now, read_sources};
pub use lookup::{Content, PackHash};
pub use pack::PackInfo;
pub use plugin::{
    ActiveContent, ContentAppExt, ContentFailed, ContentLoaded, ContentPlugin, ContentReport,
    ContentSources, ContentState, ContentSystems, ReloadContent,
};
pub use reference::Ref;
pub use registry::ContentRegistry;
pub use report::Report;
pub use source::{
    EmbeddedSource, FolderSource, MAX_FILE_BYTES, MemorySource, PackSource, SourceFile,
};
pub use source_map::{Located, Place, Span};
pub use suggest::did_you_mean;
pub use text::{Spanned, Text};

/// The RON dialect of all content: `Some(..)` may be left out, and so may the name of a newtype.
///
/// Use it wherever a piece of content is parsed apart from its file, so that both agree.
pub fn options() -> ron::Options {
    use ron::extensions::Extensions;
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_default_extension(Extensions::UNWRAP_NEWTYPES)
}
