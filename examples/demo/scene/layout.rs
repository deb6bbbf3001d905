//! Where things stand in the clearing.
//!
//! Metres; x right, y up, z towards the viewer; the clearing's middle is the origin.

use bevy::math::Vec3;

/// Radius of the open ground, metres; trees begin behind it.
pub const CLEARING_RADIUS: f32 = 12.0;

/// Ground positions of the two chests. Both open towards the viewer (+z).
pub const CHEST_POSITIONS: [Vec3; 2] = [Vec3::new(-4.0, 0.0, -2.0), Vec3::new(5.0, 0.0, -3.0)];

/// Ground position of the well's middle.
pub const WELL_POSITION: Vec3 = Vec3::new(0.0, 0.0, -5.0);

/// Ground positions of the two signposts.
pub const SIGNPOST_POSITIONS: [Vec3; 2] = [Vec3::new(3.0, 0.0, 4.0), Vec3::new(-6.0, 0.0, 3.0)];

/// Ground position of the campfire.
pub const CAMPFIRE_POSITION: Vec3 = Vec3::new(7.0, 0.0, 2.0);

/// Ground position of the tent beside the campfire.
pub const TENT_POSITION: Vec3 = Vec3::new(9.3, 0.0, -0.9);

/// Where a newcomer should stand.
pub const SPAWN_POSITION: Vec3 = Vec3::new(0.0, 0.0, 1.0);

/// Middle of the fenced garden patch.
pub const GARDEN_POSITION: Vec3 = Vec3::new(-7.6, 0.0, -5.2);

/// Ground position of the shrine, which looks towards the viewer (+z).
pub const SHRINE_POSITION: Vec3 = Vec3::new(4.4, 0.0, -7.8);

/// Ground position of the forge's hearth.
pub const FORGE_POSITION: Vec3 = Vec3::new(-9.6, 0.0, 0.2);

/// Where the smith stands.
pub const SMITH_POSITION: Vec3 = Vec3::new(-7.6, 0.0, 0.2);

/// Ground position of the merchant's stall, which opens towards the viewer (+z).
pub const STALL_POSITION: Vec3 = Vec3::new(8.4, 0.0, -5.6);

/// Where the merchant stands: before the counter, where one can be seen.
pub const MERCHANT_POSITION: Vec3 = Vec3::new(7.0, 0.0, -4.7);

/// Ground position of the stones where things are enchanted.
pub const CIRCLE_POSITION: Vec3 = Vec3::new(-3.2, 0.0, -9.2);

/// Where the enchanter stands.
pub const ENCHANTER_POSITION: Vec3 = Vec3::new(-2.3, 0.0, -8.5);

/// Where the straw man stands, for whoever wants to try something.
pub const STRAW_MAN_POSITION: Vec3 = Vec3::new(-1.4, 0.0, 2.8);

/// Ground positions of the bramble patches. One can walk into them.
pub const BRAMBLE_POSITIONS: [Vec3; 2] = [Vec3::new(-3.4, 0.0, 5.2), Vec3::new(6.2, 0.0, 6.8)];

/// Radius of a bramble patch, metres.
pub const BRAMBLE_RADIUS: f32 = 1.3;

/// Radius of a circle nothing should walk through, for each solid thing in the clearing
/// (ground position, metres).
pub const OBSTACLES: [(Vec3, f32); 15] = [
    (CHEST_POSITIONS[0], 0.65),
    (CHEST_POSITIONS[1], 0.65),
    (WELL_POSITION, 1.25),
    (SIGNPOST_POSITIONS[0], 0.25),
    (SIGNPOST_POSITIONS[1], 0.25),
    (CAMPFIRE_POSITION, 0.8),
    (TENT_POSITION, 1.5),
    (GARDEN_POSITION, 1.9),
    (SHRINE_POSITION, 0.95),
    (FORGE_POSITION, 1.2),
    (SMITH_POSITION, 0.4),
    (STALL_POSITION, 1.0),
    (MERCHANT_POSITION, 0.4),
    (CIRCLE_POSITION, 0.75),
    (ENCHANTER_POSITION, 0.4),
];

/// Moves a walking goal out of the obstacles and back into the clearing; keeps its height.
pub fn keep_walkable(position: Vec3) -> Vec3 {
    let height = position.y;
    let mut flat = Vec3::new(position.x, 0.0, position.z);
    for (centre, radius) in OBSTACLES {
        let away = flat - centre;
        if away.length_squared() < radius * radius {
            flat = centre + away.normalize_or(Vec3::Z) * radius;
        }
    }
    flat.clamp_length_max(CLEARING_RADIUS).with_y(height)
}
