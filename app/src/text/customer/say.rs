//! Speaks to a customer.

use domain::{Reason, Timestamp};

use crate::text::Say;
use crate::text::tongue::Tongue;

/// Speaks to one customer, who is no user of the panel: nothing but the sentences that every language has.
#[derive(Clone, Debug)]
pub struct CustomerSay(pub(super) Say);

impl CustomerSay {
    /// For languages by their BCP 47 tags, the best first, an IANA time zone and the present moment. The first that is
    /// translated to is spoken, and English if there is none.
    pub fn new<'a>(
        languages: impl IntoIterator<Item = &'a str>,
        time_zone: &str,
        now: Timestamp,
    ) -> CustomerSay {
        let spoken = languages
            .into_iter()
            .find_map(|tag| Some((tag, Tongue::of_customer(tag)?)));
        let (tag, tongue) = spoken.unwrap_or(("en", Tongue::English));
        CustomerSay(Say::in_tongue(tongue, tag, time_zone, now))
    }

    /// The language's tag, for `lang`.
    pub fn language(&self) -> &'static str {
        self.0.words_language()
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        self.0.direction()
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }

    /// "3 March 2026, 14:05 (Europe/Berlin)"
    pub fn moment(&self, at: Timestamp) -> String {
        self.suspended_moment(self.0.day_and_time(at), self.0.zone_name())
    }

    /// What the customer is told unless somebody writes something else.
    pub fn suggested_message(&self, reason: Reason) -> String {
        match reason {
            Reason::PaymentOverdue => self.message_payment_overdue(),
            Reason::FraudOrChargeback => self.message_fraud(),
            Reason::TermsBroken => self.message_terms(),
            Reason::SecurityRisk => self.message_security(),
            Reason::CustomerAsked => self.message_asked(),
            Reason::Other | Reason::Operator => self.message_other(),
        }
    }
}
