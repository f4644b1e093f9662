//! Checking that what is stored is what the log says.

use domain::{Account, CustomerId, PartnerId, Status};
use thiserror::Error;

use super::partners::Counts;
use super::port::{Arg, args};
use super::sql::placeholders;
use super::{Store, StoredAccount, Tx, customer_columns};
use crate::error::{Error, Result};

/// How much was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Rows of the log.
    pub events: u64,
    /// Customers.
    pub customers: u64,
}

/// Where the rows are not what the log says.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Difference {
    /// The log tells of a customer that has no row.
    #[error("{0} is in the log and has no row")]
    NoRow(String),
    /// A row has no beginning in the log.
    #[error("{0} has a row and is not in the log")]
    NoEvents(CustomerId),
    /// Its plans, suspensions or revisions differ.
    #[error("{0} differs from the log")]
    Account(CustomerId),
    /// What its row shows to lists differs.
    #[error("the row of {0} differs from the log")]
    Row(CustomerId),
    /// A row cannot be read.
    #[error("the rows after {after} cannot be read: {why}")]
    Unreadable {
        /// The last customer that could be read; empty at the start.
        after: String,
        /// Why.
        why: String,
    },
}

/// How many customers are compared at a time.
const STEP: u32 = 100;

/// The rows of a partner's customers beside its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// How many rows equal the log.
    pub customers: u64,
    /// How many of each status they are.
    pub counts: Counts,
    /// The first difference.
    pub difference: Option<Difference>,
}

/// Checks that a partner's log is whole and unaltered, and that every row of its customers equals the fold of the log.
///
/// # Errors
/// [`Error::Damaged`] names the first difference.
pub async fn verify(store: &Store, partner: &PartnerId) -> Result<Verified> {
    let mut tx = store.read().await?;
    let recorded = tx.partner(partner).await?.counts;
    let walk = tx.walk_to_end(partner, |_| {}).await?;
    if let Some(flaw) = walk.flaw {
        return Err(Error::damaged(flaw));
    }
    let compared = tx.compare_customers(partner).await?;
    if let Some(difference) = compared.difference {
        return Err(Error::damaged(difference));
    }
    if compared.counts != recorded {
        return Err(Error::damaged("the counts differ from the customers"));
    }
    Ok(Verified {
        events: walk.head.seq,
        customers: compared.customers,
    })
}

impl Tx {
    /// Compares every row of a partner's customers with the fold of the log, up to the first difference.
    pub async fn compare_customers(&mut self, partner: &PartnerId) -> Result<Compared> {
        let catalog = self.catalog(partner).await?;
        let mut compared = Compared {
            customers: 0,
            counts: Counts::default(),
            difference: self.without_row(partner).await?,
        };
        let mut after: Option<CustomerId> = None;
        while compared.difference.is_none() {
            let page = match self.beside_the_log(partner, after.as_ref()).await {
                Ok(page) => page,
                Err(Error::Damaged(why)) => {
                    let after = after.map(|id| id.to_string()).unwrap_or_default();
                    compared.difference = Some(Difference::Unreadable { after, why });
                    break;
                }
                Err(error) => return Err(error),
            };
            let Some((last, _)) = page.last() else { break };
            after = Some(last.customer.clone());
            for (stored, folded) in page {
                compared.difference = self.difference(partner, &catalog, &stored, folded).await?;
                if compared.difference.is_some() {
                    break;
                }
                compared.customers += 1;
                match stored.account.status() {
                    Status::Active => compared.counts.active += 1,
                    Status::Suspended => compared.counts.suspended += 1,
                    Status::Closed => compared.counts.closed += 1,
                }
            }
        }
        Ok(compared)
    }

    /// The first customer of the log that has no row.
    async fn without_row(&mut self, partner: &PartnerId) -> Result<Option<Difference>> {
        let sql = "SELECT customer_id FROM events WHERE partner_id = $1 AND customer_id <> '' AND NOT EXISTS \
                   (SELECT 1 FROM customers WHERE partner_id = $1 AND id = events.customer_id) \
                   ORDER BY customer_id LIMIT 1";
        let row = self.row(sql, args![partner.as_str()]).await?;
        row.map(|mut row| row.text().map(Difference::NoRow))
            .transpose()
    }

    /// The next customers, each with the account that the log makes.
    async fn beside_the_log(
        &mut self,
        partner: &PartnerId,
        after: Option<&CustomerId>,
    ) -> Result<Vec<(StoredAccount, Option<Account>)>> {
        let stored = self.accounts(partner, after, STEP).await?;
        if stored.is_empty() {
            return Ok(Vec::new());
        }
        let list = placeholders(2, stored.len());
        let mut args = args![partner.as_str()];
        args.extend(stored.iter().map(|one| Arg::from(one.customer.as_str())));
        let mut folded = self.folds(&list, args).await?;
        Ok(stored
            .into_iter()
            .map(|stored| {
                let account = folded.remove(&stored.customer);
                (stored, account)
            })
            .collect())
    }

    async fn difference(
        &mut self,
        partner: &PartnerId,
        catalog: &domain::Catalog,
        stored: &StoredAccount,
        folded: Option<Account>,
    ) -> Result<Option<Difference>> {
        let StoredAccount {
            customer,
            account,
            last_seen_at,
        } = stored;
        let Some(mut folded) = folded else {
            return Ok(Some(Difference::NoEvents(customer.clone())));
        };
        folded.usage.clone_from(&account.usage);
        if folded != *account {
            return Ok(Some(Difference::Account(customer.clone())));
        }
        let expected = customer_columns::values(partner, customer, &folded, catalog, *last_seen_at);
        let equal = self.row_equals(expected).await?;
        Ok((!equal).then(|| Difference::Row(customer.clone())))
    }

    /// Whether the customer's row holds exactly these values.
    async fn row_equals(&mut self, values: Vec<Arg>) -> Result<bool> {
        let same: Vec<String> = customer_columns::COLUMNS
            .iter()
            .enumerate()
            .map(|(place, column)| format!("{column} IS NOT DISTINCT FROM ${}", place + 1))
            .collect();
        let sql = format!("SELECT 1 FROM customers WHERE {}", same.join(" AND "));
        Ok(!self.rows(sql, values).await?.is_empty())
    }
}
