//! Writing a partner's plans, customers and history to CSV files that import again without a difference.

mod draft;
mod rows;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use domain::{Catalog, CustomerId, LimitName, PartnerId};

pub(crate) use draft::{Draft, Sheet, make_folder};

use crate::import::{CUSTOMER_COLUMNS, HISTORY_COLUMNS, LIMIT, PLAN_COLUMNS, USED};
use crate::store::{Store, StoredAccount, Tx};

/// Customers that are read together.
const TOGETHER: u32 = 500;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exported {
    /// Lines of `plans.csv`.
    pub plans: u64,
    /// Lines of `customers.csv`.
    pub customers: u64,
    /// Lines of `history.csv`.
    pub history: u64,
}

impl std::fmt::Display for Exported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            plans,
            customers,
            history,
        } = self;
        write!(
            f,
            "Wrote {plans} plans, {customers} customers and {history} lines of history."
        )
    }
}

/// Why an export did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file could not be written.
    #[error("{} cannot be written: {cause}.", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The store refused.
    #[error("the export stopped: {0}.")]
    Store(#[from] crate::error::Error),
}

/// Writes `plans.csv`, `customers.csv` and `history.csv` into `folder`, which is made when it is missing. All three
/// show the same moment. Files of these names are replaced.
///
/// # Errors
/// When a file cannot be written, or the store cannot be read.
pub async fn run(
    store: &Store,
    partner: &PartnerId,
    folder: &Path,
) -> Result<Exported, ExportError> {
    make_folder(folder)?;
    let mut reading = store.read().await?;
    reading.partner(partner).await?;
    let catalog = reading.catalog(partner).await?;
    let limits = limits(&mut reading, partner, &catalog).await?;
    let mut exported = Exported::default();

    let header = PLAN_COLUMNS.map(str::to_owned).into_iter();
    let granted = rows::granted(&catalog);
    let mut plans = Sheet::create(
        folder,
        "plans.csv",
        header.chain(granted.iter().map(|name| format!("{LIMIT}{name}"))),
    )?;
    for plan in &catalog.plans {
        plans.line(&rows::plan(plan, &granted))?;
        exported.plans += 1;
    }
    plans.finish()?;

    let header = CUSTOMER_COLUMNS.map(str::to_owned).into_iter();
    let mut customers = Sheet::create(
        folder,
        "customers.csv",
        header.chain(limits.iter().map(|name| format!("{USED}{name}"))),
    )?;
    let mut history = Sheet::create(
        folder,
        "history.csv",
        HISTORY_COLUMNS.map(str::to_owned).into_iter(),
    )?;
    let mut after: Option<CustomerId> = None;
    loop {
        let page = reading.accounts(partner, after.as_ref(), TOGETHER).await?;
        for StoredAccount {
            account,
            last_seen_at,
            ..
        } in &page
        {
            // Who left cannot be brought in again by a file.
            let Some(line) = rows::customer(account, *last_seen_at, &catalog, &limits) else {
                continue;
            };
            customers.line(&line)?;
            exported.customers += 1;
            for line in rows::history(account, &catalog) {
                history.line(&line)?;
                exported.history += 1;
            }
        }
        match page.into_iter().last() {
            Some(last) => after = Some(last.customer),
            None => break,
        }
    }
    customers.finish()?;
    history.finish()?;
    Ok(exported)
}

/// Every limit that a plan has or that a customer uses: those of the plans first, in their order.
async fn limits(
    reading: &mut Tx,
    partner: &PartnerId,
    catalog: &Catalog,
) -> Result<Vec<LimitName>, crate::error::Error> {
    let mut limits = rows::countable(catalog);
    let mut others: BTreeSet<LimitName> = BTreeSet::new();
    let mut after: Option<CustomerId> = None;
    loop {
        let page = reading.accounts(partner, after.as_ref(), TOGETHER).await?;
        let used = page
            .iter()
            .flat_map(|stored| &stored.account.usage)
            .map(|usage| &usage.limit);
        others.extend(used.filter(|limit| !limits.contains(limit)).cloned());
        match page.into_iter().last() {
            Some(last) => after = Some(last.customer),
            None => break,
        }
    }
    limits.extend(others);
    Ok(limits)
}
