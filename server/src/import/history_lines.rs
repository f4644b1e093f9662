//! `history.csv`: what customers had before, as spans that join end to start.

use std::collections::HashMap;

use domain::{Catalog, Cycle, ExternalId, Money, PlanId, Timestamp};

use super::cell::{self, Cell};
use super::customer_lines::unknown_plan;
use super::finding::{Finding, Reason};
use super::source::Source;
use super::table::{Layout, Row, Table};

/// The columns of `history.csv`.
pub(crate) const COLUMNS: [&str; 6] = [
    "external_id",
    "plan",
    "price",
    "cycle",
    "started_at",
    "ended_at",
];

const LAYOUT: Layout = Layout {
    columns: &COLUMNS,
    required: &["external_id", "plan", "started_at", "ended_at"],
    prefix: None,
};

/// One span of one customer as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    pub line: u64,
    pub plan: PlanId,
    pub price: Option<Money>,
    pub cycle: Option<Cycle>,
    pub started_at: Timestamp,
    /// `None`: the customer has it still, or until the next period starts.
    pub ended_at: Option<Timestamp>,
}

/// The past of every customer in the file, oldest period first.
#[derive(Debug, Default)]
pub(super) struct History {
    file: String,
    periods: HashMap<ExternalId, Vec<Period>>,
}

impl History {
    /// Reads the whole file. What is wrong or doubtful goes to `tell`.
    pub(super) fn read(
        source: &Source,
        catalog: &Catalog,
        now: Timestamp,
        tell: &mut dyn FnMut(Finding),
    ) -> Self {
        let mut history = Self {
            file: source.name.clone(),
            periods: HashMap::new(),
        };
        let table = match Table::open(source, &LAYOUT, tell) {
            Ok(table) => table,
            Err(errors) => {
                errors.into_iter().for_each(tell);
                return history;
            }
        };
        let places = COLUMNS.map(|name| table.place(name));
        for row in table.rows() {
            if let Err(finding) = table.check(&row) {
                tell(finding);
                continue;
            }
            let mut reader = Reader {
                table: &table,
                row: &row,
                now,
                tell: &mut *tell,
                whole: true,
            };
            if let Some((id, period)) = reader.read(&places, catalog) {
                history.periods.entry(id).or_default().push(period);
            }
        }
        for periods in history.periods.values_mut() {
            periods.sort_by_key(|period| (period.started_at, period.line));
        }
        history.check_joints(tell);
        history
    }

    /// The periods of one customer, oldest first.
    pub(super) fn of(&self, id: &ExternalId) -> &[Period] {
        self.periods.get(id).map_or(&[], Vec::as_slice)
    }

    /// Customers in this file that `known` does not know, each with its first line.
    pub(super) fn strangers(&self, known: impl Fn(&ExternalId) -> bool) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self
            .periods
            .iter()
            .filter(|(id, _)| !known(id))
            .filter_map(|(id, periods)| {
                let line = periods.iter().map(|period| period.line).min()?;
                Some(self.finding(
                    line,
                    "external_id",
                    Reason::UnknownCustomer(id.as_str().to_owned()),
                ))
            })
            .collect();
        findings.sort_by_key(|finding| finding.line);
        findings
    }

    /// A sentence about a line of this file.
    pub(super) fn finding(&self, line: u64, field: &str, reason: Reason) -> Finding {
        Finding {
            file: self.file.clone(),
            line,
            field: Some(field.to_owned()),
            reason,
        }
    }

    /// A ledger has neither holes nor two plans at once.
    fn check_joints(&self, tell: &mut dyn FnMut(Finding)) {
        let mut findings = Vec::new();
        for periods in self.periods.values() {
            for (period, next) in periods.iter().zip(periods.iter().skip(1)) {
                let Some(ended_at) = period.ended_at else {
                    continue;
                };
                if ended_at > next.started_at {
                    findings.push(self.finding(
                        next.line,
                        "started_at",
                        Reason::Overlap(period.line),
                    ));
                } else if ended_at < next.started_at {
                    findings.push(self.finding(period.line, "ended_at", Reason::Gap(next.line)));
                }
            }
        }
        findings.sort_by_key(|finding| finding.line);
        findings.into_iter().for_each(tell);
    }
}

/// Reads one line.
struct Reader<'r, 'a> {
    table: &'r Table<'a>,
    row: &'r Row,
    now: Timestamp,
    tell: &'r mut dyn FnMut(Finding),
    whole: bool,
}

impl Reader<'_, '_> {
    fn read(
        &mut self,
        places: &[Option<usize>; COLUMNS.len()],
        catalog: &Catalog,
    ) -> Option<(ExternalId, Period)> {
        let [id, code, price, cycle, started_at, ended_at] =
            places.map(|place| self.row.cell(place));
        let id = self.take(
            "external_id",
            cell::required(id, ExternalId::LONGEST, ExternalId::parse).map(Some),
        );
        let plan = match (catalog.plan_by_code(code), code) {
            (_, "") => Err(Reason::Empty),
            (None, code) => Err(unknown_plan(code)),
            (plan, _) => Ok(plan),
        };
        let plan = self.take("plan", plan);
        let price = plan.and_then(|plan| self.take("price", cell::price(price, plan.currency)));
        let cycle = self.take("cycle", cell::cycle(cycle));
        let started_at = self.past("started_at", started_at);
        let ended_at = self.past("ended_at", ended_at);
        if self.whole && started_at.is_none() {
            self.take("started_at", Cell::<()>::Err(Reason::Empty));
        }
        if ended_at.is_some() && ended_at < started_at {
            self.take("ended_at", Cell::<()>::Err(Reason::EndsBeforeStart));
        }
        let period = Period {
            line: self.row.line,
            plan: plan?.id.clone(),
            price,
            cycle,
            started_at: started_at?,
            ended_at,
        };
        self.whole.then_some((id?, period))
    }

    fn past(&mut self, field: &str, text: &str) -> Option<Timestamp> {
        let moment = cell::moment(text).and_then(|moment| match moment {
            Some(at) if at > self.now => Err(Reason::Future),
            moment => Ok(moment),
        });
        self.take(field, moment)
    }

    fn take<T>(&mut self, field: &str, cell: Cell<T>) -> Option<T> {
        cell.unwrap_or_else(|reason| {
            self.whole = false;
            (self.tell)(
                self.table
                    .finding(self.row.line, Some(field.to_owned()), reason),
            );
            None
        })
    }
}
