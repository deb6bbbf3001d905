//! Numbers in definitions.

use wayfarer_core::content::{LinkCtx, Spanned};

/// Reports a number that is none; the caller may go on with it.
pub(super) fn check_finite(ctx: &mut LinkCtx<'_>, number: &Spanned<f32>, what: &str) -> bool {
    let finite = number.value.is_finite();
    if !finite {
        let message = format!("{what} must be a finite number, not {}", number.value);
        ctx.error(number, "not-finite", message, None);
    }
    finite
}
