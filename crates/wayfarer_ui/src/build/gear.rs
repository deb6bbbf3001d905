//! Builds the model of the gear panel.

use wayfarer_core::{
    content::{ActiveContent, Content},
    id::DefId,
    refusal::Refusal,
    text::Texts,
};
use wayfarer_equipment::{
    abilities::in_combat,
    advice::upgrades,
    condition::band_of,
    content::{AbilityTarget, GearSetDef, ItemAbilityDef, QualityDef, SetTier},
    ext::Durability,
    prelude::{list_abilities, set_status},
};
use wayfarer_inventory::{Inventory, content::ItemDef, naming::display_name};
use wayfarer_stats::{api::display_name as stat_name, effects::EffectDef, index::StatIndex};

use super::effects::{amount_words, changes};
use crate::{
    game_panel::PanelScene,
    model::gear::{AbilityLine, GearModel, SetLine, TierLine, UpgradeLine, WornLine},
};

/// The model for the player's character.
pub(crate) fn gear(scene: &PanelScene<'_>) -> GearModel {
    let world = scene.world;
    let content = world.get_resource::<ActiveContent>();
    let Some((actor, content)) = scene.local.zip(content) else {
        return GearModel::default();
    };
    let (Some(inventory), content) = (world.get::<Inventory>(actor), &content.0) else {
        return GearModel::default();
    };
    let mut worn: Vec<_> = inventory.worn().collect();
    worn.sort_unstable_by_key(|item| item.uid);
    GearModel {
        present: true,
        sets: sets(scene, content, inventory),
        abilities: abilities(scene, content, inventory),
        worn: worn
            .into_iter()
            .map(|item| WornLine {
                name: display_name(world, item),
                percent: Durability::of(item).percent(),
                band: band_of(content, item).map_or_else(String::new, |band| band.name.clone()),
            })
            .collect(),
        upgrades: advice(scene, content, inventory),
        feedback: scene.feedback(),
    }
}

fn sets(scene: &PanelScene<'_>, content: &Content, inventory: &Inventory) -> Vec<SetLine> {
    let Some(actor) = scene.local else {
        return Vec::new();
    };
    let table = content.table::<GearSetDef>();
    let named = |item: DefId| {
        let def = content.table::<ItemDef>().get(item);
        def.map_or_else(|| item.to_string(), |def| def.name.clone())
    };
    let all = set_status(scene.world, actor).into_iter();
    all.filter_map(|status| {
        let def = table.get(status.set)?;
        let unsound = status.unsound().filter_map(|uid| inventory.get(uid));
        let tiers = def.tiers.iter().zip(0..);
        Some(SetLine {
            name: def.name.clone(),
            description: def.description.clone(),
            counted: status.counted,
            tiers: tiers
                .map(|(tier, at)| TierLine {
                    pieces: tier.pieces,
                    name: tier.name.clone(),
                    active: at < status.tiers,
                    gives: gives(content, tier),
                })
                .collect(),
            unsound: unsound
                .map(|item| display_name(scene.world, item))
                .collect(),
            missing: status.missing.iter().map(|&item| named(item)).collect(),
            restored: status.restored,
        })
    })
    .collect()
}

/// What a tier gives: stats with amounts, then effects.
fn gives(content: &Content, tier: &SetTier) -> Vec<String> {
    let index = content.derived::<StatIndex>();
    let stats = tier.modifiers.iter().filter_map(|modifier| {
        let (kind, amount) = modifier.kind()?;
        let stat = modifier.stat(index?)?;
        let name = stat_name(content, stat);
        Some(format!("{name} {}", amount_words(kind, amount)))
    });
    let effects = content.table::<EffectDef>();
    let effects = tier.effects.iter().filter_map(|effect| {
        let def = effects.get(effect.id())?;
        Some(def.name.clone())
    });
    stats.chain(effects).collect()
}

fn abilities(scene: &PanelScene<'_>, content: &Content, inventory: &Inventory) -> Vec<AbilityLine> {
    let world = scene.world;
    let Some(actor) = scene.local else {
        return Vec::new();
    };
    let texts = world.get_resource::<Texts>();
    let say = |refusal: &Refusal| match texts {
        Some(texts) => texts.refusal(refusal, content),
        None => refusal.to_string(),
    };
    let visited = scene.visited().map(|(uid, _)| uid);
    let all = list_abilities(world, actor, in_combat(world, content, actor)).into_iter();
    all.filter_map(|view| {
        let def = content.table::<ItemAbilityDef>().get(view.ability)?;
        let item = inventory.get(view.item)?;
        Some(AbilityLine {
            item: view.item,
            item_name: display_name(world, item),
            ability: view.ability,
            name: def.name.clone(),
            description: def.description.clone(),
            remaining: view.remaining,
            target: match def.target {
                AbilityTarget::Other => visited,
                AbilityTarget::User | AbilityTarget::Anyone => None,
            },
            refusal: match view.refusal {
                Some(refusal) => Some(say(&refusal)),
                None if def.target == AbilityTarget::Other && visited.is_none() => {
                    let wrong = wayfarer_equipment::refusals::WRONG_TARGET;
                    Some(say(&wrong.into()))
                }
                None => None,
            },
        })
    })
    .collect()
}

fn advice(scene: &PanelScene<'_>, content: &Content, inventory: &Inventory) -> Vec<UpgradeLine> {
    let Some(actor) = scene.local else {
        return Vec::new();
    };
    let name = |uid| {
        let item = inventory.get(uid);
        item.map_or_else(String::new, |item| display_name(scene.world, item))
    };
    let all = upgrades(scene.world, actor).into_iter();
    all.map(|one| {
        let quality = content.table::<QualityDef>().get(one.quality);
        let better = one.better.as_ref();
        UpgradeLine {
            name: name(one.item),
            quality: quality.map_or_else(String::new, |quality| quality.name.clone()),
            level: one.from_level,
            better: better.map(|(uid, rows)| (name(*uid), changes(scene.world, rows))),
        }
    })
    .collect()
}
