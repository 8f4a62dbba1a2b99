//! How near two words are, for suggestions: few slips of the finger, or a part for the whole.

/// Returns how far two words are apart, or `None` where nobody would mistake one for the other.
///
/// A third of the longer word may differ; a word of two characters or more that the other holds
/// whole is near as well, but farther than any slip.
pub fn distance(wanted: &str, candidate: &str) -> Option<usize> {
    let longer = wanted.chars().count().max(candidate.chars().count());
    if longer > LONGEST {
        return None;
    }
    let slips = strsim::osa_distance(wanted, candidate);
    if slips <= (longer / 3).max(1) && slips < longer {
        return Some(slips);
    }
    let part = wanted.chars().count() >= 2 && candidate.contains(wanted);
    part.then_some(PART_OF + longer)
}

/// Beyond so many characters nothing is compared: nobody types that much by heart.
const LONGEST: usize = 100;
/// How much farther a part is than any slip.
const PART_OF: usize = 100;
