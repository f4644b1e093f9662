//! Keys that programs show: of partners and of the operator, each known by its public part.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::time::DAY;
use domain::{ApiKeyId, ApiKeyName, PartnerId, Scope, Timestamp};

use super::codec::actor_columns;
use super::port::{Row, args};
use super::{Store, Tx};
use crate::api_keys::{ApiKey, HeldKey, KeyOwner, KeyState, PublicPart, SecretHash};
use crate::error::{Error, Result, Unique};

/// What stands in the column of the partner when a key is the operator's own; no partner is called so.
const OPERATOR: &str = "operator";
/// A key that has ended is recognised for so long, in milliseconds: whoever still shows it is told why it is refused.
const RECOGNISED: i64 = 90 * DAY;

/// A use of a key that is to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyUse {
    /// Whose key.
    pub owner: KeyOwner,
    /// Which one.
    pub id: ApiKeyId,
    /// When.
    pub at: Timestamp,
}

const COLUMNS: &str = "partner_id, id, public_part, name, scopes, gate, created_at, created_by_kind, created_by_id, \
                       expires_at, last_used_at, revoked_at, replaced_by, overlap_until";

fn column(owner: &KeyOwner) -> &str {
    match owner {
        KeyOwner::Partner(partner) => partner.as_str(),
        KeyOwner::Operator => OPERATOR,
    }
}

fn owner(text: &str) -> Result<KeyOwner> {
    match text {
        OPERATOR => Ok(KeyOwner::Operator),
        id => PartnerId::parse(id)
            .map(KeyOwner::Partner)
            .map_err(Error::damaged),
    }
}

fn scopes(text: &str) -> Result<BTreeSet<Scope>> {
    text.split(' ')
        .map(|code| Scope::parse(code).map_err(Error::damaged))
        .collect()
}

fn scopes_column(scopes: &BTreeSet<Scope>) -> String {
    let codes: Vec<&str> = scopes.iter().map(|scope| scope.code()).collect();
    codes.join(" ")
}

fn api_key(row: &mut Row) -> Result<ApiKey> {
    Ok(ApiKey {
        owner: row.parsed(owner)?,
        id: row.parsed(ApiKeyId::parse)?,
        public: row.parsed(PublicPart::parse)?,
        name: row.parsed(ApiKeyName::parse)?,
        scopes: row.parsed(scopes)?,
        gate: row.parsed(|text| serde_json::from_str(text))?,
        created_at: row.time()?,
        created_by: row.actor()?,
        expires_at: row.time()?,
        last_used_at: row.maybe_time()?,
        revoked_at: row.maybe_time()?,
        replaced: row.maybe_parsed(ApiKeyId::parse)?.zip(row.maybe_time()?),
    })
}

impl Tx {
    /// All keys of an owner, the newest first, with those that have ended.
    pub async fn api_keys(&mut self, owner: &KeyOwner) -> Result<Vec<ApiKey>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM api_keys WHERE partner_id = $1 ORDER BY created_at DESC, id DESC"
        );
        let rows = self.rows(sql, args![column(owner)]).await?;
        rows.into_iter().map(|mut row| api_key(&mut row)).collect()
    }

    /// One key of an owner; whoever changes it makes other writers of it wait.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn api_key(&mut self, owner: &KeyOwner, id: &ApiKeyId) -> Result<ApiKey> {
        let sql = format!("SELECT {COLUMNS} FROM api_keys WHERE partner_id = $1 AND id = $2");
        let row = self.row(sql, args![column(owner), id.as_str()]).await?;
        row.map(|mut row| api_key(&mut row))
            .ok_or(Error::NotFound)?
    }

    /// A number that moves on with every change of a key, by whatever process.
    pub async fn api_keys_revision(&mut self) -> Result<u64> {
        let sql = "SELECT revision FROM api_key_changes WHERE one = 1";
        let row = self.row(sql, args![]).await?;
        row.map(|mut row| row.count()).ok_or(Error::NotFound)?
    }

    /// Every key of every owner that is good at `now` or was not long ago, with what is needed to recognise it.
    pub async fn held_api_keys(&mut self, now: Timestamp) -> Result<Vec<HeldKey>> {
        let sql = format!(
            "SELECT {COLUMNS}, secret_hash FROM api_keys WHERE expires_at > $1 AND (revoked_at IS NULL OR revoked_at > $1)"
        );
        let rows = self.rows(sql, args![now.millis() - RECOGNISED]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(HeldKey {
                    key: Arc::new(api_key(&mut row)?),
                    secret: row.parsed(SecretHash::parse)?,
                })
            })
            .collect()
    }

    /// How many keys of an owner are good at `now` and have no successor.
    pub(crate) async fn live_api_keys(
        &mut self,
        owner: &KeyOwner,
        now: Timestamp,
    ) -> Result<usize> {
        let keys = self.api_keys(owner).await?;
        Ok(keys
            .iter()
            .filter(|key| key.state(now) == KeyState::Live)
            .count())
    }

    /// Makes every other writer of keys wait until this transaction ends.
    pub(crate) async fn claim_api_keys(&mut self) -> Result<()> {
        let sql = format!(
            "SELECT revision FROM api_key_changes WHERE one = 1{}",
            self.dialect.claim()
        );
        self.row(sql, args![]).await.map(drop)
    }

    /// Keeps a new key.
    ///
    /// # Errors
    /// [`Error::Taken`] when its public part is another key's.
    pub(crate) async fn add_api_key(&mut self, key: &ApiKey, secret: &SecretHash) -> Result<()> {
        let sql = "INSERT INTO api_keys (partner_id, id, public_part, secret_hash, name, scopes, gate, created_at, \
                   created_by_kind, created_by_id, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let (kind, by) = actor_columns(&key.created_by);
        let args = args![
            column(&key.owner),
            key.id.as_str(),
            key.public.as_str(),
            secret.hex(),
            key.name.as_str(),
            scopes_column(&key.scopes),
            serde_json::to_string(&key.gate).map_err(Error::damaged)?,
            key.created_at.millis(),
            kind,
            by,
            key.expires_at.millis(),
        ];
        self.run(sql, args)
            .await
            .map_err(|error| error.or_taken(Unique::ApiKey))?;
        self.api_keys_changed().await
    }

    /// Names a key's successor, beside which it is good until `until`.
    pub(crate) async fn replace_api_key(
        &mut self,
        key: &ApiKey,
        by: &ApiKeyId,
        until: Timestamp,
    ) -> Result<()> {
        let sql = "UPDATE api_keys SET replaced_by = $3, overlap_until = $4 WHERE partner_id = $1 AND id = $2";
        let args = args![
            column(&key.owner),
            key.id.as_str(),
            by.as_str(),
            until.millis()
        ];
        self.run(sql, args).await?;
        self.api_keys_changed().await
    }

    /// Ends a key.
    pub(crate) async fn revoke_api_key(&mut self, key: &ApiKey, at: Timestamp) -> Result<()> {
        let sql = "UPDATE api_keys SET revoked_at = $3 WHERE partner_id = $1 AND id = $2";
        let args = args![column(&key.owner), key.id.as_str(), at.millis()];
        self.run(sql, args).await?;
        self.api_keys_changed().await
    }

    /// When a use in vain of a partner's key was told last.
    pub(crate) async fn misuse_told_at(
        &mut self,
        partner: &PartnerId,
        key: &ApiKeyId,
    ) -> Result<Option<Timestamp>> {
        let sql = "SELECT misuse_told_at FROM api_keys WHERE partner_id = $1 AND id = $2";
        let mut row = self
            .row(sql, args![partner.as_str(), key.as_str()])
            .await?
            .ok_or(Error::NotFound)?;
        row.maybe_time()
    }

    /// A use in vain of a partner's key is told now.
    pub(crate) async fn set_misuse_told(
        &mut self,
        partner: &PartnerId,
        key: &ApiKeyId,
        at: Timestamp,
    ) -> Result<()> {
        let sql = "UPDATE api_keys SET misuse_told_at = $3 WHERE partner_id = $1 AND id = $2";
        let args = args![partner.as_str(), key.as_str(), at.millis()];
        self.run(sql, args).await.map(drop)
    }

    async fn api_keys_changed(&mut self) -> Result<()> {
        let sql = "UPDATE api_key_changes SET revision = revision + 1 WHERE one = 1";
        self.run(sql, args![]).await.map(drop)
    }
}

impl Store {
    /// Writes down uses of keys, all at once. Callers do so once a minute for each key, not with every use.
    pub async fn touch_api_keys(&self, uses: Vec<KeyUse>) -> Result<()> {
        self.write(uses, |tx, uses| {
            Box::pin(async move {
                let sql = "UPDATE api_keys SET last_used_at = $3 WHERE partner_id = $1 AND id = $2 \
                           AND (last_used_at IS NULL OR last_used_at < $3)";
                for KeyUse { owner, id, at } in uses {
                    tx.run(sql, args![column(owner), id.as_str(), at.millis()])
                        .await?;
                }
                Ok(())
            })
        })
        .await
    }
}
