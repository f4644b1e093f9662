//! `import-plans`: a plan whose prices or limits change gets a new version.

use std::path::Path;

use domain::{PartnerId, Plan, PlanStatus};

use super::ImportError;
use super::finding::{Finding, Reason};
use super::plan_lines::{self, PlanLine};
use super::report::{Findings, Mode, Report, Summary};
use super::source::Source;
use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::{PlanDraft, Store};

/// Imports `file`, or says what that would do.
///
/// # Errors
/// When the file cannot be read, a line is wrong (then nothing is written), or the store refuses.
pub async fn plans(
    store: &Store,
    clock: &dyn Clock,
    ids: &dyn Ids,
    partner: &PartnerId,
    file: &Path,
    mode: Mode,
    report: &mut dyn Report,
) -> Result<Summary, ImportError> {
    let source = Source::read(file)?;
    let mut reading = store.read().await?;
    let currency = reading.partner(partner).await?.profile.currency;
    let catalog = reading.catalog(partner).await?;
    drop(reading);

    let mut findings = Findings::new(report);
    let lines = plan_lines::read(&source, currency, &mut |finding| findings.add(finding));
    let mut summary = Summary::new(mode);
    summary.lines = lines.len() as u64 + findings.refused;
    let mut wanted = Vec::new();
    for line in &lines {
        let known = catalog.plan_by_code(line.code.as_str());
        let tell = |field: Option<String>, reason| Finding {
            file: source.name.clone(),
            line: line.line,
            field,
            reason,
        };
        match known.map(|plan| line.differences(plan)) {
            None => {
                summary.created += 1;
                findings.add(tell(None, Reason::PlanCreated));
            }
            Some(differences) if differences.is_empty() => {
                summary.unchanged += 1;
                continue;
            }
            Some(differences) => {
                summary.changed += 1;
                for (field, before, after) in differences {
                    findings.add(tell(Some(field), Reason::Changed { before, after }));
                }
            }
        }
        wanted.push(draft(line, known));
    }
    summary.refused = findings.refused;
    summary.warnings = findings.warnings;
    match mode {
        Mode::DryRun => return Ok(summary),
        Mode::Apply if summary.refused > 0 => return Err(ImportError::Refused(summary)),
        Mode::Apply => {}
    }
    let total = wanted.len() as u64;
    for (draft, done) in wanted.into_iter().zip(1..) {
        let now = clock.now();
        store
            .save_plan(partner.clone(), draft, ids.plan(now), now)
            .await?;
        findings.progress(done, total);
    }
    Ok(summary)
}

/// The plan after the line: what the line does not know stays as it is.
fn draft(line: &PlanLine, known: Option<&Plan>) -> PlanDraft {
    let newest = known.and_then(Plan::newest);
    PlanDraft {
        code: line.code.clone(),
        name: line.name.clone(),
        display_name: line
            .display_name
            .clone()
            .or_else(|| known.and_then(|plan| plan.display_name.clone())),
        rank: line
            .rank
            .or_else(|| known.map(|plan| plan.rank))
            .unwrap_or_default(),
        currency: line.currency,
        price_month: line
            .price_month
            .or_else(|| newest.and_then(|terms| terms.price_month)),
        price_year: line
            .price_year
            .or_else(|| newest.and_then(|terms| terms.price_year)),
        limits: line.limits_over(known),
        status: line
            .status
            .or_else(|| known.map(|plan| plan.status))
            .unwrap_or(PlanStatus::Active),
        recommended: line
            .recommended
            .or_else(|| known.map(|plan| plan.recommended))
            .unwrap_or_default(),
    }
}
