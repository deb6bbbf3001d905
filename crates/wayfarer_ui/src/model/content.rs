//! What is wrong with the content, as data.

/// The state of the content and what the last load found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContentModel {
    /// Whether there is content to play by.
    pub state: ContentHealth,
    /// How often content has become active.
    pub revision: u32,
    /// How long the last load took, in milliseconds.
    pub load_ms: f32,
    /// What was found, errors first.
    pub findings: Vec<Finding>,
    /// The packs in use: name and version.
    pub packs: Vec<(String, String)>,
}

/// Whether there are rules to play by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContentHealth {
    /// The first load is not done.
    #[default]
    Loading,
    /// The last load succeeded.
    Good,
    /// The last load failed; the content before it is still active.
    OldActive,
    /// The first load failed; there is nothing to play by.
    Failed,
}

/// One error or warning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finding {
    /// Whether the content could not be used for it.
    pub error: bool,
    /// Stable name of the problem.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// `file:line:column`; empty if it concerns no file.
    pub place: String,
    /// The line and, below it, carets under the part that is meant.
    pub snippet: String,
    /// What to do.
    pub help: Option<String>,
    /// Further facts.
    pub notes: Vec<String>,
}
