//! Third: worn things do less, broken ones nothing.

use super::Stage;
use crate::condition::penalty_of;

pub(super) fn stage(stage: &mut Stage<'_>) {
    stage.scale.lessen(penalty_of(stage.content, stage.item));
}
