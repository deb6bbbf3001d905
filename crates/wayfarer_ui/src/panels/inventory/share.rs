//! Sharing out what is in an open container.

use std::collections::BTreeSet;

use bevy_egui::egui::{self, Ui};
use wayfarer_core::id::Uid;
use wayfarer_inventory::actions::{SetLootRights, ShareOut};

use super::{Cx, button_or_why};
use crate::{
    intent::Ask,
    model::{
        Subject,
        inventory::{ContainerModel, SharerModel},
    },
    texts::labels,
};

/// How long loot is kept for some, in seconds, unless somebody says otherwise.
const KEPT_FOR: f32 = 60.0;
/// The longest that can be chosen here, in seconds.
const LONGEST: f32 = 3600.0;

/// Who is to get a share. Everybody does who is not left out, so whoever comes meanwhile is in.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    /// What is shared out.
    container: Uid,
    /// Who is left out.
    without: BTreeSet<Uid>,
    /// For how many seconds a game master would keep it for those who are chosen.
    seconds: f32,
}

impl Sharing {
    fn of(container: Uid) -> Self {
        Self {
            container,
            without: BTreeSet::new(),
            seconds: KEPT_FOR,
        }
    }

    fn chosen<'a>(&self, container: &'a ContainerModel) -> Vec<&'a SharerModel> {
        let people = container.people.iter();
        people
            .filter(|who| !self.without.contains(&who.uid))
            .collect()
    }
}

/// The button that begins to choose, or stops.
pub(super) fn toggle(
    ui: &mut Ui,
    container: &ContainerModel,
    theirs: Option<&str>,
    cx: &mut Cx<'_>,
) {
    let ctx = ui.ctx().clone();
    let open = cx.state.share.as_ref();
    let open = open.is_some_and(|share| share.container == container.uid);
    let alone = container.people.len() < 2 && !cx.model.master;
    let alone = alone.then(|| labels::SHARE_NOBODY.get(&ctx));
    let refusal = if open {
        None
    } else {
        theirs.or(alone.as_deref())
    };
    if button_or_why(ui, &labels::SHARE.get(&ctx), refusal) {
        cx.state.share = (!open).then(|| Sharing::of(container.uid));
    }
}

/// Who gets a share, and the button that shares out.
pub(super) fn chooser(
    ui: &mut Ui,
    container: &ContainerModel,
    theirs: Option<&str>,
    cx: &mut Cx<'_>,
) {
    let share = cx.state.share.take();
    let Some(mut share) = share.filter(|share| share.container == container.uid) else {
        return;
    };
    let ctx = ui.ctx().clone();
    ui.group(|ui| {
        ui.label(labels::SHARE_AMONG.get(&ctx));
        ui.horizontal_wrapped(|ui| {
            for who in &container.people {
                let mut gets = !share.without.contains(&who.uid);
                if ui.checkbox(&mut gets, &who.name).changed() {
                    if gets {
                        share.without.remove(&who.uid);
                    } else {
                        share.without.insert(who.uid);
                    }
                }
            }
        });
        let chosen = share.chosen(container);
        let among: Vec<Uid> = chosen.iter().map(|who| who.uid).collect();
        let subject = Subject::Holder(container.uid);
        let refusal = theirs.map(str::to_owned);
        let refusal = refusal.or_else(|| refused(&ctx, container, &chosen, cx.model.master));
        let mut done = false;
        ui.horizontal_wrapped(|ui| {
            let waiting = cx.model.feedback.is_pending(subject);
            let text = labels::SHARE_NOW.get(&ctx);
            if button_or_why(ui, &text, refusal.as_deref()) && !waiting {
                let action = ShareOut {
                    container: container.uid,
                    among: among.clone(),
                };
                let told = labels::SHARED.fill(&ctx, &[("name", &container.name)]);
                let ask = Ask::of(&action).about(subject).done(told);
                cx.intents.push(ask.into());
                done = true;
            }
            if let Some(refusal) = &refusal {
                ui.weak(refusal);
            }
        });
        if cx.model.master {
            keep(ui, container, among, &mut share, cx);
        }
        if !done {
            cx.state.share = Some(share);
        }
    });
}

/// Why it cannot be shared out like that, as far as it is known here.
fn refused(
    ctx: &egui::Context,
    container: &ContainerModel,
    chosen: &[&SharerModel],
    master: bool,
) -> Option<String> {
    if container.content.items().next().is_none() {
        return Some(labels::CONTAINER_EMPTY.get(ctx).into_owned());
    }
    if chosen.is_empty() {
        return Some(labels::SHARE_CHOOSE.get(ctx).into_owned());
    }
    let absent = chosen.iter().find(|who| who.looks_in == Some(false));
    let absent = absent.filter(|_| !master)?;
    Some(labels::SHARE_ABSENT.fill(ctx, &[("name", &absent.name)]))
}

/// A game master keeps it for those who are chosen.
fn keep(
    ui: &mut Ui,
    container: &ContainerModel,
    among: Vec<Uid>,
    share: &mut Sharing,
    cx: &mut Cx<'_>,
) {
    let ctx = ui.ctx().clone();
    ui.horizontal_wrapped(|ui| {
        let label = ui.label(labels::KEEP_SECONDS.get(&ctx));
        let field = egui::DragValue::new(&mut share.seconds).range(0.0..=LONGEST);
        ui.add(field).labelled_by(label.id);
        if ui.button(labels::KEEP_FOR.get(&ctx)).clicked() {
            let action = SetLootRights {
                container: container.uid,
                among,
                seconds: share.seconds,
            };
            let ask = Ask::of(&action).about(Subject::Holder(container.uid));
            cx.intents.push(ask.into());
        }
    });
}
