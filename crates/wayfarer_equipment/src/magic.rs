//! Enchantments, sets, identification, attunement, abilities and names, as one part of the plugin.

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionAppExt,
    authority::is_host,
    clock::{RulesSystems, RulesTick},
    content::{ActiveContent, Content, ContentAppExt, ContentState},
    id::DefId,
    protocol::ProtocolAppExt,
    state::{Audience, StateAppExt},
    text::TextAppExt,
};
use wayfarer_inventory::{
    making::ItemMakerAppExt, naming::ItemNamerAppExt, shop::ShopSystems, value::ItemValueAppExt,
    work::WorkAppExt,
};
use wayfarer_stats::{
    StatSystems,
    facts::StatChanged,
    origin::{Origin, OriginAppExt},
};

use crate::{
    abilities::UseAbility,
    attuning::{AttuneItem, UnattuneItem},
    content::{
        EnchantRulesDef, EnchantmentDef, EquipRulesDef, GearSetDef, IdentificationRulesDef,
        ItemAbilityDef, NameRulesDef, check_magic,
    },
    durability::WearSystems,
    enchanting::{self, DisenchantItem, EnchantItem, EnchantLore, RemoveEnchantment},
    facts,
    follow::{FollowSystems, WornDirty},
    identifying::IdentifyItem,
    naming::{self, RenameItem},
    refusals::MAGIC_TEXTS,
    settle::{
        ActiveSets,
        due::{self, EnchantQueue},
    },
    valuing,
};

const PLUGIN: &str = "wayfarer_equipment";

pub(crate) fn plugin(app: &mut App) {
    app.init_resource::<EnchantQueue>()
        .register_type::<ActiveSets>()
        .register_type::<EnchantLore>()
        .register_texts(MAGIC_TEXTS)
        .register_definition::<EnchantmentDef>()
        .register_definition::<EnchantRulesDef>()
        .register_definition::<GearSetDef>()
        .register_definition::<IdentificationRulesDef>()
        .register_definition::<ItemAbilityDef>()
        .register_definition::<NameRulesDef>()
        .register_content_check("equipment.magic", check_magic)
        .register_modifier_origin("enchantments", enchantment_origin)
        .register_modifier_origin("gear_sets", set_origin)
        .register_item_namer("equipment", naming::name)
        // Behind quality and condition, which multiply what the thing itself is worth.
        .register_item_valuer("equipment.3 enchantments", valuing::value)
        // Behind quality and rarity, which say how many there may be.
        .register_item_maker("equipment.3 enchantments", enchanting::maker)
        .register_work::<DisenchantItem>()
        .register_work::<EnchantItem>()
        .register_work::<RemoveEnchantment>()
        .register_work::<IdentifyItem>()
        .register_work::<AttuneItem>()
        .register_action::<DisenchantItem>()
        .register_action::<EnchantItem>()
        .register_action::<RemoveEnchantment>()
        .register_action::<IdentifyItem>()
        .register_action::<AttuneItem>()
        .register_action::<UnattuneItem>()
        .register_action::<UseAbility>()
        .register_action::<RenameItem>()
        .declare_replicated::<EnchantLore>(PLUGIN, "equipment.lore", 1, Audience::Owner)
        .declare_replicated::<ActiveSets>(PLUGIN, "equipment.sets", 1, Audience::Owner);
    app.register_state::<EnchantLore>("equipment.lore", 1, Audience::Owner);
    app.register_state::<ActiveSets>("equipment.sets", 1, Audience::Owner);
    facts::magic::plugin(app);
    let ready = |state: Res<ContentState>| *state == ContentState::Ready;
    app.add_systems(
        RulesTick,
        due::expire
            .in_set(RulesSystems::Simulate)
            .after(StatSystems::GoOn)
            .after(ShopSystems)
            .run_if(is_host)
            .run_if(ready)
            .run_if(due::any_noted),
    )
    .add_systems(
        RulesTick,
        levels_changed
            .in_set(RulesSystems::Settle)
            .before(FollowSystems)
            .before(WearSystems)
            .run_if(is_host)
            .run_if(ready),
    );
}

/// Whoever rises in level may understand what they wear.
fn levels_changed(
    mut changed: MessageReader<StatChanged>,
    content: Option<Res<ActiveContent>>,
    mut dirty: ResMut<WornDirty>,
) {
    let rules = content.as_ref();
    let rules = rules.and_then(|content| EquipRulesDef::in_force(&content.0));
    let Some(level) = rules.and_then(|rules| rules.level.as_ref()) else {
        changed.clear();
        return;
    };
    for change in changed.read() {
        if level.stats().contains(&change.stat.0) {
            dirty.0.push(change.entity);
        }
    }
}

/// How an explanation names what an enchantment does.
fn enchantment_origin(content: &Content, def: DefId, _: u16) -> Option<Origin> {
    let def = content.table::<EnchantmentDef>().get(def)?;
    Some(Origin {
        label: def.name.clone(),
        place: Some(def.place().to_string()),
    })
}

/// How an explanation names what a set does.
fn set_origin(content: &Content, def: DefId, _: u16) -> Option<Origin> {
    let def = content.table::<GearSetDef>().get(def)?;
    Some(Origin {
        label: def.name.clone(),
        place: Some(def.place().to_string()),
    })
}
