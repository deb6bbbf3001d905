use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{
    hello::{PackInfo, PluginInfo},
    text::clean_line,
};

/// Differences listed one by one in texts; the rest is counted.
const SHOWN: usize = 3;

/// In what the plugins of a host and of somebody who joins differ.
///
/// "Here" is always the one who joins, "there" the host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProtocolDifference {
    /// The host has them, the joining program does not.
    pub missing_here: Vec<PluginInfo>,
    /// The joining program has them, the host does not.
    pub missing_there: Vec<PluginInfo>,
    /// Both have them, but not the same.
    pub different: Vec<PluginMismatch>,
}

/// A plugin that both sides have in different form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PluginMismatch {
    /// The plugin.
    pub name: String,
    /// The host's version.
    pub host: String,
    /// The version of the one who joins.
    pub here: String,
}

impl ProtocolDifference {
    /// Compares by name and hash; versions are for reading.
    #[must_use]
    pub fn between(host: &[PluginInfo], here: &[PluginInfo]) -> Self {
        let by_name = |list: &[PluginInfo]| -> BTreeMap<String, PluginInfo> {
            let pairs = list.iter().map(|p| (p.name.clone(), p.clone()));
            pairs.collect()
        };
        let (host, mut mine) = (by_name(host), by_name(here));
        let mut difference = Self::default();
        for (name, there) in host {
            match mine.remove(&name) {
                None => difference.missing_here.push(there),
                Some(here) if here.hash != there.hash => {
                    difference.different.push(PluginMismatch {
                        name,
                        host: there.version,
                        here: here.version,
                    });
                }
                Some(_) => {}
            }
        }
        difference.missing_there = mine.into_values().collect();
        difference
    }

    /// Nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missing_here.is_empty() && self.missing_there.is_empty() && self.different.is_empty()
    }

    /// So that it fits in one refusal, whatever was compared.
    pub(crate) fn shortened(mut self) -> Self {
        self.missing_here.truncate(50);
        self.missing_there.truncate(50);
        self.different.truncate(50);
        self.cleaned()
    }

    /// For what came over the wire.
    pub(crate) fn cleaned(mut self) -> Self {
        for plugin in self.missing_here.iter_mut().chain(&mut self.missing_there) {
            plugin.name = clean_line(&plugin.name, 64);
            plugin.version = clean_line(&plugin.version, 32);
        }
        for plugin in &mut self.different {
            plugin.name = clean_line(&plugin.name, 64);
            plugin.host = clean_line(&plugin.host, 32);
            plugin.here = clean_line(&plugin.here, 32);
        }
        self
    }
}

impl fmt::Display for ProtocolDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for plugin in &self.missing_here {
            let PluginInfo { name, version, .. } = plugin;
            parts.push(format!("host has {name} {version}, you do not: install it"));
        }
        for plugin in &self.missing_there {
            let PluginInfo { name, version, .. } = plugin;
            parts.push(format!(
                "you have {name} {version}, host does not: remove it"
            ));
        }
        for PluginMismatch { name, host, here } in &self.different {
            parts.push(if host == here {
                format!("{name} {host} was built differently: install the host's build")
            } else {
                format!("host has {name} {host}, you have {here}: install {host}")
            });
        }
        write_parts(f, &parts)
    }
}

/// In what the content of a host and of somebody who joins differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContentDifference {
    /// The packs that differ, by name.
    pub packs: Vec<PackDifference>,
}

/// In what one content pack differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackDifference {
    /// The host uses the pack, the joining program does not.
    MissingHere {
        /// The pack.
        pack: String,
    },
    /// The joining program uses the pack, the host does not.
    MissingThere {
        /// The pack.
        pack: String,
    },
    /// Both have it with different files.
    Files {
        /// The pack.
        pack: String,
        /// In both with different text.
        changed: Vec<String>,
        /// Only the host has them.
        missing_here: Vec<String>,
        /// Only the joining program has them.
        missing_there: Vec<String>,
        /// There may be more: the host's list was too long to send.
        more: bool,
    },
}

impl ContentDifference {
    /// Compares packs by hash; file lists explain.
    #[must_use]
    pub fn between(host: &[PackInfo], here: &[PackInfo]) -> Self {
        let mut mine: BTreeMap<&str, &PackInfo> =
            here.iter().map(|p| (p.name.as_str(), p)).collect();
        let mut packs = Vec::new();
        for there in host {
            match mine.remove(there.name.as_str()) {
                None => packs.push(PackDifference::MissingHere {
                    pack: clean_line(&there.name, 64),
                }),
                Some(here) if here.hash != there.hash => {
                    packs.push(PackDifference::of_files(there, Some(here), false));
                }
                Some(_) => {}
            }
        }
        packs.extend(mine.into_keys().map(|pack| PackDifference::MissingThere {
            pack: clean_line(pack, 64),
        }));
        Self { packs }
    }

    /// Nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.packs.is_empty()
    }
}

impl PackDifference {
    /// In which files two packs differ. Without `here` (on the host, which does not know the
    /// other's files) only that they do. `more`: the list of `there` is cut.
    pub(crate) fn of_files(there: &PackInfo, here: Option<&PackInfo>, more: bool) -> Self {
        let pack = clean_line(&there.name, 64);
        let (mut changed, mut missing_here, mut missing_there) = Default::default();
        if let Some(here) = here {
            let mut mine: BTreeMap<&str, u64> = here
                .files
                .iter()
                .map(|f| (f.path.as_str(), f.hash))
                .collect();
            for file in &there.files {
                let list: &mut Vec<String> = match mine.remove(file.path.as_str()) {
                    None => &mut missing_here,
                    Some(hash) if hash != file.hash => &mut changed,
                    Some(_) => continue,
                };
                list.push(clean_line(&file.path, 120));
            }
            // With a cut list, "the host does not have it" would be a guess.
            if !more && !there.files.is_empty() {
                missing_there = mine.into_keys().map(|path| clean_line(path, 120)).collect();
            }
        }
        Self::Files {
            pack,
            changed,
            missing_here,
            missing_there,
            more,
        }
    }
}

impl fmt::Display for ContentDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<_> = self.packs.iter().map(ToString::to_string).collect();
        write_parts(f, &parts)
    }
}

impl fmt::Display for PackDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHere { pack } => {
                write!(f, "host uses pack {pack}, you do not: install it")
            }
            Self::MissingThere { pack } => {
                write!(f, "you use pack {pack}, host does not: switch it off")
            }
            Self::Files {
                pack,
                changed,
                missing_here,
                missing_there,
                more,
            } => {
                let all: Vec<_> = [changed, missing_here, missing_there]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect();
                let count = all.len();
                if count == 0 {
                    return write!(f, "pack {pack} differs: get the host's copy of it");
                }
                let files = if count == 1 { "file" } else { "files" };
                let least = if *more { "at least " } else { "" };
                let names = all[..count.min(SHOWN)].join(", ");
                let rest = if count > SHOWN || *more { ", …" } else { "" };
                write!(
                    f,
                    "pack {pack} differs: {least}{count} {files} ({names}{rest})"
                )
            }
        }
    }
}

fn write_parts(f: &mut fmt::Formatter<'_>, parts: &[String]) -> fmt::Result {
    const MOST: usize = 8;
    f.write_str(&parts[..parts.len().min(MOST)].join("; "))?;
    if parts.len() > MOST {
        write!(f, "; and {} more", parts.len() - MOST)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
