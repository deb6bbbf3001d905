//! Third: worn things do less, broken ones nothing.

use super::Stage;

pub(super) fn stage(stage: &mut Stage<'_>) {
    stage.scale.lessen(stage.penalty);
}
