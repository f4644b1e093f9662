//! Time, of the clock and of the processor.

use std::time::{Duration, Instant};

/// For how long each thing is measured.
pub const LONG_ENOUGH: Duration = Duration::from_secs(4);

/// Runs from when it is made.
pub struct Stopwatch {
    started: Instant,
    processor: Duration,
}

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "a bench measures the time that the panel's clock does not know of"
    )]
    pub fn start() -> Self {
        Self {
            processor: processor_time(),
            started: Instant::now(),
        }
    }

    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// What the processor did for this process meanwhile.
    pub fn processor(&self) -> Duration {
        processor_time() - self.processor
    }
}

/// User and system time of this process, as Linux counts it: in hundredths of a second.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("this bench needs Linux");
    // The name of the program may hold blanks; it ends with the last parenthesis.
    let fields = stat.rsplit(')').next().unwrap().split_whitespace();
    let ticks: u64 = fields
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u64>().unwrap())
        .sum();
    Duration::from_millis(ticks * 10)
}
