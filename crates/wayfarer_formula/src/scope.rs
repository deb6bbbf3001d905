//! What the names in a formula stand for.

/// Turns names into slots: indices into the values that a [`Program`](crate::Program) reads.
///
/// Arrays and vectors of names are scopes in which a name's slot is its index.
pub trait Scope {
    /// The slot of `name`, or `None` if there is no such name.
    fn slot(&self, name: &str) -> Option<u16>;

    /// All names, in any order; an unknown name is answered with the most similar of them.
    fn known<'a>(&'a self) -> Box<dyn Iterator<Item = &'a str> + 'a>;
}

impl<T: AsRef<str>, const N: usize> Scope for [T; N] {
    fn slot(&self, name: &str) -> Option<u16> {
        index(self, name)
    }

    fn known<'a>(&'a self) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        Box::new(self.iter().map(AsRef::as_ref))
    }
}

impl<T: AsRef<str>> Scope for Vec<T> {
    fn slot(&self, name: &str) -> Option<u16> {
        index(self, name)
    }

    fn known<'a>(&'a self) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        Box::new(self.iter().map(AsRef::as_ref))
    }
}

fn index<T: AsRef<str>>(names: &[T], name: &str) -> Option<u16> {
    let index = names.iter().position(|known| known.as_ref() == name)?;
    u16::try_from(index).ok()
}
