//! A line for each number of clients.

use crate::changes::Measured;

pub fn head() {
    println!(
        "{:>7}  {:>9}  {:>13}  {:>13}  {:>13}  {:>21}",
        "clients", "changes/s", "fsyncs/change", "CPU ms/change", "raw commits/s", "aim"
    );
}

/// The aim is what the disk or the processor would give, whichever is less: eight changes share a commit, or one processor
/// works without a pause. Four fifths of that, and at most a tenth of an fsync for a change, where 64 are waiting.
pub fn line(clients: usize, measured: &Measured, raw: f64) {
    let changes = measured.changes as f64;
    let rate = changes / measured.elapsed.as_secs_f64();
    let syncs = measured.syncs as f64 / changes;
    let processor = measured.processor.as_secs_f64() * 1_000.0 / changes;
    let aim = 0.8 * (8.0 * raw).min(1_000.0 / processor);
    let verdict = match (rate >= aim, syncs <= 0.1) {
        _ if clients != 64 => String::new(),
        (true, true) => format!("{aim:.0}/s and 0.1: met"),
        _ => format!("{aim:.0}/s and 0.1: missed"),
    };
    println!(
        "{clients:>7}  {rate:>9.0}  {syncs:>13.3}  {processor:>13.3}  {raw:>13.0}  {verdict:>21}"
    );
}
