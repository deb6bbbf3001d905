//! Second: better made things do more.

use super::Stage;
use crate::ext::quality_of;

pub(super) fn stage(stage: &mut Stage<'_>) {
    if let Some(quality) = quality_of(stage.content, stage.item) {
        stage.scale.times(quality.stat_factor);
    }
}
