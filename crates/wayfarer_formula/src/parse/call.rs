//! Calls, with the functions that have a syntax of their own.

use super::lex::TokenKind;
use super::parser::Parser;
use crate::ast::{Expr, Kind};
use crate::dice::Keep;
use crate::error::{FormulaError, Span};
use crate::function::{self, Function};
use crate::suggest::nearest;

impl Parser<'_> {
    /// The rest of a call whose name is at `name`; the next token is its `(`.
    pub(super) fn call(&mut self, name: Span) -> Result<Expr, FormulaError> {
        let text = name.text(self.source);
        let open = self.peek().span;
        self.advance();
        let kind = match text {
            "table" => self.table(name)?,
            "curve" => self.curve(name)?,
            "adv" => self.twice(name, Keep::Highest(1))?,
            "dis" => self.twice(name, Keep::Lowest(1))?,
            _ => match Function::named(text) {
                Some(function) => self.arguments(name, open, function)?,
                None => return Err(unknown(text, name)),
            },
        };
        let end = self.close(open)?;
        Ok(Expr::new(kind, name.to(end)))
    }

    fn arguments(
        &mut self,
        name: Span,
        open: Span,
        function: Function,
    ) -> Result<Kind, FormulaError> {
        let mut arguments = Vec::new();
        if self.peek().kind != TokenKind::Close {
            arguments.push(self.expression()?);
            while self.comma() {
                arguments.push(self.expression()?);
            }
        }
        let (fewest, more) = function.arity();
        let found = arguments.len();
        if found == fewest || (more && found > fewest) {
            return Ok(Kind::Call(function, arguments));
        }
        let end = self.close(open)?;
        let least = if more { "at least " } else { "" };
        let plural = if fewest == 1 { "" } else { "s" };
        let message = format!(
            "`{}` takes {least}{fewest} argument{plural}, found {found}",
            function.name()
        );
        Err(FormulaError::new(name.to(end), message).help(usage(function.signature())))
    }

    fn table(&mut self, name: Span) -> Result<Kind, FormulaError> {
        let x = self.expression()?;
        let mut rows: Vec<(f32, Expr)> = Vec::new();
        while self.comma() {
            let (key, span) = self.constant("a number as key")?;
            ascending(rows.last().map(|row| row.0), key, span)?;
            self.take(TokenKind::Colon, "`:`")?;
            rows.push((key, self.expression()?));
        }
        if rows.is_empty() {
            return Err(self.no_rows(name, "table"));
        }
        Ok(Kind::Table(Box::new(x), rows))
    }

    fn curve(&mut self, name: Span) -> Result<Kind, FormulaError> {
        let x = self.expression()?;
        let mut points: Vec<(f32, f32)> = Vec::new();
        while self.comma() {
            let open = self.take(TokenKind::Open, "`(`")?;
            let (key, span) = self.constant("a number as key")?;
            ascending(points.last().map(|point| point.0), key, span)?;
            self.take(TokenKind::Comma, "`,`")?;
            let (value, _) = self.constant("a number as value")?;
            self.close(open)?;
            points.push((key, value));
        }
        if points.is_empty() {
            return Err(self.no_rows(name, "curve"));
        }
        Ok(Kind::Curve(Box::new(x), points))
    }

    fn no_rows(&self, name: Span, function: &str) -> FormulaError {
        if self.peek().kind != TokenKind::Close {
            return self.expected("`,`");
        }
        let message = format!("`{function}` needs at least one entry");
        let error = FormulaError::new(name, message);
        match function::signature(function) {
            Some(signature) => error.help(usage(signature)),
            None => error,
        }
    }

    /// Advantage and disadvantage: one die thrown twice.
    fn twice(&mut self, name: Span, keep: Keep) -> Result<Kind, FormulaError> {
        let inner = self.expression()?;
        let text = name.text(self.source);
        let refused = |span: Span| {
            FormulaError::new(span, format!("`{text}` takes a single die"))
                .help(format!("write `{text}(1d20) + bonus`"))
        };
        match inner.kind {
            Kind::Dice(die) => match die.twice(keep) {
                Some(Ok(dice)) => Ok(Kind::Dice(dice)),
                Some(Err(error)) => Err(FormulaError::new(inner.span, error.to_string())),
                None => Err(refused(inner.span)),
            },
            _ => Err(refused(inner.span)),
        }
    }

    fn comma(&mut self) -> bool {
        let comma = self.peek().kind == TokenKind::Comma;
        if comma {
            self.advance();
        }
        comma
    }
}

fn ascending(last: Option<f32>, key: f32, span: Span) -> Result<(), FormulaError> {
    match last {
        Some(last) if last >= key => {
            let message = format!("keys must ascend, {key} follows {last}");
            Err(FormulaError::new(span, message))
        }
        _ => Ok(()),
    }
}

fn unknown(text: &str, name: Span) -> FormulaError {
    let error = FormulaError::new(name, format!("unknown function `{text}`"));
    match nearest(text, function::names()).and_then(function::signature) {
        Some(signature) => error.help(format!("did you mean `{signature}`?")),
        None => error,
    }
}

fn usage(signature: &str) -> String {
    format!("write `{signature}`")
}
