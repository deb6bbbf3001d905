#![allow(missing_docs, clippy::all, dead_code, reason = "temporary")]
use bevy::prelude::*;
use wayfarer_core::id::*;
use wayfarer_core::aggregate::*;
use serde::{Serialize, Deserialize};
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StatId(pub DefId);
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ModifierKind { More }
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Modifier { pub stat: StatId, pub kind: ModifierKind, pub amount: f32, pub source: Uid, pub origin: DefId }
impl Modifier { pub fn new(stat: StatId, kind: ModifierKind, amount: f32, source: Uid) -> Self { Self{stat,kind,amount,source,origin:DefId(0)} } }
#[derive(Component, Clone, Debug, Default, Serialize, Deserialize)]
pub struct StatInputs { m: Vec<Modifier>, r: u32 }
impl StatInputs { pub fn modifiers(&self) -> &[Modifier] { &self.m } }
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StatOp { SetModifiers { source: Uid, modifiers: Vec<Modifier> } }
impl Aggregate for StatInputs { const NAME: &'static str = "stats"; type Op = StatOp;
 fn apply(&mut self, op: &StatOp) -> Result<StatOp, OpError> { let StatOp::SetModifiers{source, modifiers} = op; Ok(StatOp::SetModifiers{source:*source, modifiers: std::mem::replace(&mut self.m, modifiers.clone())}) }
 fn revision(&self) -> u32 {self.r} fn set_revision(&mut self, r: u32) {self.r=r} }
#[derive(Message, EntityEvent, Clone, Debug)]
pub struct StatChanged { pub entity: Entity }
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatSystems { Settle }
#[derive(Default)] pub struct StatsPlugin;
impl StatsPlugin { pub fn ensure(app: &mut App) { app.add_message::<StatChanged>(); } }
impl Plugin for StatsPlugin { fn build(&self, _: &mut App) {} }
pub fn value(_: &World, _: Entity, _: StatId) -> Option<f32> { None }
pub struct StatIndex; pub struct NameError { pub message: String, pub help: Option<String> } pub struct E { pub name: String }
impl StatIndex { pub fn get(&self, _: StatId) -> Option<&E> {None} pub fn resolve(&self, _: Option<DefId>, _: &str) -> Result<StatId, NameError> { Ok(StatId(DefId(0))) } pub fn name(&self, _: StatId) -> String { String::new() } }
