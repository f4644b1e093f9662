//! Users of partners, and the one-time links by which they set a password.

use std::collections::HashMap;

use domain::{PartnerId, Role, Timestamp, UserId};

use super::keys::needle;
use super::port::{Row, args};
use super::sql::placeholders;
use super::{Store, Tx};
use crate::error::{Error, Result, Unique};

/// A person who signs in for a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// For whom.
    pub partner: PartnerId,
    /// Its identifier.
    pub id: UserId,
    /// E-mail address as typed; unique over the whole panel, letter case aside.
    pub email: String,
    /// What they are to the partner.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// Hash of the password in PHC form; `None` until they have set one.
    pub password_hash: Option<String>,
    /// May not sign in.
    pub disabled: bool,
    /// Their own language (BCP 47); `None` for the partner's.
    pub language: Option<String>,
    /// Their own time zone (IANA); `None` for the partner's.
    pub time_zone: Option<String>,
}

const COLUMNS: &str =
    "partner_id, id, email, role, name, password_hash, disabled, language, time_zone";

fn user(mut row: Row) -> Result<User> {
    Ok(User {
        partner: row.parsed(PartnerId::parse)?,
        id: row.parsed(UserId::parse)?,
        email: row.text()?,
        role: row.parsed(Role::parse)?,
        name: row.text()?,
        password_hash: row.maybe_text()?,
        disabled: row.flag()?,
        language: row.maybe_text()?,
        time_zone: row.maybe_text()?,
    })
}

impl Tx {
    /// The user.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn user(&mut self, partner: &PartnerId, id: &UserId) -> Result<User> {
        let sql = format!("SELECT {COLUMNS} FROM users WHERE partner_id = $1 AND id = $2");
        self.row(sql, args![partner.as_str(), id.as_str()])
            .await?
            .map(user)
            .ok_or(Error::NotFound)?
    }

    /// The user with this e-mail address, of whichever partner.
    pub async fn user_by_email(&mut self, email: &str) -> Result<Option<User>> {
        let sql = format!("SELECT {COLUMNS} FROM users WHERE email_key = $1");
        self.row(sql, args![needle(email)])
            .await?
            .map(user)
            .transpose()
    }

    /// All users of a partner, by name.
    pub async fn users(&mut self, partner: &PartnerId) -> Result<Vec<User>> {
        let sql = format!("SELECT {COLUMNS} FROM users WHERE partner_id = $1 ORDER BY name, id");
        self.rows(sql, args![partner.as_str()])
            .await?
            .into_iter()
            .map(user)
            .collect()
    }

    /// The names of users, by id; who does not exist is left out.
    pub async fn user_names(
        &mut self,
        partner: &PartnerId,
        ids: &[UserId],
    ) -> Result<HashMap<UserId, String>> {
        let mut ids: Vec<&str> = ids.iter().map(UserId::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut names = HashMap::new();
        for ids in ids.chunks(100) {
            let list = placeholders(2, ids.len());
            let mut args = args![partner.as_str()];
            args.extend(ids.iter().map(|id| (*id).into()));
            let sql =
                format!("SELECT id, name FROM users WHERE partner_id = $1 AND id IN ({list})");
            for mut row in self.rows(sql, args).await? {
                names.insert(row.parsed(UserId::parse)?, row.text()?);
            }
        }
        Ok(names)
    }

    /// Makes a user.
    ///
    /// # Errors
    /// [`Error::Taken`] when the e-mail address has one already.
    pub async fn add_user(&mut self, user: &User, now: Timestamp) -> Result<()> {
        let sql = "INSERT INTO users (partner_id, id, email, email_key, role, name, password_hash, disabled, language, \
                   time_zone, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let mut args = user_args(user);
        args.push(now.millis().into());
        self.run(sql, args)
            .await
            .map(drop)
            .map_err(|error| error.or_taken(Unique::Email))
    }

    /// Writes a user down anew. When it may no longer sign in, its sessions and links end.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Taken`] when another user has the e-mail address.
    pub async fn set_user(&mut self, user: &User) -> Result<()> {
        let sql = "UPDATE users SET email = $3, email_key = $4, role = $5, name = $6, password_hash = $7, \
                   disabled = $8, language = $9, time_zone = $10 WHERE partner_id = $1 AND id = $2";
        let touched = self
            .run(sql, user_args(user))
            .await
            .map_err(|error| error.or_taken(Unique::Email))?;
        if touched == 0 {
            return Err(Error::NotFound);
        }
        if user.disabled {
            self.sign_out_everywhere(&user.partner, &user.id).await?;
            self.drop_login_links(&user.partner, &user.id).await?;
        }
        Ok(())
    }

    /// Keeps a one-time link, by the hash of its token, until `expires`. Earlier links of the user end.
    pub async fn add_login_link(
        &mut self,
        token_hash: &str,
        user: &User,
        expires: Timestamp,
    ) -> Result<()> {
        self.drop_login_links(&user.partner, &user.id).await?;
        let sql = "INSERT INTO login_links (token_hash, partner_id, user_id, expires_at) VALUES ($1, $2, $3, $4)";
        let args = args![
            token_hash,
            user.partner.as_str(),
            user.id.as_str(),
            expires.millis()
        ];
        self.run(sql, args).await.map(drop)
    }

    /// Whose link it is, when it is still good at `now`.
    pub async fn login_link(&mut self, token_hash: &str, now: Timestamp) -> Result<Option<User>> {
        let sql =
            "SELECT partner_id, user_id FROM login_links WHERE token_hash = $1 AND expires_at > $2";
        let Some(mut row) = self.row(sql, args![token_hash, now.millis()]).await? else {
            return Ok(None);
        };
        let (partner, id) = (row.parsed(PartnerId::parse)?, row.parsed(UserId::parse)?);
        let user = self.user(&partner, &id).await?;
        Ok((!user.disabled).then_some(user))
    }

    async fn drop_login_links(&mut self, partner: &PartnerId, user: &UserId) -> Result<()> {
        let sql = "DELETE FROM login_links WHERE partner_id = $1 AND user_id = $2";
        self.run(sql, args![partner.as_str(), user.as_str()])
            .await
            .map(drop)
    }
}

fn user_args(user: &User) -> Vec<super::port::Arg> {
    args![
        user.partner.as_str(),
        user.id.as_str(),
        user.email.as_str(),
        needle(&user.email),
        user.role.code(),
        user.name.as_str(),
        user.password_hash.as_deref(),
        user.disabled,
        user.language.as_deref(),
        user.time_zone.as_deref(),
    ]
}

impl Store {
    /// Makes a user.
    ///
    /// # Errors
    /// [`Error::Taken`] when the e-mail address has one already.
    pub async fn add_user(&self, user: User, now: Timestamp) -> Result<()> {
        self.write((user, now), |tx, (user, now)| {
            Box::pin(tx.add_user(user, *now))
        })
        .await
    }

    /// Writes a user down anew. When it may no longer sign in, its sessions and links end.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Taken`] when another user has the e-mail address.
    pub async fn set_user(&self, user: User) -> Result<()> {
        self.write(user, |tx, user| Box::pin(tx.set_user(user)))
            .await
    }

    /// Keeps a one-time link, by the hash of its token, until `expires`. Earlier links of the user end.
    pub async fn add_login_link(
        &self,
        token_hash: String,
        user: User,
        expires: Timestamp,
    ) -> Result<()> {
        let input = (token_hash, user, expires);
        self.write(input, |tx, (hash, user, expires)| {
            Box::pin(tx.add_login_link(hash, user, *expires))
        })
        .await
    }

    /// Uses a one-time link up: sets the password, ends every session and link of the user. Answers who it is, or
    /// `None` when the link is not good at `now`.
    pub async fn set_password_by_link(
        &self,
        token_hash: String,
        password_hash: String,
        now: Timestamp,
    ) -> Result<Option<User>> {
        self.write(
            (token_hash, password_hash, now),
            |tx, (token_hash, password_hash, now)| {
                Box::pin(async move {
                    let Some(mut user) = tx.login_link(token_hash, *now).await? else {
                        return Ok(None);
                    };
                    // Of two that use it at the same time, one deletes it.
                    if tx
                        .run(
                            "DELETE FROM login_links WHERE token_hash = $1",
                            args![token_hash.as_str()],
                        )
                        .await?
                        == 0
                    {
                        return Ok(None);
                    }
                    user.password_hash = Some(password_hash.clone());
                    tx.set_user(&user).await?;
                    tx.sign_out_everywhere(&user.partner, &user.id).await?;
                    tx.drop_login_links(&user.partner, &user.id).await?;
                    Ok(Some(user))
                })
            },
        )
        .await
    }
}
