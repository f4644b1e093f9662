//! Checking lines against the panel, and writing them piece by piece.

use std::collections::{HashMap, HashSet};

use domain::{ActorRef, Catalog, CustomerId, ExternalId, PartnerId, Timestamp};

use super::ImportError;
use super::chunks::Pace;
use super::customer_lines::{CustomerLine, CustomersFile};
use super::difference::{Difference, Known};
use super::finding::{Finding, Reason, Severity};
use super::history_lines::History;
use super::ledger;
use super::report::{Findings, Mode, Summary};
use crate::clock::Clock;
use crate::commands::{self, Update};
use crate::error::Error;
use crate::ids::Ids;
use crate::store::{Import, ImportProgress, Store, StoredAccount};

/// Lines that are looked up in the panel together.
const TOGETHER: usize = 500;

/// What one run of an import works with.
pub(super) struct Importer<'a> {
    pub store: &'a Store,
    pub clock: &'a dyn Clock,
    pub ids: &'a dyn Ids,
    pub partner: &'a PartnerId,
    pub catalog: &'a Catalog,
    pub history: &'a History,
    pub now: Timestamp,
}

impl Importer<'_> {
    /// Goes through the whole file and tells everything; writes nothing.
    pub(super) async fn check(
        &self,
        file: &CustomersFile<'_>,
        mode: Mode,
        findings: &mut Findings<'_>,
    ) -> Result<Summary, ImportError> {
        let mut summary = Summary::new(mode);
        let mut names: HashSet<ExternalId> = HashSet::new();
        let mut lines = file.lines();
        loop {
            let (mut piece, mut told) = (Vec::with_capacity(TOGETHER), Vec::new());
            let read = lines.by_ref().take(TOGETHER).map(|line| match line {
                Ok(line) => piece.push(line),
                Err(errors) => told.extend(errors),
            });
            let read = read.count() as u64;
            if read == 0 {
                break;
            }
            summary.lines += read;
            let known = self.existing(&piece).await?;
            for line in &piece {
                let found = self.compare(file, line, known.get(&line.external_id), &mut summary);
                // What a line would do is the point of a dry run, and noise in a real one.
                let all = mode == Mode::DryRun;
                told.extend(
                    found
                        .into_iter()
                        .filter(|one| all || one.severity() != Severity::Change),
                );
                names.insert(line.external_id.clone());
            }
            told.sort_by_key(|finding| finding.line);
            told.into_iter().for_each(|finding| findings.add(finding));
        }
        if findings.refused == 0 {
            for stranger in self.history.strangers(|id| names.contains(id)) {
                findings.add(stranger);
            }
        }
        summary.refused = findings.refused;
        summary.warnings = findings.warnings;
        Ok(summary)
    }

    fn compare(
        &self,
        file: &CustomersFile<'_>,
        line: &CustomerLine,
        known: Option<&StoredAccount>,
        summary: &mut Summary,
    ) -> Vec<Finding> {
        let Some(existing) = known else {
            return match self.created(line, file, None) {
                Ok(_) => {
                    summary.created += 1;
                    vec![Finding {
                        field: None,
                        ..file.finding(line.line, "", Reason::Created)
                    }]
                }
                Err(finding) => vec![finding],
            };
        };
        let difference = self.difference(line, existing);
        let refused = difference
            .told
            .iter()
            .any(|(_, reason)| reason.severity() == Severity::Error);
        match (refused, difference.is_none()) {
            (true, _) => {}
            (false, true) => summary.unchanged += 1,
            (false, false) => summary.changed += 1,
        }
        let told = difference
            .told
            .into_iter()
            .map(|(field, reason)| file.finding(line.line, &field, reason));
        let past =
            ledger::contradiction(line, &existing.account.ledger, self.history, self.catalog);
        told.chain(past).collect()
    }

    /// Writes every line that is not in the panel as it says. Answers how many lines an earlier run had done.
    pub(super) async fn write(
        &self,
        file: &CustomersFile<'_>,
        total: u64,
        fingerprint: String,
        findings: &mut Findings<'_>,
    ) -> Result<Option<u64>, ImportError> {
        let unfinished = self
            .store
            .read()
            .await?
            .unfinished_import(self.partner, &fingerprint)
            .await?;
        let resumed_at = unfinished.as_ref().map(|import| import.done);
        let import = match unfinished {
            Some(import) => import.id,
            None => {
                let id = self.ids.import(self.now);
                let import = Import {
                    id: id.clone(),
                    fingerprint,
                    started_at: self.now,
                    done: 0,
                };
                self.store
                    .begin_import(self.partner.clone(), import)
                    .await?;
                id
            }
        };
        let mut done = resumed_at.unwrap_or_default();
        let mut pace = Pace::new();
        // Every line was read once without an error.
        let mut lines = file
            .lines()
            .filter_map(Result::ok)
            .skip(usize::try_from(done).unwrap_or(usize::MAX));
        loop {
            let piece: Vec<CustomerLine> = lines.by_ref().take(pace.size()).collect();
            if piece.is_empty() {
                break;
            }
            done += piece.len() as u64;
            let progress = ImportProgress {
                import: import.clone(),
                done,
            };
            pace.keep(self.clock, self.write_piece(file, &piece, progress))
                .await?;
            findings.progress(done, total);
        }
        self.store
            .finish_import(self.partner.clone(), import, self.clock.now())
            .await?;
        Ok(resumed_at)
    }

    async fn write_piece(
        &self,
        file: &CustomersFile<'_>,
        piece: &[CustomerLine],
        progress: ImportProgress,
    ) -> Result<(), Error> {
        let mut remaining: Vec<&CustomerLine> = piece.iter().collect();
        // Somebody may act on a customer between reading and writing; those are looked at once more.
        for _ in 0..3 {
            let known = self
                .existing_of(remaining.iter().map(|line| &line.external_id))
                .await?;
            let (mut new, mut updates) = (Vec::new(), Vec::new());
            for line in &remaining {
                match known.get(&line.external_id) {
                    None => new.extend(self.created(line, file, Some(&progress.import))),
                    Some(existing) => updates.extend(self.update(line, existing)),
                }
            }
            if !new.is_empty() {
                commands::add_customers(self.store, self.ids, self.partner, new, None).await?;
            }
            let moved = commands::update_customers(
                self.store,
                self.clock,
                self.ids,
                self.partner,
                &ActorRef::Operator,
                updates,
                Some(progress.clone()),
            )
            .await?;
            remaining.retain(|line| {
                known
                    .get(&line.external_id)
                    .is_some_and(|existing| moved.contains(&existing.customer))
            });
            if remaining.is_empty() {
                break;
            }
        }
        Ok(())
    }

    fn difference(&self, line: &CustomerLine, existing: &StoredAccount) -> Difference {
        let known = Known {
            account: &existing.account,
            last_seen_at: existing.last_seen_at,
            catalog: self.catalog,
        };
        Difference::between(line, &known, self.clock.now(), self.ids)
    }

    fn update(&self, line: &CustomerLine, existing: &StoredAccount) -> Option<Update> {
        let difference = self.difference(line, existing);
        (!difference.is_none()).then(|| Update {
            customer: existing.customer.clone(),
            expect: existing.account.epoch,
            changes: difference.changes,
            usage: difference.usage,
            last_seen_at: difference.last_seen_at,
        })
    }

    async fn existing(
        &self,
        lines: &[CustomerLine],
    ) -> Result<HashMap<ExternalId, StoredAccount>, Error> {
        self.existing_of(lines.iter().map(|line| &line.external_id))
            .await
    }

    async fn existing_of(
        &self,
        names: impl Iterator<Item = &ExternalId>,
    ) -> Result<HashMap<ExternalId, StoredAccount>, Error> {
        let names: Vec<ExternalId> = names.cloned().collect();
        let mut reading = self.store.read().await?;
        let ids: Vec<CustomerId> = reading
            .customer_ids(self.partner, &names)
            .await?
            .into_values()
            .collect();
        let accounts = reading.stored_accounts(self.partner, &ids).await?;
        Ok(accounts
            .into_iter()
            .map(|stored| (stored.account.external_id.clone(), stored))
            .collect())
    }
}
