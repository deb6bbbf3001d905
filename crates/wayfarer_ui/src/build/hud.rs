use bevy::prelude::*;
use wayfarer_core::{id::DefId, text::Texts};
use wayfarer_inventory::Load;
use wayfarer_stats::{StatId, index::StatIndex, values::StatValues};

use super::sheet::{name_of, resource};
use crate::{
    keys::{KeyBindings, UiAction},
    model::{
        content::{ContentHealth, ContentModel},
        hud::{BarModel, HudModel, LoadHint, NearbyPrompt},
    },
    open::PanelsOpen,
    texts::labels,
    toasts::Toasts,
};

/// Which stats the HUD shows as bars, by full name (`core:vitals.health`). While it is empty: the
/// first four resources that the character has.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct HudBars(pub Vec<String>);

/// As many bars as can be seen at a glance.
const BARS: usize = 4;

/// Name and bars, which change with the character's stats; the amounts follow by [`refresh`].
pub(super) fn rebuild(world: &World, entity: Entity, model: &mut HudModel) {
    model.name = name_of(world, entity);
    model.bars.clear();
    let Some(layout) = world.get::<StatValues>(entity).and_then(StatValues::layout) else {
        return;
    };
    let Some(index) = layout.shape().content().derived::<StatIndex>() else {
        return;
    };
    let wanted = world.get_resource::<HudBars>().cloned().unwrap_or_default();
    let mut stats: Vec<StatId> = wanted.0.iter().map(|name| StatId::of(name)).collect();
    if stats.is_empty() {
        let sets = layout.shape().sets().iter();
        let all = sets.flat_map(|&set| index.of_set(set));
        stats.extend(all.filter(|entry| entry.is_resource).map(|entry| entry.id));
        stats.truncate(BARS);
    }
    for stat in stats {
        let Some(entry) = index.get(stat) else {
            continue;
        };
        let name = entry
            .def(layout.shape().content())
            .map(|def| def.name.clone())
            .filter(|name| !name.is_empty());
        model.bars.push(BarModel {
            id: stat.0,
            name: name.unwrap_or_else(|| entry.key.to_string()),
            ..BarModel::default()
        });
    }
}

/// What changes from frame to frame.
pub(super) fn refresh(world: &World, entity: Option<Entity>, model: &mut HudModel) {
    let entity = entity.filter(|&entity| world.get_entity(entity).is_ok());
    match entity {
        Some(entity) => {
            for bar in &mut model.bars {
                (bar.current, bar.max) = amounts(world, entity, bar.id);
            }
            model.load = world
                .get::<Load>(entity)
                .filter(|load| load.warn || load.factor < 1.0)
                .map(|load| LoadHint {
                    share: load.share,
                    factor: load.factor,
                });
        }
        None => {
            model.name.clear();
            model.bars.clear();
            model.load = None;
        }
    }
    let prompt = world.get_resource::<NearbyPrompt>();
    let prompt = prompt.and_then(|prompt| prompt.0.as_ref());
    if model.prompt.as_ref() != prompt {
        model.prompt = prompt.cloned();
    }
    if let Some(toasts) = world.get_resource::<Toasts>()
        && model.toasts != toasts.list()
    {
        model.toasts = toasts.list().to_vec();
    }
}

fn amounts(world: &World, entity: Entity, stat: DefId) -> (f32, f32) {
    let stat = StatId(stat);
    if let Some(resource) = resource(world, entity, stat) {
        return (resource.current, resource.max);
    }
    let value = world.get::<StatValues>(entity).and_then(|v| v.get(stat));
    let value = value.unwrap_or(0.0);
    (value, value)
}

/// Key hints, which change with the keys.
pub(super) fn hints(bindings: &KeyBindings, texts: &Texts, model: &mut HudModel) {
    let key = |action: UiAction| {
        let chords = bindings.of(action);
        chords.first().map(ToString::to_string)
    };
    model.prompt_key = key(UiAction::Interact).unwrap_or_default();
    let shown = [
        UiAction::ToggleSheet,
        UiAction::ToggleInventory,
        UiAction::ToggleSession,
        UiAction::ToggleKeys,
    ];
    model.hints = shown
        .into_iter()
        .filter_map(|action| Some((key(action)?, action.label().of(texts).to_owned())))
        .collect();
}

/// What everybody should see about the content while its panel is closed.
pub(super) fn banner(content: &ContentModel, open: &PanelsOpen, texts: &Texts) -> Option<String> {
    if open.is_open(crate::open::Panel::Content) {
        return None;
    }
    let label = match content.state {
        ContentHealth::OldActive => labels::CONTENT_OLD,
        ContentHealth::Failed => labels::CONTENT_FAILED,
        ContentHealth::Loading | ContentHealth::Good => return None,
    };
    let revision = content.revision.to_string();
    Some(label.of(texts).replace("{revision}", &revision))
}
