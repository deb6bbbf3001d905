// A cheap painterly look: one sun with shadows, light of sky and ground, distance fog, wind.
//
// Everything but the shadow is worked out at the vertices. The shapes have flat faces, so it looks
// the same, and a software renderer draws it an order of magnitude faster than per pixel.

#import bevy_pbr::{
    forward_io::Vertex,
    mesh_functions,
    mesh_view_bindings::{view, lights, globals},
    mesh_view_types::DIRECTIONAL_LIGHT_FLAGS_SHADOWS_ENABLED_BIT,
    view_transformations::position_world_to_clip,
}
#ifdef ONE_CASCADE
#import bevy_pbr::shadow_sampling::sample_shadow_map_hardware
#else
#import bevy_pbr::shadows::fetch_directional_shadow
#endif

struct Paint {
    // rgb: multiplied with the vertex colour; a: 0 lit by the sun, 1 glowing by itself.
    tint: vec4<f32>,
    // Sun and sky come along here because Bevy's lights are not visible to vertex shaders.
    sun: vec4<f32>,
    // Towards the sun.
    sun_direction: vec4<f32>,
    sky: vec4<f32>,
    ground: vec4<f32>,
    // a: distance where the haze begins.
    haze: vec4<f32>,
    // x: distance where the haze hides everything.
    haze_end: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> paint: Paint;

struct Painted {
    @builtin(position) position: vec4<f32>,
    // What is left in full shade, haze included.
    @location(0) shade: vec3<f32>,
    // What the sun adds.
    @location(1) sun: vec3<f32>,
#ifdef ONE_CASCADE
    // Moved off the surface, so that it does not shadow itself.
    @location(2) shadow_position: vec3<f32>,
#else
    @location(3) world_normal: vec3<f32>,
#endif
#ifdef NEEDS_WORLD
    @location(4) world_position: vec3<f32>,
#endif
}

@vertex
fn vertex(vertex: Vertex) -> Painted {
    var out: Painted;
    let world_from_local = mesh_functions::get_world_from_local(vertex.instance_index);
    // Exact for evenly scaled meshes and near enough for the others; the exact matrix costs as much
    // as all the rest of this function.
    let normal = normalize((world_from_local * vec4<f32>(vertex.normal, 0.0)).xyz);
    var world = (world_from_local * vec4<f32>(vertex.position, 1.0)).xyz;

    // The alpha is not a transparency: what it lacks to 1 is the reach of the wind in metres.
    let sway = 1.0 - vertex.color.a;
    let gust = sway * sin(globals.time * 1.4 + world.x * 0.5 + world.z * 0.35);
    world.x += gust;
    world.z += gust * 0.5;
    out.position = position_world_to_clip(world);

    let base = vertex.color.rgb * paint.tint.rgb;
    let lit = 1.0 - paint.tint.a;
    let facing = max(dot(normal, paint.sun_direction.xyz), 0.0);
    let ambient = mix(paint.ground.rgb, paint.sky.rgb, normal.y * 0.5 + 0.5);
    out.shade = base * mix(vec3<f32>(1.0), ambient, lit);
    out.sun = base * paint.sun.rgb * (facing * lit);

    let distance = length(world - view.world_position);
    let haze = clamp((distance - paint.haze.a) / (paint.haze_end.x - paint.haze.a), 0.0, 1.0);
    let hidden = haze * haze;
    out.shade = mix(out.shade, paint.haze.rgb, hidden);
    out.sun *= 1.0 - hidden;

#ifdef ONE_CASCADE
    out.shadow_position = world + normal * 0.06 + paint.sun_direction.xyz * 0.05;
#else
    out.world_normal = normal;
#endif
#ifdef NEEDS_WORLD
    out.world_position = world;
#endif
    return out;
}

#ifdef SEE_THROUGH
// Radius in metres of the hole in leaves that would hide the camera's target.
const HOLE: f32 = 3.4;

// Screen-door: an ordered 4x4 pattern of which `keep` (0 to 1) stays.
fn screen_door(pixel: vec2<f32>, keep: f32) -> bool {
    let x = u32(pixel.x) & 3u;
    let y = u32(pixel.y) & 3u;
    let bits = x ^ y;
    let rank = ((bits & 1u) << 3u) | ((y & 1u) << 2u) | (bits & 2u) | ((y & 2u) >> 1u);
    return (f32(rank) + 0.5) / 16.0 < keep;
}
#endif

@fragment
fn fragment(in: Painted) -> @location(0) vec4<f32> {
#ifdef SEE_THROUGH
    // The camera looks at its target's chest, so the target's distance follows from the view alone.
    let ray = -view.world_from_view[2].xyz;
    let reach = (view.world_position.y - 1.0) / max(-ray.y, 0.1);
    let here = in.world_position - view.world_position;
    let along = dot(here, ray);
    let aside = length(here - ray * along);
    let keep = smoothstep(HOLE * 0.45, HOLE, aside) + smoothstep(reach - 1.5, reach - 0.5, along);
    if !screen_door(in.position.xy, keep) {
        discard;
    }
#endif

    var light = 1.0;
    if (lights.directional_lights[0].flags & DIRECTIONAL_LIGHT_FLAGS_SHADOWS_ENABLED_BIT) != 0u {
#ifdef ONE_CASCADE
        // A fixed index: looked up by a computed one, the matrix costs more than all the rest.
        let clip = lights.directional_lights[0].cascades[0].clip_from_world
            * vec4<f32>(in.shadow_position, 1.0);
        let place = vec3<f32>(clip.xy * vec2<f32>(0.5, -0.5) + 0.5, clip.z);
        let sampled = sample_shadow_map_hardware(place.xy, place.z, 0);
        let inside = all(place > vec3<f32>(0.0)) && all(place < vec3<f32>(1.0));
        light = select(1.0, sampled, inside);
#else
        let world = vec4<f32>(in.world_position, 1.0);
        let view_z = (view.view_from_world * world).z;
        light = fetch_directional_shadow(
            0u, world, normalize(in.world_normal), view_z, in.position.xy);
#endif
    }
    return vec4<f32>(in.shade + in.sun * light, 1.0);
}
