//! The command as people use it: the built program, its output and its exit code.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod cli {
    pub mod check;
    pub mod explain;
    pub mod inspect_save;
    pub mod probe;
    pub mod support;
}
