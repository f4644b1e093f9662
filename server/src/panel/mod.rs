//! What the pages ask for: reads the store, speaks through the text catalogue, answers plain values.

mod activity;
pub mod address;
mod api_keys;
mod columns;
mod connect;
mod customer;
mod customer_history;
mod elsewhere;
mod enforcement;
mod filters;
mod forms;
mod found;
mod list;
mod menu;
mod news;
mod notice;
mod opening;
mod order;
mod palette;
mod popup;
mod preferences;
mod query;
mod reading;
mod refusal;
mod row;
mod shell;
mod sorting;
mod submit;
mod suspended_preview;
mod timeline;
mod words;

use std::sync::Arc;

use app::comfort::Comfort;
use app::error::PanelError;
use app::service::{Fields, PanelService, Place};
use app::text::Say;
use app::wire::{
    ActivityPage, CustomerPage, DrawnPage, Found, ListPage, News, Outcome, Popup, Shell, Shown,
};
use async_trait::async_trait;
use domain::{Actor, PartnerId, Permission, Role, UserId};

use crate::api_keys::KeyKeeper;
use crate::clock::Clock;
use crate::error::Error;
use crate::gate::GateTimes;
use crate::ids::Ids;
use crate::live::Bell;
use crate::settings::PublicOrigin;
use crate::store::{Store, StreamEpoch, Tx};
use address::Address;
pub(crate) use api_keys::{KeyAnswer, KeyChange};
pub use connect::document as connect_document;
use reading::{Reading, Snapshot};
use words::Context;

/// What all requests share.
#[derive(Clone)]
pub struct PanelShared {
    /// Everything that is kept.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub ids: Arc<dyn Ids>,
    /// Shown above every page.
    pub banner: Option<Banner>,
    /// Name of the operator, where it has one.
    pub operator: Option<String>,
    /// Which history of the database the logs tell.
    pub epoch: StreamEpoch,
    /// How long things count at the gate.
    pub gate: GateTimes,
    /// Rung when something was written, for those who follow the log.
    pub bell: Bell,
    /// Where people and products reach the panel.
    pub origin: PublicOrigin,
    /// Told when a key of a program was changed.
    pub keys: Arc<KeyKeeper>,
}

/// What every page has to warn of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Banner {
    /// The panel is served without encryption to other machines.
    Insecure,
}

/// Who asks: a person whose session the guard has checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// For whom they work.
    pub partner: PartnerId,
    /// Who they are.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// What they are to the partner.
    pub role: Role,
    /// Hash of the session's secret, under which the store knows it.
    pub session: String,
    /// Their own language (BCP 47); `None` for the partner's.
    pub language: Option<String>,
    /// Their own time zone (IANA); `None` for that of their browser, or the partner's.
    pub time_zone: Option<String>,
    /// What their browser keeps for them.
    pub comfort: Comfort,
    /// Identifier of the request, under which its errors are logged.
    pub request: String,
}

/// The service for one request of one signed-in person.
#[derive(Clone)]
pub struct Panel {
    shared: Arc<PanelShared>,
    signed: Signed,
    key_answer: Option<Arc<KeyAnswer>>,
    snapshot: Option<Snapshot>,
}

impl Panel {
    /// The service for `signed`.
    #[must_use]
    pub fn new(shared: Arc<PanelShared>, signed: Signed) -> Panel {
        Panel {
            shared,
            signed,
            key_answer: None,
            snapshot: None,
        }
    }

    /// The service for the page that answers a posted form about keys.
    #[must_use]
    pub(crate) fn answering(self, answer: KeyAnswer) -> Panel {
        Panel {
            key_answer: Some(Arc::new(answer)),
            ..self
        }
    }

    /// One consistent state of the store, and what every answer needs to know.
    async fn open(&self, permission: Permission) -> Result<(Reading, Context), PanelError> {
        let mut tx = self.reading().await.map_err(|error| self.failed(error))?;
        let context = self
            .context(&mut tx)
            .await
            .map_err(|error| self.failed(error))?;
        require(&context, permission)?;
        Ok((tx, context))
    }

    async fn context(&self, tx: &mut Tx) -> Result<Context, Error> {
        let signed = &self.signed;
        let partner = tx.partner(&signed.partner).await?;
        let catalog = tx.catalog(&signed.partner).await?;
        let people = tx.users(&signed.partner).await?;
        let language = signed
            .language
            .as_ref()
            .unwrap_or(&partner.profile.language);
        let time_zone = signed
            .time_zone
            .as_ref()
            .or(signed.comfort.browser_zone.as_ref())
            .unwrap_or(&partner.profile.time_zone);
        Ok(Context {
            say: Say::new(language, time_zone, self.shared.clock.now()),
            actor: Actor::User {
                id: signed.user.clone(),
                role: signed.role,
            },
            role: signed.role,
            operator: self.shared.operator.clone(),
            partner,
            catalog,
            people: people
                .into_iter()
                .map(|user| (user.id, user.name))
                .collect(),
        })
    }

    /// Where a request stands.
    fn address(&self, place: &Place, context: &Context) -> Result<Address, PanelError> {
        Address::read(place).map_err(|_| PanelError::BadRequest(context.say.bad_query_long()))
    }

    /// An error of the server as a page is told of it. What nobody expected is logged here, once.
    fn failed(&self, error: Error) -> PanelError {
        match error {
            Error::NotFound => PanelError::NotFound,
            Error::Busy(_) => PanelError::Busy,
            error => {
                let cause: &dyn std::error::Error = &error;
                tracing::error!(request = %self.signed.request, error = cause, "a page could not be answered");
                PanelError::Internal(self.signed.request.clone())
            }
        }
    }
}

/// The one place where a role is checked.
fn require(context: &Context, permission: Permission) -> Result<(), PanelError> {
    if context.actor.permits(permission) {
        Ok(())
    } else {
        Err(PanelError::Forbidden(context.forbidden(permission)))
    }
}

#[async_trait]
impl PanelService for Panel {
    fn at_once(&self) -> Arc<dyn PanelService> {
        self.answer_at_once()
    }

    async fn shell(&self) -> Result<Shell, PanelError> {
        self.answer_shell().await
    }

    async fn list(&self, place: &Place) -> Result<ListPage, PanelError> {
        self.answer_list(place).await
    }

    async fn customer(&self, place: &Place) -> Result<CustomerPage, PanelError> {
        self.answer_customer(place).await
    }

    async fn activity(&self, place: &Place) -> Result<ActivityPage, PanelError> {
        self.answer_activity(place).await
    }

    async fn preferences(&self) -> Result<DrawnPage, PanelError> {
        self.answer_preferences().await
    }

    async fn api_keys(&self) -> Result<DrawnPage, PanelError> {
        self.answer_api_keys().await
    }

    async fn connect(&self) -> Result<DrawnPage, PanelError> {
        self.answer_connect().await
    }

    async fn popup(&self, place: &Place) -> Result<Option<Popup>, PanelError> {
        self.answer_popup(place).await
    }

    async fn popups(&self, places: &[Place]) -> Result<Vec<Option<Popup>>, PanelError> {
        self.answer_popups(places).await
    }

    async fn rebase(&self, place: &Place, fields: Fields, after: u64) -> Result<Popup, PanelError> {
        self.answer_rebase(place, fields, after).await
    }

    async fn news(&self, place: &Place, shown: &Shown) -> Result<News, PanelError> {
        self.answer_news(place, shown).await
    }

    async fn find(&self, place: &Place, search: &str) -> Result<Found, PanelError> {
        self.answer_find(place, search).await
    }

    async fn submit(&self, place: &Place, fields: Fields) -> Result<Outcome, PanelError> {
        self.answer_submit(place, fields).await
    }
}
