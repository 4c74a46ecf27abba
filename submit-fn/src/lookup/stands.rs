//! Where something stands that was sent, in truth: what its row says, and what became of the page.

use crate::draft::store::Drafts;
use crate::lookup::opened::OpenedSubmission;
use crate::published::place::Published;
use crate::seed::Seed;
use crate::service::Handler;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use review::{Intake, Limiter, StoreError};
use schema::ground::hash::content_hash;
use schema::person::life::Life;
use schema::person::profile::ProfileId;
use schema::person::visibility::{HiddenWhy, Visibility};
use schema::submission::kinds::{Flag, State, SubmissionKind};
use schema::submission::row::Row;
use templates::texts::Told;

/// So long after it was published, a page may not be known here yet.
const NEWS: SignedDuration = SignedDuration::from_hours(24);

/// How often somebody may ask anew to have a page taken down, after editors have decided.
const MOST_REQUESTS: usize = 20;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stands {
    pub(crate) told: Told,
    /// The day on which the page was taken down, where that is known.
    pub(crate) left: Option<Date>,
}

/// What is known of the page that a submission became, or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nothing can be known: nobody said where pages stand.
    Nothing,
    /// There is no such page, and no profile that one could be made of.
    Absent,
    /// Where it stands on this day.
    Page(Visibility),
}

impl<S: Intake, L: Limiter, D: Drafts, P: Published> Handler<S, L, D, P> {
    /// Where something stands that was sent.
    pub(crate) async fn stands(&self, own: &OpenedSubmission) -> Result<Stands, StoreError> {
        let life = self.life(&own.row);
        let known = match (&self.pages.lives, life) {
            (None, _) => Known::Nothing,
            (Some(_), None) => Known::Absent,
            (Some(_), Some(life)) => Known::Page(life.on(self.today())),
        };
        let told = told(&own.row, known, self.now());
        if !is_up(told) {
            let left = if let Some(Life::TakenDown(day)) = life { day } else { None };
            return Ok(Stands { told, left: left.filter(|_| told == Told::TakenDown) });
        }
        // What stands here of the page is as of the last publish; what its sender has asked for since is in the store.
        let asked = self.asked_down(own).await?.and_then(asked_down);
        Ok(Stands { told: asked.unwrap_or(told), left: None })
    }

    /// Where the last request stands to take the page down; none where nobody asked.
    async fn asked_down(&self, own: &OpenedSubmission) -> Result<Option<State>, StoreError> {
        let mut last = None;
        for seed in take_down_seeds(own) {
            let Some(row) = self.store.row(&seed.reference()).await? else { break };
            last = Some(row.state);
        }
        Ok(last)
    }

    fn life(&self, row: &Row) -> Option<Life> {
        self.pages.lives.as_ref()?.find(&ProfileId::parse(row.profile.as_deref()?)?)
    }
}

/// What a row and the page say.
pub(crate) fn told(row: &Row, known: Known, now: Timestamp) -> Told {
    match row.state {
        State::Pending => Told::Pending,
        State::Held if row.flags.contains(&Flag::ListingRule) => Told::WaitsForRule,
        State::Received | State::Held => Told::Received,
        State::Done => Told::Done,
        State::Rejected => Told::Rejected,
        // Whose page it was is noted only where an editor handed it to the sweeper.
        State::Withdrawn if row.profile.is_some() => Told::Forgotten,
        State::Withdrawn => Told::Withdrawn,
        State::Removed => Told::Removed,
        State::Promoted | State::Published | State::Cleared => told_of_page(row, known, now),
    }
}

fn told_of_page(row: &Row, known: Known, now: Timestamp) -> Told {
    let is_shown = row.state != State::Promoted;
    match known {
        Known::Page(Visibility::Hidden(HiddenWhy::Withdrawn)) => Told::TakenDown,
        _ if row.kind != SubmissionKind::Registration && is_shown => Told::ChangeShown,
        _ if row.kind != SubmissionKind::Registration => Told::ChangeMade,
        Known::Page(Visibility::Hidden(why)) => hidden(why),
        Known::Page(Visibility::Shown) => Told::Live,
        Known::Page(Visibility::Paused) => Told::Paused,
        // Of what was published long ago, everything is known.
        Known::Absent if row.state == State::Cleared || is_shown && row.changed_at + NEWS < now => Told::Gone,
        Known::Absent | Known::Nothing if is_shown => Told::Live,
        Known::Absent | Known::Nothing => Told::Promoted,
    }
}

fn hidden(why: HiddenWhy) -> Told {
    match why {
        HiddenWhy::Withdrawn => Told::TakenDown,
        HiddenWhy::PastRelease => Told::PastRelease,
        HiddenWhy::ConsentEnded => Told::ConsentEnded,
        HiddenWhy::ListingBanned => Told::ListingBanned,
    }
}

/// What the requests to take a page down are stored under, one after the other: the same for every repetition.
pub(crate) fn take_down_seeds(own: &OpenedSubmission) -> impl Iterator<Item = Seed> {
    let mut before = format!("take down {} {}", own.row.id.key(), own.secret);
    let next = move || {
        let mut random = [0; 16];
        // Of its letters, as ever: a repetition must find what was stored before.
        let hash = content_hash(before.as_bytes()).to_string();
        random.iter_mut().zip(hash.bytes()).for_each(|(place, byte)| *place = byte);
        let seed = Seed::new(random);
        before.push_str(seed.reference().key());
        seed
    };
    std::iter::repeat_with(next).take(MOST_REQUESTS)
}

/// What is said of a page whose sender asked for it to come down; nothing new where an editor said no.
fn asked_down(request: State) -> Option<Told> {
    match request {
        State::Pending | State::Received | State::Held => Some(Told::ComingDown),
        State::Promoted | State::Published | State::Done => Some(Told::AskedDown),
        State::Rejected | State::Withdrawn | State::Cleared | State::Removed => None,
    }
}

/// Whether there is a page, or will be one.
fn is_up(told: Told) -> bool {
    matches!(told, Told::Promoted | Told::Live | Told::Paused)
}

impl Stands {
    /// Whether it can be taken back: while it waits; and a page, until it is down or about to come down.
    pub(crate) fn can_be_taken_back(self) -> bool {
        self.waits() || self.is_page()
    }

    /// Whether it became a page that can still be taken down.
    pub(crate) fn is_page(self) -> bool {
        let hidden = matches!(self.told, Told::PastRelease | Told::ConsentEnded | Told::ListingBanned);
        is_up(self.told) || hidden || self.told == Told::AskedDown
    }

    fn waits(self) -> bool {
        matches!(self.told, Told::Received | Told::WaitsForRule)
    }

    /// Whether anybody can see the page.
    pub(crate) fn can_be_seen(self) -> bool {
        matches!(self.told, Told::Live | Told::Paused)
    }
}

/// Whether it can be corrected: what waits, and what stands on a page. A report stays among reports: what is to be said about it
/// comes as another one.
pub(crate) fn can_be_corrected(row: &Row, stands: Stands) -> bool {
    let is_changed = matches!(stands.told, Told::ChangeMade | Told::ChangeShown);
    row.kind != SubmissionKind::Report && (stands.can_be_taken_back() || is_changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use schema::submission::reference::Reference;

    fn row(kind: SubmissionKind, state: State) -> Row {
        Row {
            id: Reference::from_random([1; 16]),
            kind,
            state,
            payload_hash: content_hash(b""),
            earlier: Vec::new(),
            secret_hash: content_hash(b""),
            photo_hash: None,
            flags: Vec::new(),
            created_at: Timestamp::UNIX_EPOCH,
            changed_at: Timestamp::UNIX_EPOCH,
            decided_at: None,
            profile: Some("somebody-k7m2q".to_owned()),
        }
    }

    fn told_after(kind: SubmissionKind, state: State, known: Known, hours: i64) -> Told {
        told(&row(kind, state), known, Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours))
    }

    #[test]
    fn a_page_is_told_of_as_it_is_whatever_its_row_says() {
        for state in [State::Promoted, State::Published, State::Cleared] {
            let of = |visibility| told_after(SubmissionKind::Registration, state, Known::Page(visibility), 48);
            assert_eq!(of(Visibility::Shown), Told::Live);
            assert_eq!(of(Visibility::Paused), Told::Paused);
            for (why, told) in [
                (HiddenWhy::Withdrawn, Told::TakenDown),
                (HiddenWhy::PastRelease, Told::PastRelease),
                (HiddenWhy::ConsentEnded, Told::ConsentEnded),
                (HiddenWhy::ListingBanned, Told::ListingBanned),
            ] {
                assert_eq!(of(Visibility::Hidden(why)), told);
            }
        }
    }

    #[test]
    fn what_is_not_known_yet_is_not_said_to_be_gone() {
        let of = |state, known, hours| told_after(SubmissionKind::Registration, state, known, hours);
        assert_eq!(of(State::Published, Known::Absent, 1), Told::Live);
        assert_eq!(of(State::Published, Known::Absent, 25), Told::Gone);
        assert_eq!(of(State::Published, Known::Nothing, 25), Told::Live);
        assert_eq!(of(State::Promoted, Known::Absent, 25), Told::Promoted);
        assert_eq!(of(State::Cleared, Known::Absent, 0), Told::Gone);
    }

    #[test]
    fn what_is_forgotten_was_not_taken_back() {
        let forgotten = row(SubmissionKind::Update, State::Withdrawn);
        let taken_back = Row { profile: None, ..forgotten.clone() };
        let of = |row: &Row| told(row, Known::Absent, Timestamp::UNIX_EPOCH);
        assert_eq!((of(&forgotten), of(&taken_back)), (Told::Forgotten, Told::Withdrawn));
    }

    #[test]
    fn a_change_is_never_told_of_as_a_page_that_goes_live() {
        for (state, told) in [(State::Promoted, Told::ChangeMade), (State::Published, Told::ChangeShown)] {
            let hidden = Known::Page(Visibility::Hidden(HiddenWhy::ConsentEnded));
            for known in [Known::Nothing, Known::Absent, Known::Page(Visibility::Shown), hidden] {
                assert_eq!(told_after(SubmissionKind::Update, state, known, 48), told);
            }
        }
        let down = Known::Page(Visibility::Hidden(HiddenWhy::Withdrawn));
        assert_eq!(told_after(SubmissionKind::Update, State::Published, down, 48), Told::TakenDown);
    }
}
