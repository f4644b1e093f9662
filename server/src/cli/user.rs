//! Users at the command line.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::Role;
use domain::time::HOUR;

use super::database::{self, Missing, open};
use super::{Complaint, World, table};
use crate::clock::Clock as _;
use crate::error::{Error, Unique};
use crate::ids::Ids as _;
use crate::settings::{PlainHttp, PublicOrigin};
use crate::store::{Partner, Store, User};
use crate::web::session::digest;

/// How long a one-time link is good, in milliseconds.
const LINK: i64 = 48 * HOUR;

/// What can be done with users.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a user
    Add(Add),
    /// List the users of a partner
    List(List),
    /// Print a one-time link, good for 48 hours, that sets the password
    Link(Link),
    /// Sign a user out everywhere, and let them in no more
    Disable(Named),
    /// Let a disabled user in again, with the password they had
    Enable(Named),
}

/// A user of a partner.
#[derive(Debug, Args)]
pub struct Named {
    /// Name or id of the partner
    #[arg(long)]
    partner: String,
    /// E-mail address of the user
    #[arg(value_name = "E-MAIL")]
    email: String,
}

/// A new user.
#[derive(Debug, Args)]
pub struct Add {
    #[command(flatten)]
    named: Named,
    /// What they may do: owner, manager, agent or viewer
    #[arg(long, value_parser = role)]
    role: Role,
    /// Their name [default: made from the e-mail address]
    #[arg(long)]
    name: Option<String>,
    /// Their own language [default: the partner's]
    #[arg(long)]
    language: Option<String>,
    /// Their own time zone [default: the partner's]
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
}

/// Whose users.
#[derive(Debug, Args)]
pub struct List {
    /// Name or id of the partner
    #[arg(long)]
    partner: String,
}

/// A one-time link.
#[derive(Debug, Args)]
pub struct Link {
    #[command(flatten)]
    named: Named,
    /// Where people reach the panel
    #[arg(
        long,
        value_name = "URL",
        env = "PARTNER_PANEL_PUBLIC_URL",
        default_value = "http://127.0.0.1:3000"
    )]
    public_url: String,
}

impl UserCommand {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        let store = open(world, Missing::Complain).await?;
        let done = match self {
            Self::Add(add) => add.run(world, &store).await,
            Self::List(list) => list.run(&store).await,
            Self::Link(link) => link.run(world, &store).await,
            Self::Disable(named) => disable(&named, &store).await,
            Self::Enable(named) => enable(&named, &store).await,
        };
        store.close().await;
        done.map(|()| ExitCode::SUCCESS)
    }
}

impl Named {
    async fn find(&self, store: &Store) -> Result<(Partner, User), Complaint> {
        let partner = database::partner(store, &self.partner).await?;
        let user = store.read().await?.user_by_email(self.email.trim()).await?;
        match user.filter(|user| user.partner == partner.id) {
            Some(user) => Ok((partner, user)),
            None => Err(Complaint::new(format!(
                "\"{}\" has no user {}",
                partner.profile.name,
                self.email.trim()
            ))),
        }
    }
}

impl Add {
    async fn run(self, world: &World, store: &Store) -> Result<(), Complaint> {
        let email = email(&self.named.email)?;
        let partner = database::partner(store, &self.named.partner).await?;
        let now = world.clock.now();
        let user = User {
            partner: partner.id,
            id: world.ids.user(now),
            name: self
                .name
                .map_or_else(|| name_from(&email), |name| name.trim().to_owned()),
            email: email.clone(),
            role: self.role,
            password_hash: None,
            disabled: false,
            language: self.language,
            time_zone: self.time_zone,
        };
        if user.name.is_empty()
            || user.name.chars().count() > 100
            || user.name.chars().any(char::is_control)
        {
            return Err(Complaint::new("A person's name has 1 to 100 characters"));
        }
        let id = user.id.clone();
        store
            .add_user(user, now)
            .await
            .map_err(|error| match error {
                Error::Taken(Unique::Email) => {
                    Complaint::new(format!("{email} is a user of this panel already"))
                }
                other => other.into(),
            })?;
        let name = partner.profile.name;
        println!("{id}");
        eprintln!(
            "Added {email} to \"{name}\" as {}. Next, the link that sets the password:",
            self.role.code()
        );
        eprintln!("  partner-panel user link --partner \"{name}\" {email}");
        Ok(())
    }
}

impl List {
    async fn run(self, store: &Store) -> Result<(), Complaint> {
        let partner = database::partner(store, &self.partner).await?;
        let users = store.read().await?.users(&partner.id).await?;
        let rows: Vec<[String; 4]> = users
            .into_iter()
            .map(|user| {
                let state = match (user.disabled, user.password_hash) {
                    (true, _) => "disabled",
                    (false, None) => "no password yet",
                    (false, Some(_)) => "active",
                };
                [
                    user.name,
                    user.email,
                    user.role.code().to_owned(),
                    state.to_owned(),
                ]
            })
            .collect();
        for line in table::lines(["Name", "E-mail", "Role", "State"], &rows) {
            println!("{line}");
        }
        Ok(())
    }
}

impl Link {
    async fn run(self, world: &World, store: &Store) -> Result<(), Complaint> {
        // Whoever serves over plain http has accepted it there.
        let origin = PublicOrigin::parse(&self.public_url, PlainHttp::Accept)
            .map_err(|error| Complaint::of(&error))?;
        let (_, user) = self.named.find(store).await?;
        if user.disabled {
            return Err(Complaint::new(format!(
                "{} is disabled, so no link was made; partner-panel user enable lets them in again",
                user.email
            )));
        }
        let email = user.email.clone();
        let secret = world.ids.secret();
        store
            .add_login_link(digest(&secret), user, world.clock.now().plus_millis(LINK))
            .await?;
        println!("{}/welcome/{secret}", origin.text());
        eprintln!(
            "Give this link to {email}. It works once, for 48 hours; earlier links have ended."
        );
        Ok(())
    }
}

async fn disable(named: &Named, store: &Store) -> Result<(), Complaint> {
    let (_, mut user) = named.find(store).await?;
    let email = user.email.clone();
    if user.disabled {
        eprintln!("{email} was disabled already.");
        return Ok(());
    }
    user.disabled = true;
    store.set_user(user).await?;
    eprintln!("{email} is signed out and cannot sign in any more.");
    Ok(())
}

async fn enable(named: &Named, store: &Store) -> Result<(), Complaint> {
    let (_, mut user) = named.find(store).await?;
    let email = user.email.clone();
    user.disabled = false;
    store.set_user(user).await?;
    eprintln!("{email} can sign in.");
    Ok(())
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(&text.to_lowercase())
        .map_err(|_| "a role is owner, manager, agent or viewer".to_owned())
}

fn email(text: &str) -> Result<String, Complaint> {
    let email = text.trim();
    let plain = !email
        .chars()
        .any(|character| character.is_whitespace() || character.is_control());
    let parts = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
    if plain && parts && email.len() <= 254 {
        Ok(email.to_owned())
    } else {
        Err(Complaint::new(format!("\"{email}\" is no e-mail address")))
    }
}

/// "Maria Lopez" from `maria.lopez@example.com`.
fn name_from(email: &str) -> String {
    let local = email.split('@').next().unwrap_or(email);
    let words: Vec<String> = local
        .split(['.', '_', '-', '+'])
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default()
        })
        .collect();
    if words.is_empty() {
        local.to_owned()
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_from_the_address() {
        assert_eq!(name_from("maria.lopez@kontor.example"), "Maria Lopez");
        assert_eq!(name_from("--@x"), "--");
    }

    #[test]
    fn addresses_are_looked_at() {
        assert_eq!(email(" a@b.example ").as_deref(), Ok("a@b.example"));
        for broken in ["", "a", "@b", "a@", "a b@c", "a@b@c"] {
            assert!(email(broken).is_err(), "{broken}");
        }
    }
}
