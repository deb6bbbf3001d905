//! What has become of the player's requests: pending marks, refusals where they happened, the
//! player's own log.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    time::Duration,
};

use bevy::prelude::*;
use wayfarer_core::{
    action::Action,
    aggregate::Aggregate,
    authority::Authority,
    clock::RulesClock,
    content::ActiveContent,
    door::{Answered, NewRevision, RequestId},
    id::{Uid, UidIndex},
    refusal::Refusal,
    revision::Expect,
    text::Texts,
};
use wayfarer_equipment::Equipment;
use wayfarer_inventory::Inventory;
use wayfarer_stats::{effects::ActiveEffects, inputs::StatInputs};

use crate::{
    intent::{Intent, Intents},
    model::{
        Feedback, Subject,
        feedback::{FLASH, Flash},
        hud::ToastKind,
        log::LogEntry,
    },
    open::{Panel, PanelsOpen},
    texts::labels,
    toasts::Toasts,
};

/// Own requests kept for the log.
const KEPT: usize = 512;
/// How long an answer may take; a host that never answers must not leave marks for ever.
const UNANSWERED: Duration = Duration::from_secs(20);
/// How long a mark waits for a replicated value that may never come (a deleted item).
const PATIENCE: Duration = Duration::from_secs(2);

/// The requests of the panels and what has become of them.
#[derive(Resource, Default, Debug)]
pub struct Answers {
    waiting: HashMap<RequestId, Sent>,
    settling: Vec<Settling>,
    feedback: Feedback,
    own: VecDeque<LogEntry>,
    heard: u64,
    opened: Option<Uid>,
    receipts: BTreeMap<&'static str, Answered>,
}

#[derive(Debug)]
struct Sent {
    subject: Option<Subject>,
    intent: Intent,
    /// The item's name when it was asked for: afterwards it may be gone.
    name: Option<String>,
    age: Duration,
}

/// Answered with yes, but the new values are still on their way.
#[derive(Debug)]
struct Settling {
    subject: Subject,
    revisions: Vec<NewRevision>,
    age: Duration,
}

impl Answers {
    /// A request is on its way for an intent.
    pub(crate) fn sent(&mut self, id: RequestId, intent: &Intent, name: Option<String>) {
        let subject = subject_of(intent);
        // What was told before is no answer to this.
        if let Intent::Ask(ask) = intent {
            self.receipts.remove(ask.action);
        }
        if let Some(subject) = subject {
            self.feedback.pending.push(subject);
            // A new try makes the old answer obsolete.
            self.feedback.flashes.retain(|f| f.subject != subject);
        }
        let sent = Sent {
            subject,
            intent: intent.clone(),
            name,
            age: Duration::ZERO,
        };
        self.waiting.insert(id, sent);
    }

    /// What is pending, and what was refused a moment ago.
    pub fn feedback(&self) -> &Feedback {
        &self.feedback
    }

    /// The player's own requests, the oldest first.
    pub fn own(&self) -> &VecDeque<LogEntry> {
        &self.own
    }

    /// How many answers have come.
    pub(crate) fn heard(&self) -> u64 {
        self.heard
    }

    /// The receipt of the last `A` that was done.
    pub fn receipt<A: Action>(&self) -> Option<A::Receipt> {
        self.receipts.get(A::NAME)?.receipt::<A>()
    }

    /// The container that the player has opened last and not closed.
    pub fn opened(&self) -> Option<Uid> {
        self.opened
    }

    fn no_longer_pending(&mut self, subject: Subject) {
        let at = self.feedback.pending.iter().position(|&s| s == subject);
        if let Some(at) = at {
            self.feedback.pending.remove(at);
        }
    }

    fn grow_older(&mut self, by: Duration) {
        for flash in &mut self.feedback.flashes {
            flash.age += by;
        }
        self.feedback.flashes.retain(|flash| flash.age < FLASH);
        for settling in &mut self.settling {
            settling.age += by;
        }
        for sent in self.waiting.values_mut() {
            sent.age += by;
        }
        self.give_up(|sent| sent.age >= UNANSWERED);
    }

    /// Waits no longer for some answers.
    fn give_up(&mut self, on: impl Fn(&Sent) -> bool) {
        let mut subjects = Vec::new();
        self.waiting.retain(|_, sent| {
            let over = on(sent);
            if over {
                subjects.extend(sent.subject);
            }
            !over
        });
        for subject in subjects {
            self.no_longer_pending(subject);
        }
    }

    /// Takes the marks from what has arrived.
    fn settle(&mut self, arrived: impl Fn(&NewRevision) -> bool) {
        let mut settled = Vec::new();
        self.settling.retain(|settling| {
            let done = settling.age >= PATIENCE || settling.revisions.iter().all(&arrived);
            if done {
                settled.push(settling.subject);
            }
            !done
        });
        for subject in settled {
            self.no_longer_pending(subject);
        }
    }

    fn refused(&mut self, subject: Subject, text: String) {
        self.no_longer_pending(subject);
        self.feedback.flashes.retain(|f| f.subject != subject);
        self.feedback.flashes.push(Flash {
            subject,
            text,
            age: Duration::ZERO,
        });
    }
}

/// What a request is about: where its answer is shown.
fn subject_of(intent: &Intent) -> Option<Subject> {
    Some(match *intent {
        Intent::Equip { item, .. }
        | Intent::Fetch { item, .. }
        | Intent::Move { item, .. }
        | Intent::Put { item, .. }
        | Intent::Rearrange { item, .. }
        | Intent::Mark { item, .. }
        | Intent::Transfer { item, .. }
        | Intent::Split { item, .. }
        | Intent::Merge { item, .. }
        | Intent::Drop { item, .. }
        | Intent::Use { item }
        | Intent::PickUp { item, .. } => Subject::Item(item),
        Intent::Unequip { slot, .. } => Subject::Slot(slot),
        Intent::Swap { to, .. } => Subject::Slot(to),
        Intent::OpenContainer(container)
        | Intent::CloseContainer(container)
        | Intent::TakeAll(container)
        | Intent::PutMatching(container) => Subject::Holder(container),
        Intent::PatchStat { stat, .. } => Subject::Stat(stat),
        Intent::ApplyEffect { effect, .. } => Subject::NewEffect(effect),
        Intent::RemoveEffect { effect, .. } | Intent::DismissEffect(effect) => {
            Subject::Effect(effect)
        }
        Intent::Undo { sequence } => Subject::Entry(sequence),
        Intent::Ask(ref ask) => return ask.about,
        _ => return None,
    })
}

/// Revisions as they are here now.
type Seen<'w, 's> = Query<
    'w,
    's,
    (
        Option<&'static Inventory>,
        Option<&'static Equipment>,
        Option<&'static StatInputs>,
        Option<&'static ActiveEffects>,
    ),
>;

fn has_arrived(new: &NewRevision, index: &UidIndex, seen: &Seen) -> bool {
    // What is gone, or of a kind that is not shown here, is not waited for.
    let Some(Ok((inventory, equipment, stats, effects))) = index.get(new.uid).map(|e| seen.get(e))
    else {
        return true;
    };
    let here = [
        (Inventory::NAME, inventory.map(Aggregate::revision)),
        (Equipment::NAME, equipment.map(Aggregate::revision)),
        (StatInputs::NAME, stats.map(Aggregate::revision)),
        (ActiveEffects::NAME, effects.map(Aggregate::revision)),
    ];
    let here = here
        .into_iter()
        .find(|(name, _)| Expect::kind(name) == new.aggregate);
    match here {
        // Behind when the difference, counted round the clock, is small and positive.
        Some((_, Some(revision))) => {
            new.revision.wrapping_sub(revision).wrapping_sub(1) > u32::MAX / 2
        }
        _ => true,
    }
}

/// Hears what has become of requests.
pub(crate) fn receive(
    mut answered: MessageReader<Answered>,
    mut answers: ResMut<Answers>,
    mut toasts: ResMut<Toasts>,
    texts: Res<Texts>,
    content: Res<ActiveContent>,
    clock: Res<RulesClock>,
    authority: Res<Authority>,
    mut open: ResMut<PanelsOpen>,
    mut intents: ResMut<Intents>,
    index: Res<UidIndex>,
    seen: Seen,
    time: Option<Res<Time<Real>>>,
) {
    let answers = &mut *answers;
    for answer in answered.read() {
        let Some(sent) = answers.waiting.remove(&answer.id) else {
            continue;
        };
        let refusal = answer.result.as_ref().err();
        let said = refusal.map(|refusal: &Refusal| texts.refusal(refusal, &content.0));
        note(answers, answer, &sent, said.clone(), clock.tick);
        match (&answer.result, sent.subject) {
            (Ok(receipt), subject) => {
                if matches!(sent.intent, Intent::Ask(_)) && !receipt.payload.is_empty() {
                    answers.receipts.insert(answer.action, answer.clone());
                }
                match sent.intent {
                    Intent::OpenContainer(container) => {
                        answers.opened = Some(container);
                        if !open.is_open(Panel::Inventory) {
                            open.open(Panel::Inventory);
                        }
                    }
                    // It is here; now it is put on.
                    Intent::Fetch { item, slot, .. } => {
                        let slot = Some(slot);
                        intents.0.push(Intent::Equip { item, slot });
                    }
                    Intent::CloseContainer(container) if answers.opened == Some(container) => {
                        answers.opened = None;
                    }
                    _ => {}
                }
                if let Some(text) = done(&texts, &sent) {
                    toasts.push(ToastKind::Fact, text);
                }
                if let Some(subject) = subject {
                    answers.settling.push(Settling {
                        subject,
                        revisions: receipt.revisions.to_vec(),
                        age: Duration::ZERO,
                    });
                }
            }
            (Err(_), subject) => {
                let said = said.unwrap_or_default();
                toasts.push(ToastKind::Refusal, said.clone());
                if let Some(subject) = subject {
                    answers.refused(subject, said);
                }
            }
        }
    }
    if !answers.settling.is_empty() {
        answers.settle(|new| has_arrived(new, &index, &seen));
    }
    answers.grow_older(time.map_or(Duration::ZERO, |time| time.delta()));
    // Another host, or none any more: what the last one was asked it will not answer.
    if authority.is_changed() {
        answers.give_up(|_| true);
    }
}

/// What is worth a word when it was done: what the player would otherwise have to look for.
fn done(texts: &Texts, sent: &Sent) -> Option<String> {
    let label = match sent.intent {
        Intent::Ask(ref ask) => return ask.done.clone(),
        Intent::PickUp { .. } => labels::DONE_PICKED_UP,
        Intent::Drop { .. } => labels::DONE_DROPPED,
        Intent::Use { .. } => labels::DONE_USED,
        Intent::Equip { .. } => labels::DONE_EQUIPPED,
        _ => return None,
    };
    let name = sent.name.as_deref()?;
    Some(label.of(texts).replace("{name}", name))
}

fn note(answers: &mut Answers, answer: &Answered, sent: &Sent, refusal: Option<String>, tick: u64) {
    answers.heard += 1;
    if answers.own.len() == KEPT {
        answers.own.pop_front();
    }
    answers.own.push_back(LogEntry {
        sequence: u64::from(answer.id.sequence),
        tick,
        action: answer.action.to_owned(),
        payload: match &sent.intent {
            Intent::Ask(ask) => ask.shown.clone(),
            intent => format!("{intent:?}"),
        },
        refusal,
        ..LogEntry::default()
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn id(sequence: u32) -> RequestId {
        RequestId { nonce: 1, sequence }
    }

    fn item(raw: u64) -> (Intent, Subject) {
        let item = Uid::new(raw).unwrap();
        (Intent::Drop { item, count: None }, Subject::Item(item))
    }

    #[test]
    fn a_mark_stays_until_the_new_value_is_here() {
        let (_, subject) = item(1);
        let mut answers = Answers::default();
        let revision = NewRevision {
            uid: Uid::new(9).unwrap(),
            aggregate: 5,
            revision: 3,
        };
        answers.feedback.pending.push(subject);
        answers.settling.push(Settling {
            subject,
            revisions: vec![revision],
            age: Duration::ZERO,
        });
        answers.settle(|_| false);
        assert!(answers.feedback().is_pending(subject));
        answers.settle(|new| new.revision == 3);
        assert!(!answers.feedback().is_pending(subject));
    }

    #[test]
    fn no_mark_stays_for_ever() {
        let mut answers = Answers::default();
        let (first, one) = item(1);
        let (second, two) = item(2);
        answers.sent(id(1), &first, None);
        answers.grow_older(UNANSWERED / 2);
        answers.sent(id(2), &second, None);
        answers.grow_older(UNANSWERED / 2);
        assert!(!answers.feedback().is_pending(one));
        assert!(answers.feedback().is_pending(two));
        answers.give_up(|_| true);
        assert_eq!(answers.feedback().pending, []);
    }

    #[test]
    fn a_refusal_fades_and_a_new_try_takes_it_away() {
        let (drop, subject) = item(1);
        let mut answers = Answers::default();
        answers.refused(subject, "no".into());
        answers.refused(subject, "no, really".into());
        assert_eq!(answers.feedback().flashes.len(), 1);
        answers.grow_older(FLASH / 2);
        assert!(answers.feedback().refusal(subject).is_some());
        answers.sent(id(1), &drop, None);
        assert!(answers.feedback().refusal(subject).is_none());
        answers.refused(subject, "no".into());
        answers.grow_older(FLASH);
        assert!(answers.feedback().refusal(subject).is_none());
    }
}
