//! From text to tree: a lexer and a precedence climbing parser.

mod call;
mod lex;
mod number;
mod parser;

#[cfg(test)]
mod tests;

use crate::ast::Expr;
use crate::error::{FormulaError, Span};
use crate::limits::MAX_SOURCE_BYTES;

/// Reads a formula. The grammar is in the [crate documentation](crate).
///
/// # Errors
///
/// Text that is not a formula, functions that do not exist or get the wrong arguments, dice that
/// cannot be thrown, and whatever exceeds a [limit](crate::limits). Names are not looked up here:
/// see [`Expr::compile`].
///
/// ```
/// let modifier = wayfarer_formula::parse("floor((strength - 10) / 2)")?;
/// assert_eq!(modifier.names().map(|(name, _)| name).collect::<Vec<_>>(), ["strength"]);
/// # Ok::<(), wayfarer_formula::FormulaError>(())
/// ```
pub fn parse(source: &str) -> Result<Expr, FormulaError> {
    if source.len() > MAX_SOURCE_BYTES {
        let end = source.floor_char_boundary(MAX_SOURCE_BYTES);
        let message = format!(
            "formula is {} bytes long, at most {MAX_SOURCE_BYTES} are allowed",
            source.len()
        );
        let span = Span::new(end, source.len());
        return Err(FormulaError::new(span, message).help("split it into several stats"));
    }
    parser::Parser::new(source, lex::lex(source)?).formula()
}
