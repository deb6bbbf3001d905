//! What a click means: panels push [`Intent`]s and change nothing themselves.

use bevy::prelude::*;
use wayfarer_core::{
    action::Action,
    authority::Role,
    id::{DefId, PlayerId, Uid},
};
use wayfarer_inventory::{Place, actions::Spot};

use crate::{
    keys::{Chord, UiAction},
    model::Subject,
    open::Panel,
};

/// By what a compartment is put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// Name, A first.
    #[default]
    Name,
    /// Weight of the stack, the heaviest first.
    Weight,
    /// Value of the stack, the dearest first.
    Value,
    /// What kind of thing it is, then name.
    Kind,
    /// Bulk of the stack, the bulkiest first.
    Bulk,
    /// What came last first.
    Newest,
    /// The rarest first.
    Rarity,
}

impl SortBy {
    /// Every order, as buttons show them.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Weight,
        Self::Value,
        Self::Kind,
        Self::Bulk,
        Self::Newest,
        Self::Rarity,
    ];
}

/// What a game master does to a stat in the inspector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StatPatch {
    /// The base is this; `None` takes the character's own base away, the template's shows again.
    Base(Option<f32>),
    /// The runtime value (hit points left, and the like) is this; `None` takes it away.
    Runtime(Option<f32>),
}

/// Something the player wants, as a panel understood it.
///
/// Most become requests to the host through the door; some only change the interface
/// ([`Intent::Open`], [`Intent::Rebind`]); those about the session, saving and the game's own
/// places ([`Intent::Kick`], [`Intent::SaveNow`], [`Intent::Interact`], …) are for the game.
/// Every one is also written as a message after it was handled, so a game can watch them all.
#[derive(Message, Clone, Debug, PartialEq)]
pub enum Intent {
    /// Put an item on; without a slot, in the first that takes it.
    Equip {
        /// The item, in the local character's inventory.
        item: Uid,
        /// Where.
        slot: Option<DefId>,
    },
    /// Take an item from the ground or a container, and put it on once it is there.
    Fetch {
        /// The item.
        item: Uid,
        /// The container it is in; `None` is the ground.
        from: Option<Uid>,
        /// Where it is put on.
        slot: DefId,
    },
    /// Use an item on oneself: drink it, eat it.
    Use {
        /// The item, in the local character's inventory.
        item: Uid,
    },
    /// Take off what is worn in a slot; without a compartment, wherever there is room.
    Unequip {
        /// The slot.
        slot: DefId,
        /// Where to.
        compartment: Option<Place>,
    },
    /// Wear something in another slot; what is there comes to the first one.
    Swap {
        /// The slot it is worn in.
        from: DefId,
        /// The other slot.
        to: DefId,
    },
    /// Put an item of one's own elsewhere among one's own.
    Move {
        /// The item.
        item: Uid,
        /// The compartment or pocket it goes to.
        compartment: Place,
        /// The item it goes in front of; `None` is the end.
        before: Option<Uid>,
    },
    /// Put an item into another inventory.
    Transfer {
        /// The item.
        item: Uid,
        /// Who has it.
        from: Uid,
        /// Who gets it.
        to: Uid,
        /// The compartment or pocket there; `None` is the best.
        compartment: Option<Place>,
        /// How many; `None` is all.
        count: Option<u32>,
    },
    /// Make a part of a stack a stack of its own.
    Split {
        /// The stack.
        item: Uid,
        /// How many go to the new stack.
        count: u32,
        /// The compartment of the new stack; `None` is where the old one is.
        compartment: Option<Place>,
    },
    /// Put a stack onto another of the same kind.
    Merge {
        /// The stack that goes.
        item: Uid,
        /// The stack that grows.
        into: Uid,
        /// How many at most; `None` is all.
        count: Option<u32>,
    },
    /// Put an item on the ground.
    Drop {
        /// The item.
        item: Uid,
        /// How many; `None` is all.
        count: Option<u32>,
    },
    /// Take an item from the ground.
    PickUp {
        /// The item.
        item: Uid,
        /// How many; `None` is all.
        count: Option<u32>,
        /// The compartment it goes to; `None` is the first with room.
        compartment: Option<Place>,
    },
    /// Put an item of one's own into certain cells among one's own.
    Put {
        /// The item.
        item: Uid,
        /// The compartment or pocket.
        compartment: Place,
        /// The cells, as [`PutItem`](wayfarer_inventory::actions::PutItem) counts them.
        position: u32,
    },
    /// Put an item elsewhere within the container that it is in.
    Rearrange {
        /// The container.
        holder: Uid,
        /// The item.
        item: Uid,
        /// The compartment or pocket.
        compartment: Place,
        /// Where in there.
        at: Spot,
    },
    /// Make an item of one's own a favourite, or an ordinary one again.
    Mark {
        /// The item.
        item: Uid,
        /// Whether it is one.
        favourite: bool,
    },
    /// Put an item of one's own into a slot of the hotbar, or empty it.
    SetHotbar {
        /// The slot, 0 to 9.
        slot: u8,
        /// The item.
        item: Option<Uid>,
    },
    /// Take everything out of a container that fits.
    TakeAll(Uid),
    /// Put everything of the kinds that a container has into it.
    PutMatching(Uid),
    /// Join alike stacks of one's own in a compartment or pocket.
    StackAll(Place),
    /// Put a compartment or pocket of one's own in order.
    Sort {
        /// The compartment.
        compartment: Place,
        /// By what.
        by: SortBy,
    },
    /// Look into a container.
    OpenContainer(Uid),
    /// Stop looking into a container.
    CloseContainer(Uid),
    /// A game master changes a stat.
    PatchStat {
        /// Whose.
        character: Uid,
        /// Which.
        stat: DefId,
        /// To what.
        patch: StatPatch,
    },
    /// A game master applies an effect.
    ApplyEffect {
        /// To whom.
        character: Uid,
        /// Which (kind `effects`).
        effect: DefId,
        /// How strong it is.
        level: f32,
    },
    /// A game master ends an effect.
    RemoveEffect {
        /// Whose.
        character: Uid,
        /// Which one.
        effect: Uid,
    },
    /// The player ends an effect of the local character that may be ended at will.
    DismissEffect(Uid),
    /// A game master undoes an entry of the ledger.
    Undo {
        /// The entry's sequence.
        sequence: u64,
    },
    /// The stat inspector shows this character.
    Inspect(Uid),
    /// The stat inspector opens and shows this stat of this character.
    InspectStat {
        /// Whose.
        character: Uid,
        /// Which.
        stat: DefId,
    },
    /// Ask the host for any action: for panels that plugins and games bring along.
    Ask(Ask),
    /// Ask what a thing has been through; the histories open.
    ShowHistory(Uid),
    /// Deal with somebody or something near (a merchant, a forge) in a panel, which opens.
    Visit {
        /// Whom.
        whom: Uid,
        /// In which panel.
        panel: Panel,
    },
    /// A panel is opened.
    Open(Panel),
    /// A panel is closed.
    Close(Panel),
    /// A key gets a new meaning; what it meant before is taken away.
    Rebind {
        /// The new meaning.
        action: UiAction,
        /// Which of the action's keys is replaced; beyond the last one it is added.
        index: usize,
        /// The key.
        chord: Chord,
    },
    /// A key loses its meaning.
    Unbind {
        /// The meaning.
        action: UiAction,
        /// Which of the action's keys.
        index: usize,
    },
    /// All keys mean again what they meant at first.
    ResetKeys,
    /// All content is read again.
    ReloadContent,
    /// The host changes what somebody may do.
    SetRole {
        /// Who.
        player: PlayerId,
        /// What they may do from now on.
        role: Role,
    },
    /// For the game: use what is near.
    Interact(Uid),
    /// For the game: join a session.
    Join(JoinWish),
    /// For the game: forget the key of the host at this address, so that the next visit is the
    /// first one again.
    ForgetHost(String),
    /// For the game: leave the session, or stop hosting.
    Leave,
    /// For the game: remove a player, who may come back.
    Kick(PlayerId),
    /// For the game: remove a player for good.
    Ban(PlayerId),
    /// For the game: look for games on the local network, or stop looking.
    BrowseLan(bool),
    /// For the game: save now.
    SaveNow,
}

/// What the join form was filled with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinWish {
    /// `host`, `host:port`; trimmed, never empty.
    pub address: String,
    /// The code as typed, trimmed; empty for an open game.
    pub code: String,
    /// The name that others see; trimmed, never empty.
    pub name: String,
}

/// Any request to the host.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    pub(crate) action: &'static str,
    pub(crate) payload: Vec<u8>,
    pub(crate) as_actor: bool,
    pub(crate) shown: String,
    pub(crate) about: Option<Subject>,
    pub(crate) done: Option<String>,
}

impl Ask {
    /// A request for an action.
    pub fn of<A: Action + std::fmt::Debug>(action: &A) -> Self {
        Self {
            action: A::NAME,
            payload: postcard::to_stdvec(action).unwrap_or_default(),
            as_actor: A::NEEDS_ACTOR,
            shown: format!("{action:?}"),
            about: None,
            done: None,
        }
    }

    /// What it is about: there it shows that the answer is on its way, or why it was refused.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.about = Some(subject);
        self
    }

    /// What the player is told when it was done.
    #[must_use]
    pub fn done(mut self, text: impl Into<String>) -> Self {
        self.done = Some(text.into());
        self
    }
}

impl From<Ask> for Intent {
    fn from(ask: Ask) -> Self {
        Self::Ask(ask)
    }
}

/// What panels wanted since the last dispatch.
///
/// egui may draw a frame twice and throw the first pass away, but a click is seen in that first
/// pass only: whatever is pushed here stays, whichever pass it came from.
#[derive(Resource, Default, Debug)]
pub struct Intents(pub Vec<Intent>);
