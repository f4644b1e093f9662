//! `import`: first the whole file is checked against the plans and the panel, then it is written piece by piece.

use std::path::PathBuf;

use domain::PartnerId;
use sha2::{Digest as _, Sha256};

use super::ImportError;
use super::customer_lines::CustomersFile;
use super::history_lines::History;
use super::importer::Importer;
use super::report::{Findings, Mode, Report, Summary};
use super::source::Source;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::Store;

/// What is to be imported.
#[derive(Debug, Clone)]
pub struct Request {
    /// For whom.
    pub partner: PartnerId,
    /// `customers.csv`.
    pub customers: PathBuf,
    /// `history.csv`, if there is one.
    pub history: Option<PathBuf>,
    /// Whether to write.
    pub mode: Mode,
}

/// Imports customers, or says what that would do.
///
/// # Errors
/// When a file cannot be read, a line is wrong (then nothing is written), or the store refuses (then what was written
/// stays, and the same request goes on from there).
pub async fn customers(
    store: &Store,
    clock: &dyn Clock,
    ids: &dyn Ids,
    request: &Request,
    report: &mut dyn Report,
) -> Result<Summary, ImportError> {
    let source = Source::read(&request.customers)?;
    let history_source = request.history.as_deref().map(Source::read).transpose()?;
    let now = clock.now();
    let catalog = {
        let mut reading = store.read().await?;
        // An unknown partner is told apart from one without plans.
        reading.partner(&request.partner).await?;
        reading.catalog(&request.partner).await?
    };
    if catalog.plans.is_empty() {
        return Err(ImportError::NoPlans);
    }
    let mut findings = Findings::new(report);
    let history = match &history_source {
        Some(source) => History::read(source, &catalog, now, &mut |finding| findings.add(finding)),
        None => History::default(),
    };
    let file =
        match CustomersFile::open(&source, &catalog, now, &mut |finding| findings.add(finding)) {
            Ok(file) => file,
            Err(errors) => {
                errors.into_iter().for_each(|finding| findings.add(finding));
                return Err(ImportError::Header(source.name));
            }
        };
    let importer = Importer {
        store,
        clock,
        ids,
        partner: &request.partner,
        catalog: &catalog,
        history: &history,
        now,
    };
    let mut summary = importer.check(&file, request.mode, &mut findings).await?;
    match request.mode {
        Mode::DryRun => Ok(summary),
        Mode::Apply if summary.refused > 0 => Err(ImportError::Refused(summary)),
        Mode::Apply => {
            let fingerprint = fingerprint(&source, history_source.as_ref());
            summary.resumed_at = importer
                .write(&file, summary.lines, fingerprint, &mut findings)
                .await?;
            Ok(summary)
        }
    }
}

/// Both files together: what an interrupted import is recognised by.
fn fingerprint(customers: &Source, history: Option<&Source>) -> String {
    let mut digest = Sha256::new();
    digest.update(&customers.fingerprint);
    if let Some(history) = history {
        digest.update(&history.fingerprint);
    }
    hex::encode(digest.finalize())
}
