//! Partners: who they are, how many customers they have, and the end of their log.

use domain::{Currency, PartnerId, Status, Timestamp};

use super::port::{Row, args};
use super::{Store, Tx};
use crate::error::{Error, Result};

/// A partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its identifier.
    pub id: PartnerId,
    /// How it is set up.
    pub profile: PartnerProfile,
    /// How many customers it has.
    pub counts: Counts,
    /// The number of the latest row of its log; 0 for an empty log.
    pub last_seq: u64,
}

/// How a partner is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerProfile {
    /// Its name, as brand.
    pub name: String,
    /// Name of the product that it resells.
    pub product: String,
    /// Currency of its prices.
    pub currency: Currency,
    /// BCP 47 tag of its language.
    pub language: String,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// Brand colour, six hexadecimal digits in lower case.
    pub brand_color: String,
    /// Where its customers find help, a link that may be shown to them.
    pub contact_link: Option<String>,
    /// Where its customers pay.
    pub pay_link: Option<String>,
}

/// How many customers of each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Active.
    pub active: u64,
    /// Suspended.
    pub suspended: u64,
    /// Closed.
    pub closed: u64,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.active + self.suspended + self.closed
    }
}

/// The end of a partner's log inside a write that has claimed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LogEnd {
    pub seq: u64,
    pub hash: String,
    pub counts: SignedCounts,
}

/// Changes to the counts, by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SignedCounts {
    pub active: i64,
    pub suspended: i64,
    pub closed: i64,
}

impl SignedCounts {
    /// Adds `by` customers of `status`.
    pub fn add(&mut self, status: Status, by: i64) {
        match status {
            Status::Active => self.active += by,
            Status::Suspended => self.suspended += by,
            Status::Closed => self.closed += by,
        }
    }
}

const COLUMNS: &str = "id, name, product, currency, language, time_zone, brand_color, contact_link, pay_link, \
                       active_count, suspended_count, closed_count, last_seq";

fn partner(mut row: Row) -> Result<Partner> {
    Ok(Partner {
        id: row.parsed(PartnerId::parse)?,
        profile: PartnerProfile {
            name: row.text()?,
            product: row.text()?,
            currency: row.parsed(Currency::parse)?,
            language: row.text()?,
            time_zone: row.text()?,
            brand_color: row.text()?,
            contact_link: row.maybe_text()?,
            pay_link: row.maybe_text()?,
        },
        counts: Counts {
            active: row.count()?,
            suspended: row.count()?,
            closed: row.count()?,
        },
        last_seq: row.count()?,
    })
}

impl Tx {
    /// The partner.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn partner(&mut self, id: &PartnerId) -> Result<Partner> {
        let sql = format!("SELECT {COLUMNS} FROM partners WHERE id = $1");
        self.row(sql, args![id.as_str()])
            .await?
            .map(partner)
            .ok_or(Error::NotFound)?
    }

    /// All partners, in the order of their making.
    pub async fn partners(&mut self) -> Result<Vec<Partner>> {
        let rows = self
            .rows(
                format!("SELECT {COLUMNS} FROM partners ORDER BY created_at, id"),
                args![],
            )
            .await?;
        rows.into_iter().map(partner).collect()
    }

    /// Makes a partner with an empty log.
    pub async fn add_partner(
        &mut self,
        id: &PartnerId,
        profile: &PartnerProfile,
        now: Timestamp,
    ) -> Result<()> {
        let sql = "INSERT INTO partners (id, name, product, currency, language, time_zone, brand_color, contact_link, \
                   pay_link, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let mut args = args![id.as_str()];
        args.extend(profile_args(profile));
        args.push(now.millis().into());
        self.run(sql, args).await.map(drop)
    }

    /// Sets a partner up anew.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn set_partner(&mut self, id: &PartnerId, profile: &PartnerProfile) -> Result<()> {
        let sql = "UPDATE partners SET name = $2, product = $3, currency = $4, language = $5, time_zone = $6, \
                   brand_color = $7, contact_link = $8, pay_link = $9 WHERE id = $1";
        let mut args = args![id.as_str()];
        args.extend(profile_args(profile));
        if self.run(sql, args).await? == 0 {
            Err(Error::NotFound)
        } else {
            Ok(())
        }
    }

    /// Makes every other writer of this partner wait, and answers where its log ends.
    pub(crate) async fn claim_log(&mut self, id: &PartnerId) -> Result<LogEnd> {
        let sql = format!(
            "SELECT last_seq, last_hash FROM partners WHERE id = $1{}",
            self.dialect.claim()
        );
        let mut row = self
            .row(sql, args![id.as_str()])
            .await?
            .ok_or(Error::NotFound)?;
        Ok(LogEnd {
            seq: row.count()?,
            hash: row.text()?,
            counts: SignedCounts::default(),
        })
    }

    /// Writes down the new end of a claimed log, with the changes of the counts.
    pub(crate) async fn move_log(&mut self, id: &PartnerId, end: &LogEnd) -> Result<()> {
        let sql = "UPDATE partners SET last_seq = $2, last_hash = $3, active_count = active_count + $4, \
                   suspended_count = suspended_count + $5, closed_count = closed_count + $6 WHERE id = $1";
        let counts = end.counts;
        let seq = super::codec::big(end.seq);
        let args = args![
            id.as_str(),
            seq,
            end.hash.as_str(),
            counts.active,
            counts.suspended,
            counts.closed
        ];
        self.run(sql, args).await.map(drop)
    }
}

fn profile_args(profile: &PartnerProfile) -> Vec<super::port::Arg> {
    args![
        profile.name.as_str(),
        profile.product.as_str(),
        profile.currency.code(),
        profile.language.as_str(),
        profile.time_zone.as_str(),
        profile.brand_color.as_str(),
        profile.contact_link.as_deref(),
        profile.pay_link.as_deref(),
    ]
}

impl Store {
    /// Makes a partner with an empty log.
    pub async fn add_partner(
        &self,
        id: PartnerId,
        profile: PartnerProfile,
        now: Timestamp,
    ) -> Result<()> {
        self.write((id, profile, now), |tx, (id, profile, now)| {
            Box::pin(tx.add_partner(id, profile, *now))
        })
        .await
    }

    /// Sets a partner up anew.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn set_partner(&self, id: PartnerId, profile: PartnerProfile) -> Result<()> {
        self.write((id, profile), |tx, (id, profile)| {
            Box::pin(tx.set_partner(id, profile))
        })
        .await
    }
}
