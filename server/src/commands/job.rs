//! What one command takes into its transaction.

use domain::Timestamp;

use super::fresh::Fresh;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::Sent;

/// Everything that the transaction needs, so that it can be run again by itself.
pub(super) struct Job<O> {
    pub(super) order: O,
    /// The key that it was sent under, and the fingerprint of what was sent.
    pub(super) sent: Option<Sent>,
    pub(super) now: Timestamp,
    pub(super) fresh: Fresh,
}

impl<O> Job<O> {
    pub(super) fn new(order: O, sent: Option<Sent>, clock: &dyn Clock, ids: &dyn Ids) -> Self {
        Self {
            order,
            sent,
            now: clock.now(),
            fresh: Fresh::draw(ids),
        }
    }
}
