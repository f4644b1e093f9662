//! A line about somebody new: its events.

use domain::{ActorRef, Body, Event, ImportId, Private, Usage};

use super::cell::Standing;
use super::customer_lines::{CustomerLine, CustomersFile};
use super::difference::placed;
use super::finding::{Finding, Reason};
use super::importer::Importer;
use super::ledger;
use crate::commands::NewCustomer;

impl Importer<'_> {
    /// The customer that a line brings, or why it cannot.
    pub(super) fn created(
        &self,
        line: &CustomerLine,
        file: &CustomersFile<'_>,
        import: Option<&ImportId>,
    ) -> Result<NewCustomer, Finding> {
        let now = self.clock.now();
        let terms = ledger::first_terms(line, self.catalog)
            .ok_or_else(|| file.finding(line.line, "plan", Reason::Empty))?;
        let (earlier, current) = ledger::stints(line, terms, self.history, self.catalog, now)?;
        let command = self.ids.command(now);
        let event = |body, private| Event {
            at: now,
            actor: ActorRef::Operator,
            command: command.clone(),
            body,
            private,
        };
        let added = Body::CustomerAdded {
            external_id: line.external_id.clone(),
            joined_at: line.joined_at,
            import: import.cloned(),
            earlier,
            current,
        };
        let mut events = vec![event(
            added,
            Private {
                profile: Some(line.profile.clone()),
                ..Private::default()
            },
        )];
        if line.standing == Some(Standing::Suspended) {
            let reason = line.suspension_reason.ok_or_else(|| {
                file.finding(
                    line.line,
                    "suspension_reason",
                    Reason::SuspensionReasonMissing,
                )
            })?;
            events.push(event(
                placed(line, reason, now, self.ids),
                Private::default(),
            ));
        }
        let used = line.used.iter();
        let usage = used
            .map(|(limit, used)| Usage {
                limit: limit.clone(),
                used: *used,
                as_of: now,
            })
            .collect();
        Ok(NewCustomer {
            id: self.ids.customer(now),
            events,
            usage,
            last_seen_at: line.last_seen_at,
        })
    }
}
