//! Every string that code asks for, and every family that templates may join an id of: each declared once, with what it is given.
//! `asked` holds the files of each language against this.

pub use crate::notices::{FormNotice, NoticeKind, StatusNotice, Told};
pub use crate::text::{Asked, Family, Text};
use crate::text::{Joined, all};
use schema::form::{DateFault, DatePart, PostFault, YearFault};
use schema::place::kinds::{Arrival, ListingRule, OtherMailKind, RuleTopic, Shade, SourceKind};
use schema::site::front_matter::MenuGroup;
use schema::submission::kinds::State;

/// Declares strings: what each is called in code, its id, and what it is given.
macro_rules! texts {
    ($($name:ident = $id:literal($($given:ident)*);)*) => {
        $(
            #[doc = concat!("`", $id, "`")]
            pub const $name: Text<{ <[&str]>::len(&[$(stringify!($given)),*]) }> =
                Text { id: [$id, "", ""], given: [$(stringify!($given)),*] };
        )*

        fn single() -> Vec<Asked> {
            vec![$(Asked { ids: vec![$id.to_owned()], given: vec![$(stringify!($given)),*] }),*]
        }
    };
}

texts! {
    AGE_FROM = "age-from"(from); AGE_SPAN = "age-span"(from to);
    AGENCIES_HEADING = "agencies-heading"(); AGENCIES_INVENTED = "agencies-invented"();
    AGENCIES_LEAD = "agencies-lead"(); AGENCIES_REAL = "agencies-real"();
    AGENCY_TITLE = "agency-title"(agency); AGENCY_DESCRIPTION = "agency-description"(agency);
    AGENCY_FROM_UNTIL = "agency-from-until"(from until); AGENCY_PEOPLE = "agency-people"(place);
    AGENCY_SINCE = "agency-since"(from); AGENCY_UNTIL = "agency-until"(until);
    BROWSE_ALL_HEADING = "browse-all-heading"(); BROWSE_COUNT = "browse-count"(count);
    BROWSE_NEW_HEADING = "browse-new-heading"(); BROWSE_NEW_NOTE = "browse-new-note"();
    BROWSE_RING_LEAD = "browse-ring-lead"(); BROWSE_WAITING_HEADING = "browse-waiting-heading"();
    BROWSE_WAITING_NOTE = "browse-waiting-note"();
    CHECK_ADDRESS = "check-address"(typed meant); CHECK_LEFT_OUT = "check-left-out"(label);
    CHECK_AGENCY_UNKNOWN = "check-agency-unknown"(); CHECK_RULE_IF_RUN_BY = "check-rule-if-run-by"(agency reason);
    CHECK_RULE_BANNED_THERE = "check-rule-banned-there"(agency);
    CHECK_RULE_UNCONFIRMED = "check-rule-unconfirmed"(agency);
    CHECK_NO = "check-no"(); CHECK_TITLE = "check-title"(); CHECK_YES = "check-yes"();
    CRUMB_PEOPLE = "crumb-people"();
    DATE_DAY = "date-day"(day month year); DATE_MONTH = "date-month"(month year);
    FAULT_APART = "fault-apart"(first second); FAULT_CONTACT = "fault-contact"(label found); FAULT_IMMIGRATION_NUMBER = "fault-immigration-number"(label found);
    FAULT_MISSING = "fault-missing"(label); FAULT_NOTHING_TO_SEE = "fault-nothing-to-see"(label); FAULT_NOT_ONE_LINE = "fault-not-one-line"(label);
    FAULT_TOO_LONG = "fault-too-long"(label most); FAULT_TOO_MANY = "fault-too-many"(label most);
    FAULT_TOO_SHORT = "fault-too-short"(label least); FAULT_TWICE = "fault-twice"(label); FAULT_UNCHANGED = "fault-unchanged"(label);
    FAULT_UNWANTED = "fault-unwanted"(label); FAULT_WRONG = "fault-wrong"(label);
    FEED_TITLE = "feed-title"(); FEED_TITLE_PLACE = "feed-title-place"(name);
    FOOT_KEPT = "foot-kept"(); FOOT_MAIL = "foot-mail"(); FOOT_MINE = "foot-mine"(); FOOT_REPORT = "foot-report"();
    FOOT_UPDATE = "foot-update"(); FOOT_WRITE = "foot-write"();
    FORM_ERROR_PREFIX = "form-error-prefix"(title); FORM_ONLY_IF = "form-only-if"(options);
    GAP_CHARACTER = "gap-character"(); GAP_FACILITY_ADDRESS = "gap-facility-address"(); GAP_FACILITY_CODE = "gap-facility-code"();
    GAP_LAST_NAME = "gap-last-name"(); GAP_NAME = "gap-name"();
    GAP_NO_ROUTE = "gap-no-route"(); GAP_NUMBER_LABEL = "gap-number-label"(); GAP_ROUTE_ENDED = "gap-route-ended"(day);
    GAP_ROUTE_NOT_YET = "gap-route-not-yet"(day);
    HOME_DESCRIPTION = "home-description"(); HOME_TITLE = "home-title"();
    KEPT_TITLE = "kept-title"();
    LETTER_COMING = "letter-coming"(day agency); LETTER_ENDING = "letter-ending"(day agency);
    LETTER_HEAD = "letter-head"(name label number);
    MAIL_MAY_HAVE_CHANGED = "mail-may-have-changed"(day);
    MAIL_ARRIVES_UNKNOWN = "mail-arrives-unknown"(); MAIL_ROUTE_UNKNOWN = "agencies-route-unknown"();
    MAIL_OPENED_STAFF = "mail-opened-staff"(); MAIL_OPENED_STAFF_IN = "mail-opened-staff-in"(place);
    MAIL_OPENED_COMPANY = "mail-opened-company"(); MAIL_OPENED_COMPANY_IN = "mail-opened-company-in"(place);
    MAIL_OPENED_BY = "mail-opened-by"(company); MAIL_OPENED_BY_IN = "mail-opened-by-in"(company place);
    MAIL_ORIGINALS = "mail-originals"(days); MAIL_RULE_LANGUAGES = "mail-rule-languages"(languages);
    MAIL_RULE_OUNCES = "mail-rule-ounces"(count); MAIL_RULE_PAGES = "mail-rule-pages"(count);
    MAIL_RULE_SHEETS = "mail-rule-sheets"(count); MAIL_RULE_SIDES = "mail-rule-sides"(count);
    MAIL_RULE_WITH_ENVELOPE = "mail-rule-with-envelope"(count);
    MAIL_RULE_PHOTOS = "mail-rule-photos"(count);
    MINE_LIMITED = "mine-limited"(); MINE_TITLE = "mine-title"(); MINE_UNAVAILABLE = "mine-unavailable"();
    MINE_UNKNOWN = "mine-unknown"();
    PAGE_NUMBER = "page-number"(page); PAGER_PAGE = "pager-page"(name page);
    PERSON_CAME_BACK = "person-came-back"(count name);
    PERSON_TITLE = "person-title"(name place); PERSON_DESCRIPTION = "person-description"(name place);
    PERSON_RELEASE_LIFE = "person-release-life"(); PERSON_RELEASE_UNKNOWN = "person-release-unknown"();
    PERSON_RELEASE_YEAR = "person-release-year"(year);
    PHOTO_AVIF = "photo-avif"(); PHOTO_BROKEN = "photo-broken"(); PHOTO_CONSENT = "photo-consent"(); PHOTO_EMPTY = "photo-empty"();
    PHOTO_HEIC = "photo-heic"(); PHOTO_MISSING = "photo-missing"(); PHOTO_NOT_A_PHOTO = "photo-not-a-photo"();
    PHOTO_TOO_LARGE = "photo-too-large"(); PHOTO_TOO_MANY_PIXELS = "photo-too-many-pixels"();
    PHOTO_TOO_SMALL = "photo-too-small"(); PHOTO_TWICE = "photo-twice"(); PHOTO_WEBP = "photo-webp"();
    PUT_DOWN_TITLE = "put-down-title"();
    REMOVAL_AGAIN = "removal-again"(); REMOVAL_ERASED = "removal-erased"(time);
    REMOVAL_ERASED_BUT_PHOTO = "removal-erased-but-photo"(time); REMOVAL_PHOTO_SHARED = "removal-photo-shared"();
    REMOVAL_FORGOTTEN = "removal-forgotten"(time); REMOVAL_GOODBYE = "removal-goodbye"();
    REMOVAL_KEPT = "removal-kept"(day); REMOVAL_MARK = "removal-mark"();
    REMOVAL_LEAD = "removal-lead"(url); REMOVAL_LISTS = "removal-lists"(); REMOVAL_MARKED = "removal-marked"(time);
    REMOVAL_PURGED = "removal-purged"(time); REMOVAL_REFERENCE = "removal-reference"(reference);
    REMOVAL_SEARCH_ENGINES = "removal-search-engines"(); REMOVAL_TITLE = "removal-title"();
    REMOVAL_URLS = "removal-urls"();
    SENT_SECOND = "sent-second"();
    SIGN_UP_FACILITY = "sign-up-facility"(); SIGN_UP_NAME = "sign-up-name"(); SIGN_UP_NUMBER = "sign-up-number"();
    SIGN_UP_STATE = "sign-up-state"();
    SLOT_CODE = "slot-code"(); SLOT_FACILITY = "slot-facility"(); SLOT_HOUSING = "slot-housing"(); SLOT_LAST_FIRST = "slot-last-first"();
    SLOT_NAME = "slot-name"(); SLOT_NUMBER = "slot-number"(); SLOT_STREET = "slot-street"(); SLOT_TOWN = "slot-town"();
    STATUS_TITLE = "status-title"(); STOP_TITLE = "stop-title"(agency); TAKE_BACK_TITLE = "take-back-title"();
    TAKE_UP_TITLE = "take-up-title"(); TAKE_UP_UNKNOWN = "take-up-unknown"();
    TOLD_HELLO = "told-hello"(); TOLD_GOODBYE = "told-goodbye"(); TOLD_REFERENCE = "told-reference"(reference day);
    TOLD_UPDATE = "told-update"(url);
    TOLD_RECEIVED_SUBJECT = "told-received-subject"(); TOLD_RECEIVED_TEXT = "told-received-text"(day);
    TOLD_RECEIVED_REFERENCE = "told-received-reference"(reference); TOLD_RECEIVED_CODE = "told-received-code"();
    TOLD_RECEIVED_NOT_YOU = "told-received-not-you"();
    TOLD_LIVE_SUBJECT = "told-live-subject"(); TOLD_LIVE_TEXT = "told-live-text"(name);
    TOLD_LIVE_NEXT = "told-live-next"(); TOLD_LIVE_REPLY = "told-live-reply"();
    TOLD_CHANGED_SUBJECT = "told-changed-subject"(); TOLD_CHANGED_TEXT = "told-changed-text"();
    TOLD_CHANGED_NEXT = "told-changed-next"();
    TOLD_DOWN_SUBJECT = "told-down-subject"(); TOLD_DOWN_TEXT = "told-down-text"(); TOLD_DOWN_NEXT = "told-down-next"();
    TOLD_DONE_SUBJECT = "told-done-subject"(); TOLD_DONE_TEXT = "told-done-text"();
    TOLD_DONE_REASON = "told-done-reason"();
    TOLD_DECLINED_SUBJECT = "told-declined-subject"(); TOLD_DECLINED_TEXT = "told-declined-text"();
    TOLD_DECLINED_REASON = "told-declined-reason"(); TOLD_DECLINED_NEXT = "told-declined-next"();
    WRITE_HEADING = "write-heading"(); WRITE_LEAD = "write-lead"();
}

/// Months by their numbers.
pub const MONTH: Family<i8> = Family::new(["month-", ""], [], || (1..=12).collect(), month);
/// The title of a notice.
pub const NOTICE_TITLE: Family<NoticeKind> =
    Family::new(["notice-", "-title"], [], || all(NoticeKind::ALL), NoticeKind::word);
/// The heading of a group of the menu.
pub const FOOT_GROUP: Family<MenuGroup> = Family::new(["foot-group-", ""], [], || all(MenuGroup::ALL), MenuGroup::word);
/// What is wrong with a day.
pub const FAULT_DATE: Family<DateFault, 1> =
    Family::new(["fault-date-", ""], ["label"], || all(DateFault::ALL), DateFault::word);
/// What is wrong with a year.
pub const FAULT_YEAR: Family<YearFault, 1> =
    Family::new(["fault-year-", ""], ["label"], || all(YearFault::ALL), YearFault::word);
/// Why an envelope with an answer would come back.
pub const FAULT_POST: Family<PostFault, 1> =
    Family::new(["fault-post-", ""], ["label"], || all(PostFault::ALL), PostFault::word);
/// That the same words were sent before, and what an editor decided of them: the days on which they came, and by which it was done.
pub const SENT_BEFORE: Family<State, 2> = Family::new(["sent-before-", ""], ["sent", "decided"], decided, State::word);
/// Where something stands, as whoever sent it is told.
pub const STATUS: Family<Told> = Family::new(["status-", ""], [], || all(Told::ALL), Told::word);

/// What arrives of a letter.
pub const MAIL_ARRIVES: Family<Arrival> = Family::new(["mail-arrives-", ""], [], || all(Arrival::ALL), Arrival::word);
/// What is left of its colors.
pub const MAIL_SHADE: Family<Shade> = Family::new(["mail-shade-", ""], [], || all(Shade::ALL), Shade::word);

/// The states in which an editor's decision leaves a submission.
fn decided() -> Vec<State> {
    all(State::ALL).into_iter().filter(|state| state.is_decided()).collect()
}

/// The number of a month, which is a day's and so one of twelve.
fn month(number: i8) -> &'static str {
    match number {
        1 => "1",
        2 => "2",
        3 => "3",
        4 => "4",
        5 => "5",
        6 => "6",
        7 => "7",
        8 => "8",
        9 => "9",
        10 => "10",
        11 => "11",
        _ => "12",
    }
}

/// What code asks for, but for the families of other crates.
pub(crate) fn by_code() -> Vec<Asked> {
    let mut asked = single();
    asked.extend([MONTH.asked(), NOTICE_TITLE.asked(), FOOT_GROUP.asked(), SENT_BEFORE.asked()]);
    asked.extend([MAIL_ARRIVES.asked(), MAIL_SHADE.asked()]);
    asked.extend([FAULT_DATE.asked(), FAULT_YEAR.asked(), FAULT_POST.asked()]);
    asked
}

/// What templates may join.
pub(crate) fn by_templates() -> Vec<Joined> {
    const TEXT: &str = "-text";
    let notice = || all(StatusNotice::ALL);
    vec![
        NOTICE_TITLE.joined(),
        Family::new(["notice-", TEXT], [], || all(NoticeKind::ALL), NoticeKind::word).joined(),
        STATUS.joined(),
        Family { ending: TEXT, ..STATUS }.joined(),
        Family::new(["status-", ""], [], notice, StatusNotice::word).joined(),
        Family::new(["status-", TEXT], [], notice, StatusNotice::word).joined(),
        Family::new(["form-", ""], [], || all(FormNotice::ALL), FormNotice::word).joined(),
        Family::new(["form-", TEXT], [], || all(FormNotice::ALL), FormNotice::word).joined(),
        Family::new(["source-", ""], [], || all(SourceKind::ALL), SourceKind::word).joined(),
        Family::new(["agencies-listing-", ""], [], || all(ListingRule::ALL), ListingRule::word).joined(),
        Family::new(["agency-other-", ""], [], || all(OtherMailKind::ALL), OtherMailKind::word).joined(),
        Family::new(["mail-topic-", ""], [], || all(RuleTopic::ALL), RuleTopic::word).joined(),
        Family::new(["form-date-", ""], [], || all(DatePart::ALL), DatePart::word).joined(),
    ]
}
