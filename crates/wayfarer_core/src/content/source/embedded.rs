//! Packs inside the program.

use super::{super::diagnostic::Diagnostic, PackSource, SourceFile};

/// Packs compiled into the program: a library's default rules, or a game shipped as one file.
///
/// ```
/// use wayfarer_core::content::{EmbeddedSource, PackSource};
///
/// static FILES: &[(&str, &str, &str)] = &[
///     ("mini", "pack.ron", r#"(name: "mini", version: "1.0.0")"#),
///     ("mini", "items/all.ron", r#"{ "rock": (name: "Rock") }"#),
/// ];
/// let source = EmbeddedSource::new("mini", FILES);
/// assert_eq!(source.read().map(|files| files.len()), Ok(2));
/// ```
///
/// [`embed_pack!`](crate::embed_pack) writes the list with `include_str!`.
#[derive(Clone, Copy, Debug)]
pub struct EmbeddedSource {
    name: &'static str,
    files: &'static [(&'static str, &'static str, &'static str)],
}

impl EmbeddedSource {
    /// The files as (pack, path, text); `name` is for logs.
    pub const fn new(
        name: &'static str,
        files: &'static [(&'static str, &'static str, &'static str)],
    ) -> Self {
        Self { name, files }
    }
}

impl PackSource for EmbeddedSource {
    fn read(&self) -> Result<Vec<SourceFile>, Vec<Diagnostic>> {
        Ok(self
            .files
            .iter()
            .map(|(pack, path, text)| SourceFile::new(*pack, *path, *text))
            .collect())
    }

    fn describe(&self) -> String {
        format!("embedded {}", self.name)
    }
}

/// An [`EmbeddedSource`](crate::content::EmbeddedSource) of one pack whose files are taken into
/// the program when it is built.
///
/// `embed_pack!("core", "../assets/core", ["pack.ron", "stats/base.ron"])`: the pack's name, its
/// folder relative to the calling file, and the files.
#[macro_export]
macro_rules! embed_pack {
    ($pack:literal, $folder:literal, [$($path:literal),* $(,)?]) => {
        $crate::content::EmbeddedSource::new(
            $pack,
            &[$(($pack, $path, include_str!(concat!($folder, "/", $path)))),*],
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_taken_in_relative_to_the_caller() {
        let source = crate::embed_pack!("source", "../source", ["embedded.rs", "memory.rs"]);
        let files = source.read().unwrap_or_default();
        assert_eq!(files[0].path, "embedded.rs");
        assert!(files[0].text.contains("files_are_taken_in"));
        assert_eq!((files[1].pack.as_str(), files.len()), ("source", 2));
    }
}
