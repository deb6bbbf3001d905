//! Wayfarer's stat engine: layers, modifiers, tiers, resources, explanation and what-if
