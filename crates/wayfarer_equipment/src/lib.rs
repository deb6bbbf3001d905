//! Wayfarer's equipment: slots, requirements, cooldowns and the modifiers that worn things give
