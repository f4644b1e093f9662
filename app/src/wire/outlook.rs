//! What a popup carries so that the browser can paint, before the answer, what confirming it will do.

use domain::{Account, Actor, Catalog, Reason, Terms, Timestamp};
use serde::{Deserialize, Serialize};

use super::{PlanCard, StatusLabel, UsageBar};

/// What the rules need to say how the account will stand, and in words whatever they may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// The account that the popup shows, without what people have typed.
    pub account: Account,
    /// The plans that matter for it.
    pub catalog: Catalog,
    /// Who would confirm.
    pub actor: Actor,
    /// When the popup was made.
    pub now: Timestamp,
    /// Every plan that confirming may lead to.
    pub plans: Vec<PlanOutlook>,
    /// Every state of access that confirming may lead to.
    pub states: Vec<StateOutlook>,
}

/// How a plan will be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOutlook {
    /// What the customer would have.
    pub terms: Terms,
    /// As the customer's page shows it.
    pub card: PlanCard,
    /// "€49.00", as a row shows it.
    pub price_month: Option<String>,
    /// The limit that would matter most.
    pub usage: Option<UsageBar>,
}

/// How a state of access will be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateOutlook {
    /// Why the customer would be kept out, in the order of the opening; nothing when it would not.
    pub in_force: Vec<Reason>,
    /// As a row shows it.
    pub status: StatusLabel,
}
