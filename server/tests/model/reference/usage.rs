//! Reports about usage, and which of them are told in the log.

use domain::{CustomerId, Limit, LimitName, Timestamp};

use super::catalog::plan;
use super::{Partner, Refusal};

impl Partner {
    /// A report replaces the one before. One event for each threshold (80 %, 100 %) that it goes over upwards.
    pub fn report(
        &mut self,
        customer: &CustomerId,
        limit: &LimitName,
        used: u64,
        as_of: Timestamp,
    ) -> Result<(), Refusal> {
        let customer = self.customers.get_mut(customer).ok_or(Refusal::NotFound)?;
        let before = customer.usage.insert(limit.clone(), (used, as_of));
        let before = before.map_or(0, |(used, _)| used);
        let terms = &customer.head().terms;
        let plan = plan(&self.plans, &terms.plan).ok_or(Refusal::NotFound)?;
        for (name, allowed) in &plan.version(terms.version).limits {
            let Limit::Count(allowed) = *allowed else {
                continue;
            };
            if name != limit {
                continue;
            }
            for percent in [80, 100] {
                let is_reached = |used: u64| used > 0 && used * 100 >= allowed * percent;
                self.log += u64::from(is_reached(used) && !is_reached(before));
            }
        }
        Ok(())
    }
}
