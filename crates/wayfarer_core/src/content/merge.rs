//! `extends`: the fields of an entry laid over those of the entry it extends.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use super::{
    codes,
    diagnostic::Diagnostic,
    fields::Field,
    merge_list,
    pack::Packs,
    source_map::{Located, SourceMap, Span},
    suggest,
    versions::{Entries, Version},
};

/// An entry with everything it inherits, ready to be deserialised.
pub(crate) struct Resolved<'a> {
    pub(crate) name: Arc<str>,
    /// Of the name in the last version.
    pub(crate) span: Span,
    pub(crate) fields: Rc<Vec<Field<'a>>>,
    pub(crate) is_abstract: bool,
}

/// What there is of a kind.
pub(crate) struct Resolving<'a> {
    /// The last version of every entry, sorted by name.
    pub(crate) resolved: Vec<Resolved<'a>>,
    /// The versions that later packs replace or change, sorted by name, the oldest first. They are
    /// read as well: the mistakes in them are the mistakes of their pack, whoever replaces them.
    /// One that is only changed may be incomplete, as an abstract one may.
    pub(crate) replaced: Vec<Resolved<'a>>,
}

/// Every version of every entry of a kind. Entries with problems in what they are made of are
/// reported and left out.
pub(crate) fn resolve<'a>(
    kind: &str,
    entries: &Entries<'a>,
    sources: &SourceMap,
    packs: &Packs,
    found: &mut Vec<Diagnostic>,
) -> Resolving<'a> {
    let mut merger = Merger {
        kind,
        entries,
        sources,
        packs,
        found,
        done: HashMap::new(),
    };
    let mut resolved = Vec::with_capacity(entries.versions.len());
    let mut replaced = Vec::new();
    for (name, versions) in &entries.versions {
        for (index, version) in versions.iter().enumerate() {
            let Some(fields) = merger.fields((name.as_ref(), index)) else {
                continue;
            };
            let body = version.body.as_ref();
            let next = versions.get(index + 1);
            let changed = next.is_some_and(|next| {
                let body = next.body.as_ref();
                body.is_none_or(|body| body.replace.is_none())
            });
            let list = match next {
                Some(_) => &mut replaced,
                None => &mut resolved,
            };
            list.push(Resolved {
                name: Arc::clone(name),
                span: version.key_span,
                fields,
                is_abstract: changed || body.is_some_and(|body| body.is_abstract),
            });
        }
    }
    Resolving { resolved, replaced }
}

/// One version of one entry.
type Node<'e> = (&'e str, usize);

/// `None`: something is wrong, and it has been reported.
type Merged<'a> = Option<Rc<Vec<Field<'a>>>>;

struct Merger<'e, 'a> {
    kind: &'e str,
    entries: &'e Entries<'a>,
    sources: &'e SourceMap,
    packs: &'e Packs,
    found: &'e mut Vec<Diagnostic>,
    done: HashMap<Node<'e>, Merged<'a>>,
}

impl<'e, 'a> Merger<'e, 'a> {
    fn version(&self, (name, version): Node<'e>) -> Option<&'e Version<'a>> {
        self.entries.versions.get(name)?.get(version)
    }

    /// The fields of a version. Walks up the chain first and merges on the way back, without
    /// recursion: chains are as long as an author makes them.
    fn fields(&mut self, node: Node<'e>) -> Merged<'a> {
        let mut chain: Vec<Node<'e>> = Vec::new();
        let mut on_chain = HashSet::new();
        let mut next = node;
        let mut base = loop {
            if let Some(done) = self.done.get(&next) {
                break done.clone();
            }
            if !on_chain.insert(next) {
                self.report_cycle(&chain, next);
                break None;
            }
            chain.push(next);
            match self.parent(next) {
                Parent::Root => break Some(Rc::default()),
                Parent::Of(parent) => next = parent,
                Parent::Broken => break None,
            }
        };
        while let Some(node) = chain.pop() {
            base = base.and_then(|base| self.overlay(&base, node));
            self.done.insert(node, base.clone());
        }
        base
    }

    fn parent(&mut self, node: Node<'e>) -> Parent<'e> {
        let Some(body) = self.version(node).and_then(|version| version.body.as_ref()) else {
            return Parent::Broken;
        };
        let Some(written) = &body.extends else {
            return Parent::Root;
        };
        let span = written.span();
        let pack = self.sources.pack(span);
        let target = if written.contains(':') {
            written.to_string()
        } else {
            format!("{pack}:{written}")
        };
        if target == node.0 && node.1 > 0 {
            return Parent::Of((node.0, node.1 - 1));
        }
        let home = target.split(':').next().unwrap_or_default();
        if self.packs.contains(home) && !self.packs.reaches(pack, home) {
            let message = format!("pack `{pack}` does not depend on `{home}`");
            let help = format!("add `\"{home}\"` to `depends` in {pack}/pack.ron");
            self.found.push(
                Diagnostic::error(codes::UNDECLARED_PACK, message)
                    .at(self.sources, span)
                    .with_help(help),
            );
            return Parent::Broken;
        }
        match self.entries.versions.get_key_value(target.as_str()) {
            Some((name, versions)) => Parent::Of((name, versions.len() - 1)),
            None => {
                if !self.entries.may_be_hidden(&target) {
                    let one = suggest::singular(self.kind);
                    let near = suggest::did_you_mean(&target, self.entries.names());
                    let help = near.map(|near| format!("did you mean `{near}`?"));
                    let message = format!("there is no {one} `{target}` to extend");
                    self.found.push(
                        Diagnostic::error(codes::UNKNOWN_PARENT, message)
                            .at(self.sources, span)
                            .with_help(help),
                    );
                }
                Parent::Broken
            }
        }
    }

    fn report_cycle(&mut self, chain: &[Node<'e>], again: Node<'e>) {
        let start = chain.iter().position(|node| *node == again).unwrap_or(0);
        // Whoever is asked first, the report begins with the first name.
        let mut ring: Vec<&str> = chain[start..].iter().map(|(name, _)| *name).collect();
        let first = (0..ring.len()).min_by_key(|at| ring[*at]).unwrap_or(0);
        ring.rotate_left(first);
        ring.extend(ring.first().copied());
        let node = chain.get(start + first).copied().unwrap_or(again);
        let extends = self
            .version(node)
            .and_then(|version| version.body.as_ref()?.extends.as_ref());
        let message = format!("`{}` extends itself: {}", node.0, ring.join(" → "));
        self.found.push(
            Diagnostic::error(codes::EXTENDS_CYCLE, message)
                .at(self.sources, extends.map(Located::span).unwrap_or_default()),
        );
    }

    /// The parent's fields with those of `node` over them.
    fn overlay(&mut self, base: &Rc<Vec<Field<'a>>>, node: Node<'e>) -> Merged<'a> {
        let body = self.version(node)?.body.as_ref()?;
        let mut fields = base.as_ref().clone();
        for field in &body.fields {
            match fields.iter_mut().find(|old| old.name == field.name) {
                Some(old) => *old = field.clone(),
                None => fields.push(field.clone()),
            }
        }
        if body.extends.is_none() {
            for field in body.add.iter().chain(&body.remove) {
                let message = "`add` and `remove` change what `extends` brings in";
                self.found.push(
                    Diagnostic::error(codes::BAD_CHANGE, message)
                        .at(self.sources, field.name_span)
                        .with_help(format!(
                            "without `extends`, write the field itself: `{}: …`",
                            field.name
                        )),
                );
            }
            return Some(Rc::new(fields));
        }
        for change in &body.remove {
            merge_list::remove(self.sources, &mut fields, change, self.found);
        }
        for change in &body.add {
            merge_list::add(self.sources, &mut fields, change, self.found);
        }
        Some(Rc::new(fields))
    }
}

enum Parent<'e> {
    Root,
    Of(Node<'e>),
    Broken,
}
