//! Numbers that a seed decides (SplitMix64, Steele, Lea and Flood 2014): the same on every machine and in every release.

/// A source of numbers.
pub(super) struct Random(u64);

impl Random {
    /// The source of one thing of one sample.
    pub(super) fn new(seed: u64, what: u64, number: u64) -> Self {
        let mut random = Self(seed ^ what.rotate_left(32) ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit, which is at least 1.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap_or(0)
    }

    /// A number from a range.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low + 1).unwrap_or(1)).unwrap_or(0)
    }

    /// Whether something that happens so many times in a hundred happens.
    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let at = self.below(from.len());
        from.get(at).expect("lists to pick from are constants or were checked, and never empty")
    }

    /// Several different ones, in the order drawn.
    pub(super) fn several<'a, T: PartialEq>(&mut self, from: &'a [T], count: usize) -> Vec<&'a T> {
        let mut chosen: Vec<&T> = Vec::new();
        while chosen.len() < count.min(from.len()) {
            let next = self.pick(from);
            if !chosen.contains(&next) {
                chosen.push(next);
            }
        }
        chosen
    }
}
