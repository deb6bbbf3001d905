// A cheap painterly look: one sun with shadows, sky and ground light, distance fog, wind.
// The full physically based shader costs a software renderer five times as much.

#import bevy_pbr::{
    forward_io::{Vertex, VertexOutput},
    mesh_functions,
    mesh_view_bindings::{view, lights, globals},
    mesh_view_types::DIRECTIONAL_LIGHT_FLAGS_SHADOWS_ENABLED_BIT,
    shadows::fetch_directional_shadow,
    view_transformations::position_world_to_clip,
}
#ifdef DISTANCE_FOG
#import bevy_pbr::mesh_view_bindings::fog
#endif

struct Paint {
    // rgb: multiplied with the vertex colour; a: 0 lit by the sun, 1 glowing by itself.
    tint: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> paint: Paint;

const GROUND_LIGHT: vec3<f32> = vec3<f32>(0.62, 0.60, 0.42);

@vertex
fn vertex(vertex: Vertex) -> VertexOutput {
    var out: VertexOutput;
    let world_from_local = mesh_functions::get_world_from_local(vertex.instance_index);
    out.world_normal = mesh_functions::mesh_normal_local_to_world(vertex.normal, vertex.instance_index);
    var world = mesh_functions::mesh_position_local_to_world(world_from_local, vec4<f32>(vertex.position, 1.0));
#ifdef VERTEX_COLORS
    let sway = 1.0 - vertex.color.a;
    let phase = globals.time * 1.3 + world.x * 0.35 + world.z * 0.28;
    world.x += sway * (sin(phase) + 0.4 * sin(phase * 2.7 + world.z));
    world.z += sway * 0.6 * cos(phase * 0.8);
    out.color = vertex.color;
#endif
    out.world_position = world;
    out.position = position_world_to_clip(world.xyz);
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
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
#ifdef SEE_THROUGH
    // The camera looks at its target's chest, so the target's distance follows from the view alone.
    let ray = -view.world_from_view[2].xyz;
    let reach = (view.world_position.y - 1.0) / max(-ray.y, 0.1);
    let here = in.world_position.xyz - view.world_position;
    let along = dot(here, ray);
    let aside = length(here - ray * along);
    let keep = smoothstep(HOLE * 0.45, HOLE, aside) + smoothstep(reach - 1.5, reach - 0.5, along);
    if !screen_door(in.position.xy, keep) {
        discard;
    }
#endif

    var base = paint.tint.rgb;
#ifdef VERTEX_COLORS
    base *= in.color.rgb;
#endif

    let normal = normalize(in.world_normal);
    // Leaves the light of the sky above and of the warm ground below.
    let sky = lights.ambient_color.rgb * view.exposure
        * mix(GROUND_LIGHT, vec3<f32>(1.0), normal.y * 0.5 + 0.5);

    let sun = &lights.directional_lights[0];
    let facing = dot(normal, (*sun).direction_to_light);
    var direct = max(facing, 0.0);
    if direct > 0.0 && ((*sun).flags & DIRECTIONAL_LIGHT_FLAGS_SHADOWS_ENABLED_BIT) != 0u {
        let view_z = dot(vec4<f32>(
            view.view_from_world[0].z,
            view.view_from_world[1].z,
            view.view_from_world[2].z,
            view.view_from_world[3].z,
        ), in.world_position);
        direct *= fetch_directional_shadow(0u, in.world_position, normal, view_z, in.position.xy);
    }
    let sun_light = (*sun).color.rgb * view.exposure * 0.31831;

    let lit = base * (sky + sun_light * direct);
    var color = mix(lit, base, paint.tint.a);

#ifdef DISTANCE_FOG
    let distance = length(in.world_position.xyz - view.world_position);
    let haze = clamp((distance - fog.be.x) / (fog.be.y - fog.be.x), 0.0, 1.0) * fog.base_color.a;
    color = mix(color, fog.base_color.rgb, haze * haze);
#endif
    return vec4<f32>(color, 1.0);
}
