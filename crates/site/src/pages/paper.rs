//! How large an address is set on each paper that it may be printed on, so that no line is ever cut: steps of type, and the
//! place that each paper has for it. `print.css` holds the same measures, and a browser test prints the two together.

/// Type and leading in points, the largest first.
const STEPS: [(f32, f32); 6] = [(13.0, 17.0), (11.0, 14.5), (9.5, 12.5), (8.0, 10.0), (7.0, 8.5), (6.0, 7.0)];

/// A paper: its name in `print.css`, its first step, and the width and height of its place for an address, in points.
const PAPERS: [(&str, usize, f32, f32); 5] = [
    ("ten", 0, 366.0, 143.0),
    ("dl", 0, 337.0, 153.0),
    ("c5", 0, 335.0, 180.0),
    ("c6", 1, 264.0, 126.0),
    ("tag", 1, 258.0, 121.0),
];

/// One row more than the agency's own lines: a letter from abroad ends with the country.
const COUNTRY: usize = 1;

/// How far the rest of a line that is broken stands in, in parts of its type.
const INDENT: f32 = 1.2;

/// The classes of an envelope: for each paper the step at which its lines and a country fit, `ten-0 dl-0 c5-0 c6-1 tag-2`.
pub(crate) fn fits(lines: &[String]) -> String {
    let class = |(paper, first, width, height): &(&str, usize, f32, f32)| {
        let fit = |step: &usize| {
            STEPS.get(*step).is_some_and(|(size, leading)| {
                let rows: usize = lines.iter().map(|line| rows(line, width / size)).sum();
                (rows + COUNTRY) as f32 * leading <= *height
            })
        };
        let one_row = |step: &usize| {
            STEPS.get(*step).is_some_and(|(size, _)| lines.iter().all(|line| rows(line, width / size) == 1))
        };
        // A line is broken only where type that can still be read with ease does not hold it.
        let easy = (*first..STEPS.len().saturating_sub(2)).find(|step| fit(step) && one_row(step));
        let step = easy.or_else(|| (*first..STEPS.len()).find(fit)).unwrap_or(STEPS.len() - 1);
        format!("{paper}-{step}")
    };
    PAPERS.iter().map(class).collect::<Vec<_>>().join(" ")
}

/// How many rows a line takes at most in a width that is given in parts of its type.
fn rows(line: &str, width: f32) -> usize {
    let (mut rows, mut used) = (1, 0.0);
    for word in line.split_inclusive(' ') {
        let long: f32 = word.chars().map(ems).sum();
        if used > 0.0 && used + long > width {
            rows += 1;
            used = INDENT;
        }
        used += long;
        // A word that is wider than the paper is broken anywhere, a letter before its end.
        while used > width {
            rows += 1;
            used = used - (width - 1.0) + INDENT;
        }
    }
    rows
}

/// How wide a character of Arial, or of what stands in for it, is at most, in parts of its type.
fn ems(character: char) -> f32 {
    match character {
        'i' | 'j' | 'l' | ' ' | '.' | ',' | '\'' | '|' | 'I' | ':' | ';' | '!' => 0.29,
        '(' | ')' | '-' | '/' | 'f' | 't' | 'r' | '[' | ']' | '"' => 0.4,
        'a'..='z' if !matches!(character, 'm' | 'w') => 0.57,
        '0'..='9' | '$' | '?' | '#' | '_' => 0.57,
        'M' | 'm' => 0.84,
        'W' | 'w' | '@' | '%' => 1.02,
        'A'..='Z' => 0.79,
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => 1.02,
        _ => 0.68,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(line: &str, count: usize) -> Vec<String> {
        vec![line.to_owned(); count]
    }

    #[test]
    fn an_address_of_the_usual_size_keeps_the_largest_type() {
        assert_eq!(fits(&lines("River Bend Correctional Facility", 4)), "ten-0 dl-0 c5-0 c6-1 tag-1");
    }

    #[test]
    fn a_long_line_is_set_smaller_and_many_long_ones_smaller_still() {
        let long = "Securus Digital Mail Center - OK Dept of Corrections";
        assert_eq!(fits(&lines(long, 4)), "ten-0 dl-0 c5-1 c6-2 tag-2");
        assert_eq!(fits(&lines(&"Mill Road ".repeat(8), 8)), "ten-2 dl-3 c5-3 c6-5 tag-5");
        assert_eq!(fits(&lines(&"W".repeat(80), 8)), "ten-5 dl-4 c5-4 c6-5 tag-5");
    }

    #[test]
    fn a_country_below_the_longest_address_finds_room() {
        assert_eq!(fits(&lines("Unit 4", 8)), "ten-1 dl-0 c5-0 c6-2 tag-2");
    }

    #[test]
    fn a_word_that_is_wider_than_the_paper_takes_more_rows() {
        assert_eq!(rows("", 20.0), 1);
        assert_eq!(rows(&"W".repeat(80), 30.0), 3);
        assert_eq!(rows("one two", 30.0), 1);
    }
}
