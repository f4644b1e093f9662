//! A line of `customers.csv`, read and checked as far as the file and the plans alone allow.

use std::collections::HashMap;

use domain::{
    Catalog, Cycle, ExternalId, LimitName, Money, Plan, PlanCode, PlanId, Profile,
    Reason as SuspensionReason, Timestamp,
};

use super::cell::{self, Cell, Standing};
use super::finding::{Finding, Reason};
use super::source::Source;
use super::table::{Layout, Row, Table};

/// The columns of `customers.csv`.
pub(crate) const COLUMNS: [&str; 14] = [
    "external_id",
    "name",
    "email",
    "phone",
    "country",
    "language",
    "plan",
    "price",
    "cycle",
    "joined_at",
    "last_seen_at",
    "status",
    "suspension_reason",
    "suspended_at",
];

/// Start of the columns that say how much of a limit is used.
pub(crate) const USED: &str = "used.";

const LAYOUT: Layout = Layout {
    columns: &COLUMNS,
    required: &["external_id", "name", "plan"],
    prefix: Some(USED),
};

/// One customer as the file has it; `None` is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CustomerLine {
    pub line: u64,
    pub external_id: ExternalId,
    pub profile: Profile,
    pub plan: Option<PlanId>,
    pub price: Option<Money>,
    pub cycle: Option<Cycle>,
    pub joined_at: Option<Timestamp>,
    pub last_seen_at: Option<Timestamp>,
    pub standing: Option<Standing>,
    pub suspension_reason: Option<SuspensionReason>,
    pub suspended_at: Option<Timestamp>,
    pub used: Vec<(LimitName, u64)>,
}

/// `customers.csv` with its header read.
pub(super) struct CustomersFile<'a> {
    table: Table<'a>,
    catalog: &'a Catalog,
    now: Timestamp,
    places: [Option<usize>; COLUMNS.len()],
    used: Vec<(usize, LimitName)>,
}

impl<'a> CustomersFile<'a> {
    /// Reads the header.
    pub(super) fn open(
        source: &'a Source,
        catalog: &'a Catalog,
        now: Timestamp,
        warn: &mut dyn FnMut(Finding),
    ) -> Result<Self, Vec<Finding>> {
        let table = Table::open(source, &LAYOUT, warn)?;
        let places = COLUMNS.map(|name| table.place(name));
        let mut used = Vec::new();
        let mut errors = Vec::new();
        for (place, name) in table.suffixes(USED) {
            match cell::required(name, LimitName::LONGEST, LimitName::parse) {
                Ok(limit) => used.push((place, limit)),
                Err(reason) => errors.push(table.finding(1, Some(format!("{USED}{name}")), reason)),
            }
        }
        if errors.is_empty() {
            Ok(Self {
                table,
                catalog,
                now,
                places,
                used,
            })
        } else {
            Err(errors)
        }
    }

    /// Every line, or what is wrong with it.
    pub(super) fn lines(&self) -> impl Iterator<Item = Result<CustomerLine, Vec<Finding>>> {
        let mut seen: HashMap<ExternalId, u64> = HashMap::new();
        self.table.rows().map(move |row| {
            self.table.check(&row).map_err(|finding| vec![finding])?;
            let line = self.read(&row)?;
            match seen.insert(line.external_id.clone(), line.line) {
                None => Ok(line),
                Some(first) => {
                    let key = line.external_id.as_str().to_owned();
                    Err(vec![self.finding(
                        line.line,
                        "external_id",
                        Reason::Repeated { key, first },
                    )])
                }
            }
        })
    }

    /// A sentence about a line of this file.
    pub(super) fn finding(&self, line: u64, field: &str, reason: Reason) -> Finding {
        self.table.finding(line, Some(field.to_owned()), reason)
    }

    fn read(&self, row: &Row) -> Result<CustomerLine, Vec<Finding>> {
        let [
            external_id,
            name,
            email,
            phone,
            country,
            language,
            plan,
            price,
            cycle,
            joined_at,
            last_seen_at,
            status,
            reason,
            suspended_at,
        ] = self.places.map(|place| row.cell(place));
        let mut reader = Cells {
            file: self,
            line: row.line,
            findings: Vec::new(),
        };
        let id = cell::required(external_id, ExternalId::LONGEST, ExternalId::parse);
        let external_id = reader.take("external_id", id.map(Some));
        let profile = Profile {
            name: reader.take(
                "name",
                cell::text(name).and_then(|name| name.ok_or(Reason::Empty).map(Some)),
            ),
            email: reader.take("email", cell::text(email)),
            phone: reader.take("phone", cell::text(phone)),
            country: reader.take("country", cell::text(country)),
            language: reader.take("language", cell::text(language)),
        };
        let plan = reader.plan(plan);
        let price = reader.price(price, plan);
        let cycle = reader.take("cycle", cell::cycle(cycle));
        let joined_at = reader.past("joined_at", joined_at);
        let last_seen_at = reader.past("last_seen_at", last_seen_at);
        let standing = reader.take("status", cell::standing(status));
        let suspension_reason = reader.take("suspension_reason", cell::suspension_reason(reason));
        let suspended_at = reader.past("suspended_at", suspended_at);
        let mut used = Vec::new();
        for (place, limit) in &self.used {
            let count = reader.take(
                &format!("{USED}{limit}"),
                cell::count(row.cell(Some(*place))),
            );
            used.extend(count.map(|count| (limit.clone(), count)));
        }
        match external_id {
            Some(external_id) if reader.findings.is_empty() => Ok(CustomerLine {
                line: row.line,
                external_id,
                profile,
                plan: plan.map(|plan| plan.id.clone()),
                price,
                cycle,
                joined_at,
                last_seen_at,
                standing,
                suspension_reason,
                suspended_at,
                used,
            }),
            _ => Err(reader.findings),
        }
    }
}

/// Reads the cells of one line and collects what is wrong with them.
struct Cells<'r, 'a> {
    file: &'r CustomersFile<'a>,
    line: u64,
    findings: Vec<Finding>,
}

impl<'a> Cells<'_, 'a> {
    fn take<T>(&mut self, field: &str, cell: Cell<T>) -> Option<T> {
        cell.unwrap_or_else(|reason| {
            self.findings
                .push(self.file.finding(self.line, field, reason));
            None
        })
    }

    fn past(&mut self, field: &str, text: &str) -> Option<Timestamp> {
        let now = self.file.now;
        let moment = cell::moment(text).and_then(|moment| match moment {
            Some(at) if at > now => Err(Reason::Future),
            moment => Ok(moment),
        });
        self.take(field, moment)
    }

    fn plan(&mut self, code: &str) -> Option<&'a Plan> {
        let plan = match code {
            "" => Ok(None),
            code => self
                .file
                .catalog
                .plan_by_code(code)
                .map(Some)
                .ok_or_else(|| unknown_plan(code)),
        };
        self.take("plan", plan)
    }

    fn price(&mut self, text: &str, plan: Option<&Plan>) -> Option<Money> {
        let currency = plan
            .or(self.file.catalog.plans.first())
            .map(|plan| plan.currency)?;
        self.take("price", cell::price(text, currency))
    }
}

/// Says that a code names no plan, however long the cell is.
pub(super) fn unknown_plan(code: &str) -> Reason {
    Reason::UnknownPlan(code.chars().take(PlanCode::LONGEST).collect())
}
