//! From tokens to tree.

use super::lex::{Token, TokenKind};
use crate::ast::{Expr, Kind, Operator, precedence};
use crate::error::{FormulaError, Span};
use crate::limits::MAX_NESTING;

pub(super) struct Parser<'s> {
    pub(super) source: &'s str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl<'s> Parser<'s> {
    pub(super) fn new(source: &'s str, tokens: Vec<Token>) -> Self {
        Self {
            source,
            tokens,
            at: 0,
            depth: 0,
        }
    }

    /// The whole source as one expression.
    pub(super) fn formula(mut self) -> Result<Expr, FormulaError> {
        let expr = self.expression()?;
        let rest = self.peek();
        match rest.kind {
            TokenKind::End => Ok(expr),
            TokenKind::Close => Err(FormulaError::new(rest.span, "unmatched `)`")),
            TokenKind::Number(_) | TokenKind::Word | TokenKind::Open | TokenKind::Dice(_) => {
                Err(self.expected("an operator").help("to multiply, write `*`"))
            }
            _ => Err(self.expected("an operator")),
        }
    }

    pub(super) fn expression(&mut self) -> Result<Expr, FormulaError> {
        self.binary(precedence::OR)
    }

    /// Operators that bind at least as tightly as `loosest`.
    fn binary(&mut self, loosest: u8) -> Result<Expr, FormulaError> {
        let mut left = self.prefix(loosest)?;
        while let TokenKind::Operator(operator) = self.peek().kind {
            let own = operator.precedence();
            if own < loosest {
                break;
            }
            self.advance();
            let right = self.binary(own + 1)?;
            let span = left.span.to(right.span);
            left = Expr::new(
                Kind::Binary(operator, Box::new(left), Box::new(right)),
                span,
            );
            self.refuse_chain(own)?;
        }
        Ok(left)
    }

    /// `1 < x < 5` would compare 1 or 0 with 5: certainly not what was meant.
    fn refuse_chain(&self, own: u8) -> Result<(), FormulaError> {
        let token = self.peek();
        match token.kind {
            TokenKind::Operator(next) if own == precedence::COMPARE && next.precedence() == own => {
                Err(FormulaError::new(token.span, "comparisons do not chain")
                    .help("write `a < x and x < b`"))
            }
            _ => Ok(()),
        }
    }

    fn prefix(&mut self, loosest: u8) -> Result<Expr, FormulaError> {
        let token = self.peek();
        match token.kind {
            TokenKind::Operator(Operator::Subtract) => {
                self.advance();
                let inner = self.nested(token.span, |p| p.prefix(precedence::NEGATE))?;
                let span = token.span.to(inner.span);
                Ok(Expr::new(Kind::Negate(Box::new(inner)), span))
            }
            TokenKind::Not if loosest > precedence::NOT => Err(FormulaError::new(
                token.span,
                "`not` needs parentheses here",
            )
            .help("write `(not ...)`")),
            TokenKind::Not => {
                self.advance();
                let inner = self.nested(token.span, |p| p.binary(precedence::NOT))?;
                let span = token.span.to(inner.span);
                Ok(Expr::new(Kind::Not(Box::new(inner)), span))
            }
            _ => self.value(token),
        }
    }

    fn value(&mut self, token: Token) -> Result<Expr, FormulaError> {
        let kind = match token.kind {
            TokenKind::Number(value) => Kind::Number(value),
            TokenKind::Dice(dice) => Kind::Dice(dice),
            TokenKind::Word => {
                self.advance();
                if self.peek().kind == TokenKind::Open {
                    return self.nested(token.span, |p| p.call(token.span));
                }
                let name = token.span.text(self.source).into();
                return Ok(Expr::new(Kind::Name(name), token.span));
            }
            TokenKind::Open => {
                self.advance();
                let mut inner = self.nested(token.span, Self::expression)?;
                inner.span = token.span.to(self.close(token.span)?);
                return Ok(inner);
            }
            _ => return Err(self.expected("a value")),
        };
        self.advance();
        Ok(Expr::new(kind, token.span))
    }

    /// Runs `read` one level deeper.
    fn nested<T>(
        &mut self,
        span: Span,
        read: impl FnOnce(&mut Self) -> Result<T, FormulaError>,
    ) -> Result<T, FormulaError> {
        if self.depth == MAX_NESTING {
            let message = format!("formula is nested more than {MAX_NESTING} levels deep");
            return Err(FormulaError::new(span, message).help("split it into several stats"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Takes the `)` that belongs to the `(` at `open`.
    pub(super) fn close(&mut self, open: Span) -> Result<Span, FormulaError> {
        let before = self.source.get(..open.start as usize).unwrap_or_default();
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        self.take(TokenKind::Close, "`)`")
            .map_err(|e| e.help(format!("it closes the `(` in column {column}")))
    }

    /// Takes a token of exactly this kind.
    pub(super) fn take(&mut self, kind: TokenKind, what: &str) -> Result<Span, FormulaError> {
        let token = self.peek();
        if token.kind == kind {
            self.advance();
            Ok(token.span)
        } else {
            Err(self.expected(what))
        }
    }

    /// A number literal, perhaps with a minus.
    pub(super) fn constant(&mut self, what: &str) -> Result<(f32, Span), FormulaError> {
        let first = self.peek();
        let negative = first.kind == TokenKind::Operator(Operator::Subtract);
        if negative {
            self.advance();
        }
        let token = self.peek();
        let TokenKind::Number(value) = token.kind else {
            return Err(self.expected(what));
        };
        self.advance();
        // Subtracting from zero never yields -0, which would print with its sign.
        let value = if negative { 0.0 - value } else { value };
        Ok((value, first.span.to(token.span)))
    }

    pub(super) fn peek(&self) -> Token {
        let end = Token {
            kind: TokenKind::End,
            span: Span::new(self.source.len(), self.source.len()),
        };
        self.tokens.get(self.at).copied().unwrap_or(end)
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    pub(super) fn expected(&self, what: &str) -> FormulaError {
        let token = self.peek();
        let message = match token.kind {
            TokenKind::End => format!("expected {what}, found the end of the formula"),
            _ => format!("expected {what}, found `{}`", token.span.text(self.source)),
        };
        FormulaError::new(token.span, message)
    }
}
