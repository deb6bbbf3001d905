//! The rules on plain data: no ECS, no content types, nothing that can fail.

pub mod graph;
pub mod level;
pub mod resource;
pub mod stacking;
pub mod sum;
pub mod tier;
