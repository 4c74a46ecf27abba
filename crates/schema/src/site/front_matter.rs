//! What stands above a page of words, between `---` lines.

use crate::ground::problem::quoted;
use crate::record::fields::record;
use crate::record::left_out::{Maybe, OrDefault};
use crate::record::rule::{Line, Number, Several, Word};
use crate::record::spelt::spelt;

record! {
    /// The front matter of a page, checked.
    pub struct FrontMatter from FrontMatterFile {
        /// The page's h1 and its title.
        title: String = Line<1, 80>,
        /// One sentence, shown below the title and to those who share the link.
        summary: String = Line<1, 200>,
        /// Blocks shown after the text.
        shows: Vec<Block> = OrDefault<Several<Block>>,
        /// What the page is called in the menu at the foot of every page; one without it must be linked from another page.
        menu: Option<String> = Maybe<Line<1, 40>>,
        /// Whom its link there is for.
        menu_group: MenuGroup = OrDefault<Word<MenuGroup>>,
        /// Its place in that group, small numbers first; without it, the page comes last.
        menu_place: Option<u32> = Maybe<Number<1, 999>>,
    }
    across |checker, _file| {
        if shows.iter().flatten().any(|block| *block == Block::Sample) {
            let message = format!("{} says that everything is invented", quoted(Block::Sample.word()));
            checker.only_in_a_sample("sample-words", message, "shows");
        }
    }
}

spelt!(
    /// Whom a link of the menu is for.
    #[derive(Default)]
    MenuGroup as "menu group" {
        /// People who write.
        Write = "write",
        /// Families, and whoever has sent us something.
        Families = "families",
        /// Whoever wants to know more of us.
        #[default]
        About = "about",
    }
);

spelt!(
    /// A block that is shown after a page's text.
    Block as "block" {
        /// Find someone; register.
        Actions = "actions",
        /// Our postal address and e-mail.
        Contact = "contact",
        /// That everything is invented: only a sample has it.
        Sample = "sample",
    }
);
