//! How customers stand, for whoever keeps all of them in memory: many at a time, in few rows.

use domain::{
    CustomerId, Epoch, EventKind, ExternalId, PartnerId, PlanId, PlanVersion, Reason, Standing,
    Status, Timestamp,
};

use super::Tx;
use super::codec::big;
use super::port::args;
use super::sql::placeholders;
use crate::error::{Error, Result};

/// How one customer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingRow {
    /// Which customer.
    pub customer: CustomerId,
    /// The operator's name for it.
    pub external_id: ExternalId,
    /// How it stands.
    pub standing: Standing,
    /// What it has.
    pub plan: PlanId,
    /// In which version.
    pub version: PlanVersion,
    /// Revision of either axis.
    pub epoch: Epoch,
}

/// A part of a log, as far as it is about who may come in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The number of its last event.
    pub last_seq: u64,
    /// Who moved, in the order of the log, and when by a command or a due time that concerns the product.
    pub moved: Vec<(CustomerId, Option<Timestamp>)>,
}

/// A customer as one line, so that a million of them are read in seconds: the database joins the lines, which costs less
/// than a row for each. The external id comes last: it may contain anything but a line break.
const LINE: &str = "id || ' ' || status || ' ' || epoch || ' ' || plan_id || ' ' || plan_version || ' ' || \
                    COALESCE(suspension_reason, '-') || ' ' || external_id";
const BREAK: char = '\n';

fn standing_row(line: &str) -> Result<StandingRow> {
    let mut rest = line;
    // Fields are short: to look at each byte is quicker than to prepare a search.
    let mut field = || {
        let end = rest.bytes().position(|byte| byte == b' ');
        let (field, after) = rest.split_at(end.ok_or_else(|| Error::damaged("a line"))?);
        rest = &after[1..];
        Ok::<_, Error>(field)
    };
    let customer = CustomerId::parse(field()?).map_err(Error::damaged)?;
    let status = Status::parse(field()?).map_err(Error::damaged)?;
    let epoch = Epoch(field()?.parse().map_err(Error::damaged)?);
    let plan = PlanId::parse(field()?).map_err(Error::damaged)?;
    let version = PlanVersion(field()?.parse().map_err(Error::damaged)?);
    let reason = field()?;
    let external_id = ExternalId::parse(rest).map_err(Error::damaged)?;
    let standing = match status {
        Status::Active => Standing::Active,
        Status::Suspended => Standing::Suspended(Reason::parse(reason).map_err(Error::damaged)?),
        Status::Closed => Standing::Closed,
    };
    Ok(StandingRow {
        customer,
        external_id,
        standing,
        plan,
        version,
        epoch,
    })
}

impl Tx {
    /// The next `size` customers of a partner after one, in the order of their ids.
    pub(crate) async fn standings(
        &mut self,
        partner: &PartnerId,
        after: Option<&CustomerId>,
        size: u32,
    ) -> Result<Vec<StandingRow>> {
        let from = format!(
            "(SELECT {LINE} AS line FROM customers WHERE partner_id = $2 AND id > $3 ORDER BY id LIMIT $4) AS lines"
        );
        let after = after.map_or("", CustomerId::as_str);
        let args = args![BREAK.to_string(), partner.as_str(), after, i64::from(size)];
        self.standing_rows(&from, args).await
    }

    /// These customers of a partner; who does not exist is left out.
    pub(crate) async fn standings_of(
        &mut self,
        partner: &PartnerId,
        customers: &[CustomerId],
    ) -> Result<Vec<StandingRow>> {
        let mut found = Vec::with_capacity(customers.len());
        for customers in customers.chunks(200) {
            let list = placeholders(3, customers.len());
            let from = format!(
                "(SELECT {LINE} AS line FROM customers WHERE partner_id = $2 AND id IN ({list})) AS lines"
            );
            let mut args = args![BREAK.to_string(), partner.as_str()];
            args.extend(customers.iter().map(|id| id.as_str().into()));
            found.extend(self.standing_rows(&from, args).await?);
        }
        Ok(found)
    }

    async fn standing_rows(
        &mut self,
        from: &str,
        args: Vec<super::port::Arg>,
    ) -> Result<Vec<StandingRow>> {
        let sql = format!("SELECT string_agg(line, $1) FROM {from}");
        let lines = match self.row(sql, args).await? {
            Some(mut row) => row.maybe_text()?,
            None => None,
        };
        let mut rows = lines
            .iter()
            .flat_map(|lines| lines.split(BREAK))
            .map(standing_row)
            .collect::<Result<Vec<_>>>()?;
        // A database need not join lines in the order in which it read them.
        rows.sort_unstable_by(|one, other| one.customer.cmp(&other.customer));
        Ok(rows)
    }

    /// What followed `seq` in a partner's log, at most `most` events of it.
    pub(crate) async fn stretch(
        &mut self,
        partner: &PartnerId,
        seq: u64,
        most: u32,
    ) -> Result<Stretch> {
        let sql = "SELECT seq, customer_id, at, kind FROM events WHERE partner_id = $1 AND seq > $2 \
                   ORDER BY seq LIMIT $3";
        let args = args![partner.as_str(), big(seq), i64::from(most)];
        let mut stretch = Stretch {
            last_seq: seq,
            moved: Vec::new(),
        };
        for mut row in self.rows(sql, args).await? {
            stretch.last_seq = row.count()?;
            // What a partner does with its keys is about no customer.
            let customer = row.text()?;
            let at = row.time()?;
            let concerns = row.parsed(EventKind::parse)?.concerns_product();
            if let Ok(customer) = CustomerId::parse(&customer) {
                stretch.moved.push((customer, concerns.then_some(at)));
            }
        }
        Ok(stretch)
    }

    /// External ids that customers of more than one partner have and did not leave with, in order.
    pub async fn ambiguous_external_ids(&mut self, most: u32) -> Result<Vec<ExternalId>> {
        let sql = "SELECT external_id FROM customers WHERE status <> 'closed' GROUP BY external_id \
                   HAVING COUNT(*) > 1 ORDER BY external_id LIMIT $1";
        let rows = self.rows(sql, args![i64::from(most)]).await?;
        rows.into_iter()
            .map(|mut row| row.parsed(ExternalId::parse))
            .collect()
    }
}
