//! The plugin.

use bevy::prelude::*;
use wayfarer_core::{
    CorePlugin,
    action::ActionAppExt,
    aggregate::AggregateAppExt,
    authority::is_host,
    character::CharacterAppExt,
    clock::{RulesSystems, RulesTick},
    content::{Content, ContentAppExt, ContentState},
    feature::{FeatureAppExt, Features},
    id::DefId,
    text::TextAppExt,
};
use wayfarer_inventory::{Inventory, InventoryPlugin, content::ItemDef, load::LoadSystems};
use wayfarer_stats::{
    StatSystems, StatsPlugin,
    origin::{Origin, OriginAppExt},
};

use crate::{
    FEATURE,
    actions::{EquipItem, SwapSlots, UnequipItem},
    content::{ConditionDef, EquipRulesDef, GearDef, QualityDef, RarityDef, SlotDef, check_gear},
    durability,
    equipment::Equipment,
    ext,
    facts::{ItemEquipped, ItemUnequipped},
    follow::{self, WornDirty},
    identify_step,
    look::WornLook,
    magic, maintenance, maker,
    outfit::outfit,
    protocol,
    refusals::TEXTS,
    repair,
};

/// Slots, requirements, cooldowns, and what worn things do. Brings the plugins it stands on.
#[derive(Default, Clone, Debug)]
pub struct EquipmentPlugin;

impl EquipmentPlugin {
    /// Adds the plugin unless it is there.
    pub fn ensure(app: &mut App) {
        if !app.is_plugin_added::<Self>() {
            app.add_plugins(Self);
        }
    }
}

impl Plugin for EquipmentPlugin {
    fn build(&self, app: &mut App) {
        if app.world().contains_resource::<Installed>() {
            return;
        }
        app.insert_resource(Installed);
        CorePlugin::ensure(app);
        StatsPlugin::ensure(app);
        InventoryPlugin::ensure(app);
        app.init_resource::<WornDirty>()
            .register_type::<Equipment>()
            .register_type::<WornLook>()
            .register_texts(TEXTS)
            .register_texts(maintenance::TEXTS)
            .add_message::<ItemEquipped>()
            .add_message::<ItemUnequipped>()
            .register_definition::<SlotDef>()
            .register_definition::<GearDef>()
            .register_definition::<EquipRulesDef>()
            .register_definition::<QualityDef>()
            .register_definition::<RarityDef>()
            .register_definition::<ConditionDef>()
            .register_content_check("equipment.gear", check_gear)
            .on_content_swap(follow::content_swapped)
            .register_action::<EquipItem>()
            .register_action::<UnequipItem>()
            .register_action::<SwapSlots>()
            .register_outfit("3 equipment", outfit)
            .register_feature(FEATURE, "Equipment")
            .on_committed::<Inventory>(follow::inventory_committed)
            .register_modifier_origin("gear", gear_origin)
            .configure_sets(
                RulesTick,
                follow::FollowSystems.in_set(RulesSystems::Settle),
            )
            .add_systems(
                RulesTick,
                (
                    follow::feature_switched.run_if(resource_changed::<Features>),
                    follow::follow.run_if(|dirty: Res<WornDirty>| !dirty.0.is_empty()),
                )
                    .chain()
                    .in_set(follow::FollowSystems)
                    // What one can carry depends on what one wears.
                    .before(LoadSystems)
                    .before(StatSystems::Settle)
                    .run_if(is_host)
                    .run_if(|state: Res<ContentState>| *state == ContentState::Ready),
            );
        ext::plugin(app);
        identify_step::plugin(app);
        magic::plugin(app);
        durability::plugin(app);
        maker::plugin(app);
        repair::plugin(app);
        protocol::plugin(app);
    }

    fn is_unique(&self) -> bool {
        false
    }
}

/// The plugin has been added; adding it again is harmless.
#[derive(Resource)]
struct Installed;

/// How an explanation names what an item does: by the item, and by the line that says so.
fn gear_origin(content: &Content, def: DefId, index: u16) -> Option<Origin> {
    let gear = content.table::<GearDef>().get(def)?;
    let item = content.table::<ItemDef>().get(def);
    let modifier = gear.modifiers.get(usize::from(index));
    let place = modifier.and_then(|modifier| content.place_of(&modifier.stat));
    Some(Origin {
        label: item.map_or_else(|| gear.name().to_owned(), |item| item.name.clone()),
        place: Some(place.unwrap_or_else(|| gear.place().clone()).to_string()),
    })
}
