//! What has become, or would become, of a blow or of healing.

use super::{model::Pool, step::DamageStep};
use crate::id::StatId;

/// What becomes of a blow.
#[derive(Clone, Debug, PartialEq)]
pub struct DamageOutcome {
    /// The steps. The amount after the last one is [`taken`](Self::taken), to the bit.
    pub steps: Vec<DamageStep>,
    /// What came in, of all types.
    pub amount: f32,
    /// What the resource loses.
    pub taken: f32,
    /// What temporary points lose.
    pub absorbed: f32,
    /// What would have been taken if there had been more.
    pub overkill: f32,
    /// The resource that is hit.
    pub resource: StatId,
    /// What is left of it.
    pub left: f32,
    /// What is left of temporary points; 0 for who has none.
    pub temporary_left: f32,
    /// Whether the blow took the last of it.
    pub depleted: bool,
    /// The resource as it was before.
    pub(super) pool: Pool,
}

impl DamageOutcome {
    /// The resource as it was before.
    pub fn before(&self) -> &Pool {
        &self.pool
    }
}

/// What becomes of healing, or of temporary points that are given.
#[derive(Clone, Debug, PartialEq)]
pub struct HealingOutcome {
    /// The steps. The amount after the last one is [`gained`](Self::gained), to the bit.
    pub steps: Vec<DamageStep>,
    /// What was to be given.
    pub amount: f32,
    /// What the resource gains.
    pub gained: f32,
    /// What was lost because there is no room for it.
    pub wasted: f32,
    /// The resource that gains.
    pub resource: StatId,
    /// What there is of it then.
    pub left: f32,
    /// The resource as it was before.
    pub(super) pool: Pool,
}

impl HealingOutcome {
    /// The resource as it was before.
    pub fn before(&self) -> &Pool {
        &self.pool
    }
}
