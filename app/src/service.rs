//! Everything that a page may ask. The server implements it and hands it in as context; a component test may use a fake.

use std::sync::Arc;

use async_trait::async_trait;

use crate::error::PanelError;
use crate::wire::{
    ActivityPage, CustomerPage, DrawnPage, Found, ListPage, News, Outcome, Popup, Shell, Shown,
};

/// Where a request stands: the path and query of the page that is shown, as in the address bar. Links in the answer
/// (back, popups, menus) lead from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path, such as `/customers/active`.
    pub path: String,
    /// Query without the question mark, perhaps empty.
    pub query: String,
}

/// The fields of a posted form in order; names may repeat.
pub type Fields = Vec<(String, String)>;

/// Who asks: held by the implementation, which is made per request by the guard.
///
/// Every method answers [`PanelError::NotFound`] for what belongs to another partner, in the same words as for what
/// does not exist, and [`PanelError::Forbidden`] for what the role may not do.
#[async_trait]
pub trait PanelService: Send + Sync {
    /// The same person's service, which reads all its answers from one state: the one that there is at the first question. That is
    /// for the frame, where it is asked for.
    fn at_once(&self) -> Arc<dyn PanelService>;
    /// The frame. Takes the waiting notice, which is shown once.
    async fn shell(&self) -> Result<Shell, PanelError>;
    /// A page of a list; kind, search, filters, sort and place come from the address.
    async fn list(&self, place: &Place) -> Result<ListPage, PanelError>;
    /// The page of one customer, `/customers/{id}` or `/customers/by-external-id/{external id}`.
    async fn customer(&self, place: &Place) -> Result<CustomerPage, PanelError>;
    /// The partner's log.
    async fn activity(&self, place: &Place) -> Result<ActivityPage, PanelError>;
    /// What the person has set for themselves.
    async fn preferences(&self) -> Result<DrawnPage, PanelError>;
    /// The keys that programs show, for who may manage them.
    async fn api_keys(&self) -> Result<DrawnPage, PanelError>;
    /// How the partner's product is connected, for who may manage its keys.
    async fn connect(&self) -> Result<DrawnPage, PanelError>;
    /// The popup that the address asks for (`do`, `customer`, and `command` for undo), or none when it asks for none.
    async fn popup(&self, place: &Place) -> Result<Option<Popup>, PanelError>;
    /// The popups of several addresses of this place, in the same order; one that cannot be had is none.
    async fn popups(&self, places: &[Place]) -> Result<Vec<Option<Popup>>, PanelError>;
    /// An open popup for the state as it is now, with what was typed into it, and with a sentence on what happened after
    /// the number `after` of the log.
    async fn rebase(&self, place: &Place, fields: Fields, after: u64) -> Result<Popup, PanelError>;
    /// What is new to a page that was read a while ago.
    async fn news(&self, place: &Place, shown: &Shown) -> Result<News, PanelError>;
    /// The customers of all lists that match a search; their actions open on the page at the address.
    async fn find(&self, place: &Place, search: &str) -> Result<Found, PanelError>;
    /// Carries out a posted popup or undo.
    async fn submit(&self, place: &Place, fields: Fields) -> Result<Outcome, PanelError>;
}
