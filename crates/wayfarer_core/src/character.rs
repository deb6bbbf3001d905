//! Characters: `Character::new("demo:knight")` is all a game spawns; each plugin that is present
//! gives it what its own definitions of that name say (a sheet, a kit, …).

use std::borrow::Cow;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    authority::{Authority, Owner, Position},
    content::{ActiveContent, ContentState, Definition},
    id::{DefId, Identity, UidMint},
    revision::ChangeLog,
    state::DirtyRecords,
};

/// Definition kind `characters`: who somebody is before play begins.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct CharacterDef {
    /// Name shown to players, unless the game gives its own.
    pub name: String,
    /// A sentence or two for the sheet.
    #[serde(default)]
    pub description: String,
}

impl Definition for CharacterDef {
    const KIND: &'static str = "characters";
}

/// A character of the world. Insert it; the rest follows when content is ready.
///
/// ```
/// # use bevy::prelude::*;
/// # use wayfarer_core::prelude::*;
/// # let mut world = World::new();
/// world.spawn((Character::new("demo:knight"), Owner(PlayerId::LOCAL)));
/// ```
#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize, Reflect)]
#[reflect(Component)]
#[require(ChangeLog)]
pub struct Character {
    template: Cow<'static, str>,
}

impl Character {
    /// A character after the definition `pack:name`.
    pub fn new(template: impl Into<Cow<'static, str>>) -> Self {
        Self {
            template: template.into(),
        }
    }

    /// The name of the definition.
    pub fn template(&self) -> &str {
        &self.template
    }

    /// The id of the definition.
    pub fn def(&self) -> DefId {
        DefId::of(&self.template)
    }
}

/// The name shown for a character.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect)]
#[reflect(Component)]
pub struct DisplayName(pub String);

/// The character has got everything that the definitions give it. Persistent, so that a loaded
/// character does not get its starting kit again.
#[derive(
    Component, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Reflect,
)]
#[reflect(Component)]
pub struct Outfitted;

/// The definition of the character is not in the content. It stays without sheet and kit until
/// the content is mended.
#[derive(Component, Clone, Debug, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub struct TemplateMissing(pub String);

/// Gives one entity what one plugin's definitions of its template say.
pub type Outfit = fn(&mut World, Entity, DefId);

/// What each plugin does for a new character, in the order of the names.
#[derive(Resource, Default, Clone)]
pub struct Outfitters {
    list: std::collections::BTreeMap<&'static str, Outfit>,
}

/// Registration of outfitters.
pub trait CharacterAppExt {
    /// Has `outfit` called for every new character, once content is ready. Outfitters run sorted
    /// by name; ours are called `1 stats`, `2 inventory`, `3 equipment`.
    fn register_outfit(&mut self, name: &'static str, outfit: Outfit) -> &mut Self;
}

impl CharacterAppExt for App {
    fn register_outfit(&mut self, name: &'static str, outfit: Outfit) -> &mut Self {
        self.init_resource::<Outfitters>();
        self.world_mut()
            .resource_mut::<Outfitters>()
            .list
            .insert(name, outfit);
        self
    }
}

/// A character has come into the world, with everything it starts with.
#[derive(Message, EntityEvent, Clone, Debug)]
pub struct CharacterReady {
    /// The character.
    pub entity: Entity,
}

crate::impl_fact!(CharacterReady);

type NewCharacters<'w, 's> = Query<'w, 's, Entity, (With<Character>, Without<Outfitted>)>;

/// Whether there is anybody to outfit; keeps the exclusive system from running for nothing.
pub(crate) fn somebody_is_new(
    new: NewCharacters,
    authority: Res<Authority>,
    state: Res<ContentState>,
) -> bool {
    *authority == Authority::Host && *state == ContentState::Ready && !new.is_empty()
}

/// Gives new characters an identity, a name and what the plugins' definitions say.
pub(crate) fn outfit_characters(world: &mut World) {
    let mut query = world.query_filtered::<(Entity, &Character), Without<Outfitted>>();
    let mut new: Vec<(Entity, Character)> =
        query.iter(world).map(|(e, c)| (e, c.clone())).collect();
    new.sort_unstable_by_key(|(entity, _)| *entity);
    let content = world.resource::<ActiveContent>().0.clone();
    let outfitters = world.get_resource::<Outfitters>().cloned();
    for (entity, character) in new {
        let Some(def) = content.table::<CharacterDef>().get(character.def()) else {
            let missing = TemplateMissing(character.template.to_string());
            if world.get::<TemplateMissing>(entity) != Some(&missing) {
                tracing::warn!(
                    "there is no character `{}` in the loaded packs",
                    character.template
                );
                world.entity_mut(entity).insert(missing);
            }
            continue;
        };
        if world.get::<Identity>(entity).is_none() {
            let uid = world.resource_mut::<UidMint>().mint();
            world.entity_mut(entity).insert(Identity(uid));
        }
        let mut e = world.entity_mut(entity);
        if !e.contains::<DisplayName>() {
            e.insert(DisplayName(def.name.clone()));
        }
        if !e.contains::<Position>() {
            e.insert(Position::default());
        }
        e.insert(Outfitted).remove::<TemplateMissing>();
        for outfit in outfitters.iter().flat_map(|o| o.list.values()) {
            outfit(world, entity, character.def());
        }
        if let Some(&Identity(uid)) = world.get::<Identity>(entity) {
            world.resource_mut::<DirtyRecords>().changed(uid);
        }
        crate::fact::Fact::tell(CharacterReady { entity }, world);
    }
}

/// The uid and owner of a character, for rules that need both.
pub fn owner_of(world: &World, entity: Entity) -> Option<crate::id::PlayerId> {
    world.get::<Owner>(entity).map(|owner| owner.0)
}
