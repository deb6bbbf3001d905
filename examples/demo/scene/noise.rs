//! Repeatable randomness: the same clearing on every machine.

/// A well mixed 32-bit hash.
fn hash(seed: u32) -> u32 {
    let mut x = seed.wrapping_mul(0x9E37_79B9) ^ 0x85EB_CA6B;
    x = (x ^ (x >> 16)).wrapping_mul(0x7FEB_352D);
    x = (x ^ (x >> 15)).wrapping_mul(0x846C_A68B);
    x ^ (x >> 16)
}

/// A number in `0.0..1.0` that depends on `seed` only.
pub fn unit(seed: u32) -> f32 {
    (hash(seed) >> 8) as f32 / (1 << 24) as f32
}

/// A number in `low..high` that depends on `seed` only.
pub fn between(seed: u32, low: f32, high: f32) -> f32 {
    low + (high - low) * unit(seed)
}

/// A number in `-1.0..1.0` for a point in space, the same for equal points.
///
/// The point is snapped to a millimetre, so vertices that touch get one value and no crack opens.
pub fn at_point(point: [f32; 3], salt: u32) -> f32 {
    let snap = |v: f32| (v * 1000.0).round() as i32 as u32;
    let mixed = hash(snap(point[0]) ^ hash(snap(point[1]) ^ hash(snap(point[2]) ^ hash(salt))));
    unit(mixed) * 2.0 - 1.0
}

/// Smooth value noise over the ground, `0.0..1.0`; features are about one unit wide.
pub fn smooth(x: f32, z: f32, salt: u32) -> f32 {
    let corner =
        |cx: f32, cz: f32| unit(hash(cx as i32 as u32 ^ hash(cz as i32 as u32 ^ hash(salt))));
    let (x0, z0) = (x.floor(), z.floor());
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (tx, tz) = (ease(x - x0), ease(z - z0));
    let near = corner(x0, z0) + (corner(x0 + 1.0, z0) - corner(x0, z0)) * tx;
    let far = corner(x0, z0 + 1.0) + (corner(x0 + 1.0, z0 + 1.0) - corner(x0, z0 + 1.0)) * tx;
    near + (far - near) * tz
}

/// Eases from 0 to 1 while `value` goes from `from` to `to`.
pub fn smoothstep(from: f32, to: f32, value: f32) -> f32 {
    let t = ((value - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
