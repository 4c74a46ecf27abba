//! Makes JPEGs of four fields in any size, of few bytes and in no time: each block has one colour.

use crate::make::{FIELDS, segment};

/// How many samples across and down the first component has for each of the others.
pub(crate) type Sampling = (u8, u8);

/// How the values lie in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Process {
    Baseline,
    /// With a mark to restart from after each row.
    Restarting,
    Progressive,
}

/// A JPEG of four fields.
#[derive(Clone, Copy)]
pub(crate) struct Flat {
    pub(crate) width: u16,
    pub(crate) height: u16,
    pub(crate) sampling: Sampling,
    pub(crate) process: Process,
}

/// As phones make them.
pub(crate) const PHONE: Sampling = (2, 2);

impl Flat {
    pub(crate) fn new(width: u16, height: u16, process: Process) -> Self {
        Self { width, height, sampling: PHONE, process }
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        let mut bytes = self.head();
        match self.process {
            Process::Baseline | Process::Restarting => {
                bytes.extend(scan(&[1, 2, 3], [0, 63, 0]));
                bytes.extend(self.first_values());
            }
            Process::Progressive => {
                bytes.extend(scan(&[1, 2, 3], [0, 0, 0]));
                bytes.extend(self.first_values());
                for component in 1..=3 {
                    bytes.extend(scan(&[component], [1, 63, 0]));
                    bytes.extend(self.nothing_else());
                }
            }
        }
        bytes.extend([0xFF, 0xD9]);
        bytes
    }

    /// Units across and down: a unit has all blocks of one place.
    fn units(self) -> (u16, u16) {
        let side = |length: u16, sampling: u8| length.div_ceil(8 * u16::from(sampling));
        (side(self.width, self.sampling.0), side(self.height, self.sampling.1))
    }

    fn head(self) -> Vec<u8> {
        let (frame, rest) = if self.process == Process::Progressive { (0xC2, 0xE0) } else { (0xC0, 0x00) };
        let mut bytes = vec![0xFF, 0xD8];
        bytes.extend(segment(0xDB, &[&[0][..], &[8; 64]].concat()));
        // Twelve codes of four bits for the size of the first value; one of one bit for all others, which are nothing.
        bytes.extend(segment(
            0xC4,
            &[&[0, 0, 0, 0, 12][..], &[0; 12], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]].concat(),
        ));
        bytes.extend(segment(0xC4, &[&[0x10, 1][..], &[0; 15], &[rest]].concat()));
        if self.process == Process::Restarting {
            bytes.extend(segment(0xDD, &self.units().0.to_be_bytes()));
        }
        let [[a, b], [c, d]] = [self.height, self.width].map(u16::to_be_bytes);
        let sampling = self.sampling.0 << 4 | self.sampling.1;
        bytes.extend(segment(frame, &[8, a, b, c, d, 3, 1, sampling, 0, 2, 0x11, 0, 3, 0x11, 0]));
        bytes
    }

    /// The first value of each block, which is its colour; in a baseline picture with the one code of all others.
    fn first_values(self) -> Vec<u8> {
        let colours = FIELDS.map(luma_and_chroma);
        let (across, down) = self.units();
        let blocks = [self.sampling.0 * self.sampling.1, 1, 1];
        let mut bits = Bits::default();
        let mut before = [0; 3];
        for (row, column) in (0..down).flat_map(|row| (0..across).map(move |column| (row, column))) {
            if self.process == Process::Restarting && column == 0 && row > 0 {
                bits.restart(row - 1);
                before = [0; 3];
            }
            let field = usize::from(column * 2 >= across) + 2 * usize::from(row * 2 >= down);
            for ((colour, before), blocks) in colours[field].into_iter().zip(&mut before).zip(blocks) {
                for _ in 0..blocks {
                    bits.push_difference(colour - *before);
                    *before = colour;
                    if self.process != Process::Progressive {
                        bits.push(0, 1);
                    }
                }
            }
        }
        bits.closed()
    }

    /// That there is nothing in any other value, in runs of 16,384 blocks.
    fn nothing_else(self) -> Vec<u8> {
        let blocks = usize::from(self.width).div_ceil(8) * usize::from(self.height).div_ceil(8);
        vec![0; (blocks.div_ceil(16_384) * 15).div_ceil(8)]
    }
}

fn scan(components: &[u8], spectrum: [u8; 3]) -> Vec<u8> {
    let names = components.iter().flat_map(|name| [*name, 0]);
    let content: Vec<u8> = [components.len() as u8].into_iter().chain(names).chain(spectrum).collect();
    segment(0xDA, &content)
}

/// Around 0, in the arithmetic of JFIF.
fn luma_and_chroma(rgb: [u8; 3]) -> [i32; 3] {
    let [red, green, blue] = rgb.map(f64::from);
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    [luma - 128.0, (blue - luma) / 1.772, (red - luma) / 1.402].map(|value| value.round() as i32)
}

/// Bits from the highest of each byte, with a zero behind each full byte of ones.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        self.held = self.held << count | value;
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.held >> self.count) as u8;
            self.bytes.push(byte);
            if byte == 0xFF {
                self.bytes.push(0);
            }
        }
        self.held &= (1 << self.count) - 1;
    }

    fn push_difference(&mut self, difference: i32) {
        let size = u32::BITS - difference.unsigned_abs().leading_zeros();
        self.push(size, 4);
        let value = if difference < 0 { difference - 1 } else { difference };
        self.push(value as u32 & ((1 << size) - 1), size);
    }

    /// Fills the last byte with ones.
    fn fill(&mut self) {
        let missing = (8 - self.count) % 8;
        self.push((1 << missing) - 1, missing);
    }

    fn restart(&mut self, number: u16) {
        self.fill();
        self.bytes.extend([0xFF, 0xD0 + (number % 8) as u8]);
    }

    fn closed(mut self) -> Vec<u8> {
        self.fill();
        self.bytes
    }
}
