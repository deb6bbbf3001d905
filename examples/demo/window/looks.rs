//! What the world looks like: a figure for every character, a chest for every container, a thing
//! for every item on the ground. Nothing here decides anything.

use bevy::prelude::*;
use wayfarer::prelude::*;

use crate::{
    scene::{
        SceneSystems,
        assets::SceneAssets,
        camera::CameraRig,
        chest::{ChestLid, spawn_chest},
        figure::{FigureLook, face, gear::FigureGear, motion::FigureMotion, spawn_figure},
        items::{GroundItemKind, spawn_ground_item},
        mark::{Mark, spawn_mark},
    },
    window::bridge::Me,
};

/// The picture of a thing in the world. The picture is an entity of its own, so that nothing of
/// it can be mistaken for state.
#[derive(Component)]
struct PictureOf(Entity);

/// The thing has its picture.
#[derive(Component)]
struct Pictured;

pub fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            (
                (draw_characters, draw_folk, draw_containers).chain(),
                draw_ground_items,
            ),
            forget_pictures,
            (glide, open_lids, dress, follow_me, show_marks),
        )
            .chain()
            .before(SceneSystems),
    );
}

fn at(position: &Position) -> Vec3 {
    Vec3::new(position.x, position.y, position.z)
}

const TUNICS: [Color; 5] = [
    Color::srgb(0.23, 0.36, 0.55),
    Color::srgb(0.55, 0.26, 0.20),
    Color::srgb(0.27, 0.45, 0.28),
    Color::srgb(0.50, 0.38, 0.16),
    Color::srgb(0.42, 0.27, 0.48),
];

type NewFigure = (With<Character>, With<Owner>, Without<Pictured>);

fn draw_characters(
    mut commands: Commands,
    assets: Option<Res<SceneAssets>>,
    new: Query<(Entity, &Position, &Identity), NewFigure>,
) {
    let Some(assets) = assets else { return };
    for (thing, position, identity) in &new {
        let colour = TUNICS[identity.0.get() as usize % TUNICS.len()];
        let picture = spawn_figure(
            &mut commands,
            &assets,
            FigureLook::coloured(colour),
            Transform::from_translation(at(position)),
        );
        commands.entity(picture).insert((
            PictureOf(thing),
            FigureMotion::default(),
            FigureGear::default(),
        ));
        commands.entity(thing).insert(Pictured);
    }
}

/// The looks of those who live here, and where they look.
const FOLK_LOOKS: [(&str, FigureLook, Vec3); 4] = [
    (
        "demo:smith",
        FigureLook {
            body: Color::srgb(0.48, 0.31, 0.18),
            skin: Color::srgb(0.78, 0.56, 0.42),
            hair: Color::srgb(0.16, 0.12, 0.10),
            trousers: Color::srgb(0.24, 0.22, 0.20),
        },
        Vec3::X,
    ),
    (
        "demo:merchant",
        FigureLook {
            body: Color::srgb(0.62, 0.45, 0.12),
            skin: Color::srgb(0.93, 0.74, 0.58),
            hair: Color::srgb(0.72, 0.70, 0.66),
            trousers: Color::srgb(0.30, 0.16, 0.14),
        },
        Vec3::Z,
    ),
    (
        "demo:enchanter",
        FigureLook {
            body: Color::srgb(0.34, 0.22, 0.52),
            skin: Color::srgb(0.62, 0.43, 0.31),
            hair: Color::srgb(0.90, 0.88, 0.84),
            trousers: Color::srgb(0.22, 0.18, 0.34),
        },
        Vec3::Z,
    ),
    (
        "demo:straw_man",
        FigureLook {
            body: Color::srgb(0.80, 0.68, 0.34),
            skin: Color::srgb(0.86, 0.76, 0.46),
            hair: Color::srgb(0.72, 0.58, 0.24),
            trousers: Color::srgb(0.58, 0.50, 0.36),
        },
        Vec3::Z,
    ),
];

type NewFolk = (With<Character>, Without<Owner>, Without<Pictured>);

fn draw_folk(
    mut commands: Commands,
    assets: Option<Res<SceneAssets>>,
    new: Query<(Entity, &Position, &Character), NewFolk>,
) {
    let Some(assets) = assets else { return };
    for (thing, position, character) in &new {
        let known = FOLK_LOOKS
            .into_iter()
            .find(|(name, ..)| *name == character.template());
        let Some((_, look, facing)) = known else {
            continue;
        };
        let mut place = Transform::from_translation(at(position));
        face(&mut place, facing);
        let picture = spawn_figure(&mut commands, &assets, look, place);
        commands.entity(picture).insert((
            PictureOf(thing),
            FigureMotion::default(),
            FigureGear::default(),
        ));
        commands.entity(thing).insert(Pictured);
    }
}

fn draw_containers(
    mut commands: Commands,
    assets: Option<Res<SceneAssets>>,
    new: Query<(Entity, &Position), (With<Container>, Without<Pictured>)>,
) {
    let Some(assets) = assets else { return };
    for (thing, position) in &new {
        let place = Transform::from_translation(at(position));
        let picture = spawn_chest(&mut commands, &assets, place);
        commands.entity(picture).insert(PictureOf(thing));
        commands.entity(thing).insert(Pictured);
    }
}

fn draw_ground_items(
    mut commands: Commands,
    assets: Option<Res<SceneAssets>>,
    content: Res<ActiveContent>,
    new: Query<(Entity, &Position, &WorldItem), Without<Pictured>>,
) {
    let Some(assets) = assets else { return };
    for (thing, position, lying) in &new {
        let name = content.0.name_of(lying.item.def).unwrap_or_default();
        let picture = spawn_ground_item(&mut commands, &assets, kind(name), at(position));
        commands.entity(picture).insert(PictureOf(thing));
        commands.entity(thing).insert(Pictured);
    }
}

/// The look of an item on the ground, by its name: pictures are no rules, so they are not in RON.
fn kind(name: &str) -> GroundItemKind {
    let short = name.rsplit(':').next().unwrap_or(name);
    let table: &[(&[&str], GroundItemKind)] = &[
        (&["sword", "dagger", "axe"], GroundItemKind::Sword),
        (&["shield"], GroundItemKind::Shield),
        (&["potion", "draught"], GroundItemKind::Potion),
        (&["rock", "ore"], GroundItemKind::Rock),
        (&["apple"], GroundItemKind::Apple),
        (&["coin"], GroundItemKind::Coin),
        (&["cloak", "armor", "mail"], GroundItemKind::Cloak),
        (&["boots", "gloves"], GroundItemKind::Boots),
    ];
    table
        .iter()
        .find(|(words, _)| words.iter().any(|word| short.contains(word)))
        .map_or(GroundItemKind::Sack, |&(_, kind)| kind)
}

/// A thing that is gone takes its picture along.
fn forget_pictures(
    mut commands: Commands,
    pictures: Query<(Entity, &PictureOf)>,
    things: Query<(), With<Position>>,
) {
    for (picture, of) in &pictures {
        if !things.contains(of.0) {
            commands.entity(picture).despawn();
        }
    }
}

/// Figures glide to where the rules say they are, so that 20 steps a second look smooth.
fn glide(
    time: Res<Time>,
    things: Query<&Position>,
    mut figures: Query<(&PictureOf, &mut Transform, &mut FigureMotion)>,
) {
    let seconds = time.delta_secs().max(1e-4);
    for (of, mut place, mut motion) in &mut figures {
        let Ok(position) = things.get(of.0) else {
            continue;
        };
        let goal = at(position);
        let gap = goal - place.translation;
        // Far off means a jump (a load, a late join): nobody slides across the clearing.
        let step = if gap.length() > 4.0 {
            gap
        } else {
            gap * (1.0 - (-14.0 * seconds).exp())
        };
        if gap.length_squared() > 1e-5 {
            place.translation += step;
            if gap.length() > 0.05 {
                face(&mut place, gap);
            }
        }
        let speed = (step.length() / seconds).min(8.0);
        motion.speed += (speed - motion.speed) * (seconds * 10.0).min(1.0);
        if motion.speed < 0.05 {
            motion.speed = 0.0;
        }
    }
}

fn open_lids(containers: Query<&Container>, mut lids: Query<(&PictureOf, &mut ChestLid)>) {
    for (of, mut lid) in &mut lids {
        if let Ok(container) = containers.get(of.0)
            && lid.open != container.open
        {
            lid.open = container.open;
        }
    }
}

/// Everybody sees what everybody wears.
fn dress(
    content: Res<ActiveContent>,
    worn: Query<&WornLook, Changed<WornLook>>,
    all: Query<&WornLook>,
    mut figures: Query<(&PictureOf, &mut FigureGear, Ref<FigureMotion>)>,
) {
    for (of, mut gear, motion) in &mut figures {
        if !worn.contains(of.0) && !motion.is_added() {
            continue;
        }
        let Ok(look) = all.get(of.0) else { continue };
        let wears = |slot: &str| {
            look.0
                .iter()
                .any(|&(at, _)| content.0.name_of(at) == Some(slot))
        };
        let now = FigureGear {
            helmet: wears("core:head"),
            weapon: wears("core:main_hand"),
            shield: wears("core:off_hand"),
            armor: wears("core:chest"),
        };
        if *gear != now {
            *gear = now;
        }
    }
}

/// Which effect is seen as what.
const MARKS: [(&str, Mark); 3] = [
    ("demo:blessed", Mark::Halo),
    ("demo:poison", Mark::Venom),
    ("demo:wet", Mark::Drops),
];

/// Everybody sees what the rules let everybody see of effects.
fn show_marks(
    mut commands: Commands,
    assets: Option<Res<SceneAssets>>,
    seen: Query<&PublicEffects>,
    figures: Query<(Entity, &PictureOf), With<FigureGear>>,
    marks: Query<(Entity, &Mark, &ChildOf)>,
) {
    let Some(assets) = assets else { return };
    for (figure, of) in &figures {
        let effects = seen.get(of.0).ok();
        for (name, mark) in MARKS {
            let wanted = effects.is_some_and(|effects| effects.has(DefId::of(name)));
            let mut there = marks
                .iter()
                .filter(|(_, worn, child)| **worn == mark && child.parent() == figure);
            match (wanted, there.next()) {
                (true, None) => spawn_mark(&mut commands, &assets, mark, figure),
                (false, Some((worn, ..))) => commands.entity(worn).despawn(),
                _ => {}
            }
        }
    }
}

fn follow_me(me: Res<Me>, things: Query<&Position>, mut rigs: Query<&mut CameraRig>) {
    let Some(position) = me.entity.and_then(|entity| things.get(entity).ok()) else {
        return;
    };
    for mut rig in &mut rigs {
        rig.target = at(position);
    }
}
