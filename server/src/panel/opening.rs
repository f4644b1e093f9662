//! Opening popups: asked for, read ahead, or made anew when something happened.

use app::error::PanelError;
use app::service::{Fields, Place};
use app::wire::{Action, Link, Popup, Refusal};
use domain::{CustomerId, IdempotencyKey, Permission};

use super::Panel;
use super::address::Address;
use super::forms::{BrokenForm, Form};
use super::found::Found;
use super::popup::{Subject, popup};
use super::query::no_name_twice;
use super::reading::Reading;
use super::words::Context;
use crate::store::{Tx, scope};

/// So many popups are read ahead at once: no customer has more actions.
const MOST_AHEAD: usize = 6;

/// The names in an address that open a popup.
const NAMES: &[&str] = &["do", "customer", "command", "choice", "lift", "key"];

impl Panel {
    pub(super) async fn answer_popup(&self, place: &Place) -> Result<Option<Popup>, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        self.popup_at(&mut tx, &context, place).await
    }

    async fn popup_at(
        &self,
        tx: &mut Tx,
        context: &Context,
        place: &Place,
    ) -> Result<Option<Popup>, PanelError> {
        let address = self.address(place, context)?;
        let Some(code) = address.get("do") else {
            return Ok(None);
        };
        let say = &context.say;
        no_name_twice(&address, NAMES, say).map_err(PanelError::BadRequest)?;
        let action =
            Action::from_code(code).ok_or_else(|| PanelError::BadRequest(say.bad_action()))?;
        let id = match address.get("customer") {
            Some(id) => CustomerId::parse(id).map_err(|_| PanelError::NotFound)?,
            None if address.path().starts_with("/customers/cus_") => {
                self.customer_of_path(tx, context, address.path()).await?
            }
            None => return Err(PanelError::BadRequest(say.bad_choice())),
        };
        let found = self.found(tx, context, &id, address.get("command")).await?;
        let key = match address.get("key") {
            Some(key) => IdempotencyKey::parse(key)
                .map_err(|_| PanelError::BadRequest(say.bad_choice()))?
                .to_string(),
            None => self.shared.ids.key(),
        };
        if let Some(did) = self.did(tx, context, &key).await? {
            return Ok(Some(self.used(context, action, &found, &address, did)));
        }
        let chosen = ["choice", "lift"].into_iter().filter_map(|name| {
            let value = address.get(name)?;
            Some((name.to_owned(), value.to_owned()))
        });
        let form = Form::read(chosen.collect()).map_err(|broken| self.broken(broken, context))?;
        Ok(Some(self.popup_of(
            context,
            action,
            &found,
            &form,
            (&address, key),
            None,
        )))
    }

    /// Popups that may be asked for next; what cannot be had is told when it is asked for.
    pub(super) async fn answer_popups(
        &self,
        places: &[Place],
    ) -> Result<Vec<Option<Popup>>, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let mut popups = Vec::new();
        for place in places.iter().take(MOST_AHEAD) {
            let popup = self.popup_at(&mut tx, &context, place).await;
            popups.push(popup.unwrap_or_default());
        }
        Ok(popups)
    }

    /// An open popup for the state as it is now.
    pub(super) async fn answer_rebase(
        &self,
        place: &Place,
        fields: Fields,
        after: u64,
    ) -> Result<Popup, PanelError> {
        let (mut tx, context, posted) = self.posted(place, fields).await?;
        let Posted {
            address,
            form,
            action,
            id,
            found,
        } = posted;
        if let Some(did) = self.did(&mut tx, &context, form.get("key")).await? {
            return Ok(self.used(&context, action, &found, &address, did));
        }
        let latest = tx.timeline(&context.partner.id, &id, None, 1).await;
        let latest = latest.map_err(|error| self.failed(error))?;
        let meanwhile = latest
            .first()
            .filter(|latest| latest.seq > after)
            .map(|latest| context.meanwhile(latest));
        let at = (&address, self.shared.ids.key());
        Ok(Popup {
            meanwhile,
            ..self.popup_of(&context, action, &found, &form, at, None)
        })
    }

    /// What a person has done under a key already.
    pub(super) async fn did(
        &self,
        tx: &mut Tx,
        context: &Context,
        key: &str,
    ) -> Result<Option<String>, PanelError> {
        let Ok(key) = IdempotencyKey::parse(key) else {
            return Ok(None);
        };
        let partner = &context.partner.id;
        let failed = |error| self.failed(error);
        let used = tx.used(partner, &scope(&context.actor), &key).await;
        let Some(answer) = used.map_err(failed)? else {
            return Ok(None);
        };
        let events = tx
            .events_between(partner, answer.first_seq, answer.last_seq)
            .await
            .map_err(failed)?;
        let mine = events
            .iter()
            .find(|logged| logged.event.command == answer.command);
        Ok(mine.map(|logged| context.did(logged)))
    }

    /// A popup that one has come back to after it was confirmed.
    fn used(
        &self,
        context: &Context,
        action: Action,
        found: &Found,
        address: &Address,
        did: String,
    ) -> Popup {
        let say = &context.say;
        let fresh = address.without(&["key", "menu"]).to_string();
        Popup {
            title: say.used_title(),
            lead: vec![did, say.used_again()],
            blocks: Vec::new(),
            hidden: Vec::new(),
            partly: None,
            cancel: say.close(),
            confirm: None,
            outlook: None,
            instead: Some(Link {
                text: say.open_fresh(),
                href: fresh,
            }),
            ..self.popup_of(
                context,
                action,
                found,
                &Form::default(),
                (address, String::new()),
                None,
            )
        }
    }

    /// The popup for what was found, with what was typed.
    pub(super) fn popup_of(
        &self,
        context: &Context,
        action: Action,
        found: &Found,
        form: &Form,
        (address, key): (&Address, String),
        refusal: Option<Refusal>,
    ) -> Popup {
        let subject = Subject {
            context,
            id: &found.stored.customer,
            account: &found.stored.account,
            last_seen: found.stored.last_seen_at,
            connection: found.connection,
            form,
            undone: found.undone.as_ref(),
        };
        popup(&subject, action, key, &address.page(), refusal)
    }

    /// A popup as it was sent, read beside the state as it is now.
    pub(super) async fn posted(
        &self,
        place: &Place,
        fields: Fields,
    ) -> Result<(Reading, Context, Posted), PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let address = self.address(place, &context)?;
        let form = Form::read(fields).map_err(|broken| self.broken(broken, &context))?;
        let action = Action::from_code(form.get("do"));
        let action = action.ok_or_else(|| PanelError::BadRequest(context.say.bad_action()))?;
        let id = CustomerId::parse(form.get("customer")).map_err(|_| PanelError::NotFound)?;
        let found = self
            .found(&mut tx, &context, &id, Some(form.get("command")))
            .await?;
        let posted = Posted {
            address,
            form,
            action,
            id,
            found,
        };
        Ok((tx, context, posted))
    }

    pub(super) fn broken(&self, broken: BrokenForm, context: &Context) -> PanelError {
        PanelError::BadRequest(match broken {
            BrokenForm::TooLarge => context.say.form_too_large(),
            BrokenForm::ForbiddenCharacter => context.say.form_forbidden(),
        })
    }
}

/// A popup as it was sent.
pub(super) struct Posted {
    /// The page that it was sent from.
    pub(super) address: Address,
    pub(super) form: Form,
    pub(super) action: Action,
    /// Whose it is.
    pub(super) id: CustomerId,
    pub(super) found: Found,
}
