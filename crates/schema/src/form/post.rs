//! Whether the post can deliver to an answer: what stands on the envelope is asked for until it can.

use crate::ground::post_text::unreadable;
use crate::person::mail_name::{first_last, last_first};
use crate::place::line::{Line, Slot};
use crate::record::spelt::spelt;
use crate::submission::role::Role;

spelt!(
    /// Why an envelope with this answer would come back.
    PostFault {
        /// A letter or sign of it is none that the post reads.
        Letters = "letters",
        /// Nobody can tell in which order the parts of the name stand.
        Order = "order",
        /// The facility wants the last name first, and nobody can tell where it begins.
        LastName = "last-name",
    }
);

/// What is wrong with an answer that goes on the envelope, given the lines of its address, where they are known; all others are
/// none of the post's business.
pub(super) fn fault(role: Role, answer: &str, lines: &[Line]) -> Option<PostFault> {
    let asks_last_name_first = || lines.iter().any(|line| line.slots().contains(&Slot::LastFirst));
    match role {
        Role::MailName | Role::Housing | Role::Number if unreadable(answer).is_some() => Some(PostFault::Letters),
        Role::MailName if first_last(answer).is_none() => Some(PostFault::Order),
        Role::MailName if last_first(answer).is_none() && asks_last_name_first() => Some(PostFault::LastName),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::line::Piece;

    #[test]
    fn what_would_come_back_is_asked_for_again() {
        let last_first = [Line(vec![Piece::Slot(Slot::LastFirst)])];
        for (name, anywhere, last_name_first) in [
            ("Marcus Torres", None, None),
            ("Torres, Marcus Lee", None, None),
            ("Marcus Lee Torres", None, Some(PostFault::LastName)),
            ("Thompson, Marcus V", Some(PostFault::Order), Some(PostFault::Order)),
            ("Marcus Thompson, MD", Some(PostFault::Order), Some(PostFault::Order)),
            ("王秀英", Some(PostFault::Letters), Some(PostFault::Letters)),
        ] {
            assert_eq!(fault(Role::MailName, name, &[]), anywhere, "{name}");
            assert_eq!(fault(Role::MailName, name, &last_first), last_name_first, "{name}");
        }
        assert_eq!(fault(Role::Housing, "Unit 4 🌻", &[]), Some(PostFault::Letters));
        assert_eq!(fault(Role::ShownName, "王秀英", &[]), None);
    }
}
