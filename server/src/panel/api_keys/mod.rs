//! The keys of a partner's programs: their page, and what its forms do.

mod asked;
mod card;
mod form;
mod words;

use app::error::PanelError;
use app::parts::api_keys::{ApiKeysPage, KeyForm, KeySaid, Standing, page};
use app::service::Fields;
use app::wire::{DrawnPage, Empty, Link, Notice, Picture};
use domain::{IdempotencyKey, Permission};

use super::Panel;
use super::words::Context;
use crate::api_keys::{ApiKey, KeyOwner};
use crate::commands::{KeyCommand, KeyConflict, KeyOrder, KeyOutcome, MOST_KEYS, change_api_keys};
use crate::error::Error;
use asked::{Asked, Broken};

/// Where the page is.
const PATH: &str = "/keys";

/// What a posted form about keys came to.
pub enum KeyChange {
    /// It was done; the next page says so.
    Done(Notice),
    /// The page itself answers: what it says is said once, or the form is shown again.
    Shown(Box<KeyAnswer>),
}

/// What the page that answers a form shows.
pub struct KeyAnswer {
    said: Option<KeySaid>,
    form: Option<(Asked, Broken)>,
    status: u16,
}

impl KeyAnswer {
    /// The HTTP status of the page that shows it.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// What it says of a key.
    pub const fn said(&self) -> Option<&KeySaid> {
        self.said.as_ref()
    }

    fn saying(said: KeySaid, status: u16) -> KeyChange {
        KeyChange::Shown(Box::new(Self {
            said: Some(said),
            form: None,
            status,
        }))
    }

    fn again(asked: Asked, broken: Broken) -> KeyChange {
        KeyChange::Shown(Box::new(Self {
            said: None,
            status: broken.status(),
            form: Some((asked, broken)),
        }))
    }
}

impl Panel {
    pub(super) async fn answer_api_keys(&self) -> Result<DrawnPage, PanelError> {
        let (mut tx, context) = self.open(Permission::ManageKeys).await?;
        let owner = KeyOwner::Partner(context.partner.id.clone());
        let keys = tx.api_keys(&owner).await;
        let keys = keys.map_err(|error| self.failed(error))?;
        let now = context.say.now();
        let (good, ended): (Vec<ApiKey>, Vec<ApiKey>) =
            keys.into_iter().partition(|key| key.is_good(now));
        let say = &context.say;
        let card = |key: &ApiKey| context.key_card(key, &*self.shared.ids);
        let said = self.key_answer.as_ref();
        let drawn = page(&ApiKeysPage {
            title: say.api_keys(),
            lead: say.api_keys_lead(),
            connect: Link {
                text: say.connect_title(),
                href: "/connect".to_owned(),
            },
            said: said.and_then(|answer| answer.said.clone()),
            empty: good.is_empty().then(|| Empty {
                picture: Picture::FirstUse,
                title: say.keys_empty_title(),
                text: say.keys_empty_text(),
                command: None,
                way_on: None,
            }),
            keys: good.iter().map(card).collect(),
            ended: (!ended.is_empty()).then(|| {
                let title = say.keys_ended(ended.len());
                (title, ended.iter().map(card).collect())
            }),
            form: self.key_form(
                &context,
                if good.is_empty() {
                    Standing::Open
                } else {
                    Standing::Folded
                },
            ),
            here: PATH.to_owned(),
        });
        Ok(DrawnPage {
            title: say.api_keys(),
            html: drawn,
            here: PATH.to_owned(),
        })
    }

    pub(in crate::panel) fn key_form(&self, context: &Context, usual: Standing) -> KeyForm {
        let again = self
            .key_answer
            .as_ref()
            .and_then(|answer| answer.form.as_ref());
        let standing = again.map_or(usual, |_| Standing::Open);
        let (asked, broken) = match again {
            Some((asked, broken)) => (asked.clone(), Some(broken)),
            None => (Asked::default(), None),
        };
        context.key_form(&asked, broken, standing, self.shared.ids.key())
    }

    /// Does what a posted form asks for.
    pub(crate) async fn change_keys(&self, fields: &Fields) -> Result<KeyChange, PanelError> {
        let (tx, context) = self.open(Permission::ManageKeys).await?;
        drop(tx);
        let say = &context.say;
        let asked = Asked::read(fields);
        let key = IdempotencyKey::parse(&asked.key)
            .map_err(|_| PanelError::BadRequest(say.key_broken()))?;
        let command = match asked.command(&context) {
            Ok(command) => command,
            Err(Broken::Request(why)) => return Err(PanelError::BadRequest(why)),
            Err(broken) => return Ok(KeyAnswer::again(asked, broken)),
        };
        let order = KeyOrder {
            owner: KeyOwner::Partner(context.partner.id.clone()),
            actor: context.actor.clone(),
            command: command.clone(),
            key: Some(key),
        };
        let shared = &self.shared;
        let done = change_api_keys(&shared.store, &*shared.clock, &*shared.ids, order).await;
        let outcome = match done {
            Ok(outcome) => outcome,
            Err(Error::KeyReused) => {
                return Ok(context.key_refused(&command, asked, say.key_reused(), 422));
            }
            Err(error) => return Err(self.failed(error)),
        };
        self.keys_changed().await;
        Ok(context.key_change(&command, outcome, asked))
    }

    /// Everybody who asks this process for keys knows of the change before it is answered.
    async fn keys_changed(&self) {
        self.shared.bell.ring();
        if let Err(error) = self.shared.keys.refresh().await {
            // It is noticed with the next look, in less than a second.
            tracing::warn!(%error, "a changed API key was not read at once");
        }
    }
}

impl Context {
    /// What is said about what was done.
    fn key_change(&self, command: &KeyCommand, outcome: KeyOutcome, asked: Asked) -> KeyChange {
        let say = &self.say;
        let notice = |text| KeyChange::Done(Notice { text, undo: None });
        match (outcome, command) {
            (KeyOutcome::Made(key, text), command) => {
                let more = match command {
                    KeyCommand::Rotate(_, overlap) => Some(say.new_key_beside(
                        asked.name.as_str(),
                        say.day_and_time(key.created_at.plus_millis(overlap.millis())),
                    )),
                    KeyCommand::Create(_) | KeyCommand::Revoke(_) => None,
                };
                let lead = say.new_key_text();
                let said = KeySaid {
                    title: say.new_key_title(),
                    text: match more {
                        Some(more) => format!("{lead} {more}"),
                        None => lead,
                    },
                    secret: Some((text.reveal(), say.copy_key())),
                };
                KeyAnswer::saying(said, 200)
            }
            (KeyOutcome::Revoked(key), _) => notice(say.key_revoked(self.key_name(&key))),
            (KeyOutcome::Before(key), KeyCommand::Revoke(_)) => {
                notice(say.key_revoked_before(self.key_name(&key)))
            }
            (KeyOutcome::Before(key), KeyCommand::Create(_) | KeyCommand::Rotate(..)) => {
                let said = KeySaid {
                    title: say.key_before_title(),
                    text: say.key_before_text(self.key_name(&key)),
                    secret: None,
                };
                KeyAnswer::saying(said, 200)
            }
            (KeyOutcome::Refused(conflict), _) => {
                let why = match conflict {
                    KeyConflict::Ended => say.key_ended(),
                    KeyConflict::Replaced => say.key_replaced(),
                    KeyConflict::TooMany => say.keys_too_many(MOST_KEYS),
                };
                self.key_refused(command, asked, why, 409)
            }
        }
    }

    /// Why nothing was done: at the form that makes keys, or in place of the new one.
    fn key_refused(
        &self,
        command: &KeyCommand,
        asked: Asked,
        why: String,
        status: u16,
    ) -> KeyChange {
        match command {
            KeyCommand::Create(_) => KeyAnswer::again(asked, Broken::Whole(why, status)),
            KeyCommand::Rotate(..) | KeyCommand::Revoke(_) => {
                let said = KeySaid {
                    title: self.say.key_refused_title(),
                    text: why,
                    secret: None,
                };
                KeyAnswer::saying(said, status)
            }
        }
    }

    /// "Gate of nginx, pp_live_4fT9aZ2k…"
    pub(in crate::panel) fn key_name(&self, key: &ApiKey) -> String {
        self.say.key_called(key.name.as_str(), key.public.prefix())
    }
}
