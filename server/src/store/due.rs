//! Which customers have a start or end of a suspension that is due.

use domain::{CustomerId, PartnerId, Timestamp};

use super::Tx;
use super::codec::named;
use super::port::args;
use crate::error::Result;

impl Tx {
    /// Customers with something due at `now`, longest due first.
    pub(crate) async fn due(
        &mut self,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<(PartnerId, CustomerId)>> {
        let sql = "SELECT partner_id, id FROM customers WHERE due_at IS NOT NULL AND due_at <= $1 \
                   ORDER BY due_at LIMIT $2";
        named(self.rows(sql, args![now.millis(), i64::from(most)]).await?)
    }
}
