//! What [`Amount`](super::Amount), [`Expression`](super::Expression) and [`Rate`](super::Rate) look
//! like in a file.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, IntoDeserializer},
};
use wayfarer_core::content::Text;

/// `0.5`, or a formula in quotes.
pub(super) enum NumberOrFormula {
    Number(f32),
    Formula(Text),
}

impl<'de> Deserialize<'de> for NumberOrFormula {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = NumberOrFormula;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a formula in quotes")
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<NumberOrFormula, E> {
                Ok(NumberOrFormula::Number(value as f32))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<NumberOrFormula, E> {
                Ok(NumberOrFormula::Number(value as f32))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<NumberOrFormula, E> {
                Ok(NumberOrFormula::Number(value as f32))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<NumberOrFormula, E> {
                // `Text` finds its place by the address of the string, so it is handed on as is.
                Text::deserialize(value.into_deserializer()).map(NumberOrFormula::Formula)
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}
