//! `plans.csv`: the plans of a partner, and what each line would change.

use std::collections::HashMap;

use domain::{Currency, Limit, LimitName, Plan, PlanCode, PlanStatus};

use super::cell::{self, Cell};
use super::finding::{Finding, Reason};
use super::source::Source;
use super::table::{Layout, Row, Table};
use super::written::{limit_text, money, yes_no};

/// The columns of `plans.csv` before the limits.
pub(crate) const COLUMNS: [&str; 9] = [
    "code",
    "name",
    "display_name",
    "rank",
    "currency",
    "price_month",
    "price_year",
    "status",
    "recommended",
];

/// Start of the columns that say what a plan allows.
pub(crate) const LIMIT: &str = "limit.";

const LAYOUT: Layout = Layout {
    columns: &COLUMNS,
    required: &["code", "name"],
    prefix: Some(LIMIT),
};

/// One plan as the file has it; `None` is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlanLine {
    pub line: u64,
    pub code: PlanCode,
    pub name: String,
    pub display_name: Option<String>,
    pub rank: Option<i32>,
    pub currency: Currency,
    pub price_month: Option<i64>,
    pub price_year: Option<i64>,
    pub limits: Vec<(LimitName, Limit)>,
    pub status: Option<PlanStatus>,
    pub recommended: Option<bool>,
}

/// Reads the whole file: every line, or what is wrong with it.
pub(super) fn read(
    source: &Source,
    currency: Currency,
    tell: &mut dyn FnMut(Finding),
) -> Vec<PlanLine> {
    let table = match Table::open(source, &LAYOUT, tell) {
        Ok(table) => table,
        Err(errors) => {
            errors.into_iter().for_each(tell);
            return Vec::new();
        }
    };
    let mut limits = Vec::new();
    for (place, name) in table.suffixes(LIMIT) {
        match cell::required(name, LimitName::LONGEST, LimitName::parse) {
            Ok(limit) => limits.push((place, limit)),
            Err(reason) => tell(table.finding(1, Some(format!("{LIMIT}{name}")), reason)),
        }
    }
    let places = COLUMNS.map(|name| table.place(name));
    let mut seen: HashMap<PlanCode, u64> = HashMap::new();
    let mut lines = Vec::new();
    for row in table.rows() {
        if let Err(finding) = table.check(&row) {
            tell(finding);
            continue;
        }
        let mut reader = Reader {
            table: &table,
            row: &row,
            tell: &mut *tell,
            whole: true,
        };
        let Some(line) = reader.read(&places, &limits, currency) else {
            continue;
        };
        match seen.insert(line.code.clone(), line.line) {
            None => lines.push(line),
            Some(first) => {
                let key = line.code.as_str().to_owned();
                tell(table.finding(
                    row.line,
                    Some("code".to_owned()),
                    Reason::Repeated { key, first },
                ));
            }
        }
    }
    lines
}

/// Reads one line.
struct Reader<'r, 'a> {
    table: &'r Table<'a>,
    row: &'r Row,
    tell: &'r mut dyn FnMut(Finding),
    whole: bool,
}

impl Reader<'_, '_> {
    fn read(
        &mut self,
        places: &[Option<usize>; COLUMNS.len()],
        limits: &[(usize, LimitName)],
        own: Currency,
    ) -> Option<PlanLine> {
        let [
            code,
            name,
            display_name,
            rank,
            currency,
            price_month,
            price_year,
            status,
            recommended,
        ] = places.map(|place| self.row.cell(place));
        let code = self.take(
            "code",
            cell::required(code, PlanCode::LONGEST, PlanCode::parse).map(Some),
        );
        let name = self.take(
            "name",
            cell::text(name).and_then(|name| name.ok_or(Reason::Empty).map(Some)),
        );
        let display_name = self.take("display_name", cell::text(display_name));
        let rank = self.take("rank", cell::rank(rank));
        // A partner has one currency: other ones would make plans that nobody can be moved to.
        let currency = match currency.trim() {
            text if text.is_empty() || text == own.code() => own,
            _ => {
                self.take(
                    "currency",
                    Cell::<()>::Err(Reason::OtherCurrency(own.code().to_owned())),
                );
                own
            }
        };
        let price_month = self.take("price_month", cell::price(price_month, currency));
        let price_year = self.take("price_year", cell::price(price_year, currency));
        let status = self.take("status", cell::plan_status(status));
        let recommended = self.take("recommended", cell::yes_no(recommended));
        let mut granted = Vec::new();
        for (place, name) in limits {
            let limit = self.take(
                &format!("{LIMIT}{name}"),
                cell::limit(self.row.cell(Some(*place))),
            );
            granted.extend(limit.map(|limit| (name.clone(), limit)));
        }
        self.whole.then_some(PlanLine {
            line: self.row.line,
            code: code?,
            name: name?,
            display_name,
            rank,
            currency,
            price_month: price_month.map(|price| price.minor),
            price_year: price_year.map(|price| price.minor),
            limits: granted,
            status,
            recommended,
        })
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

impl PlanLine {
    /// The limits of the plan after this line: in the order that `plan` has, new ones last, in the order of the file.
    pub(super) fn limits_over(&self, plan: Option<&Plan>) -> Vec<(LimitName, Limit)> {
        let known = plan
            .and_then(Plan::newest)
            .map_or(&[][..], |terms| &terms.limits);
        let said = |name: &LimitName| {
            self.limits
                .iter()
                .find(|(said, _)| said == name)
                .map(|(_, limit)| *limit)
        };
        let kept = known
            .iter()
            .map(|(name, limit)| (name.clone(), said(name).unwrap_or(*limit)));
        let new = self
            .limits
            .iter()
            .filter(|(name, _)| known.iter().all(|(known, _)| known != name))
            .cloned();
        kept.chain(new).collect()
    }

    /// Every cell that differs from `plan`: column, before, after.
    pub(super) fn differences(&self, plan: &Plan) -> Vec<(String, String, String)> {
        let newest = plan.newest();
        let price = |minor: Option<i64>| {
            minor.map_or_else(String::new, |minor| money(minor, plan.currency))
        };
        let mut found = Vec::new();
        let mut differ = |column: &str, before: String, after: Option<String>| {
            if let Some(after) = after.filter(|after| *after != before) {
                found.push((column.to_owned(), before, after));
            }
        };
        differ("name", plan.name.clone(), Some(self.name.clone()));
        differ(
            "display_name",
            plan.display_name.clone().unwrap_or_default(),
            self.display_name.clone(),
        );
        differ(
            "rank",
            plan.rank.to_string(),
            self.rank.map(|rank| rank.to_string()),
        );
        for (column, before, after) in [
            (
                "price_month",
                newest.and_then(|terms| terms.price_month),
                self.price_month,
            ),
            (
                "price_year",
                newest.and_then(|terms| terms.price_year),
                self.price_year,
            ),
        ] {
            differ(
                column,
                price(before),
                after.map(|minor| money(minor, plan.currency)),
            );
        }
        for (name, limit) in &self.limits {
            let before = newest.and_then(|terms| terms.limit(name)).map(limit_text);
            differ(
                &format!("{LIMIT}{name}"),
                before.unwrap_or_default(),
                Some(limit_text(*limit)),
            );
        }
        differ(
            "status",
            plan.status.code().to_owned(),
            self.status.map(|status| status.code().to_owned()),
        );
        differ(
            "recommended",
            yes_no(plan.recommended).to_owned(),
            self.recommended.map(|yes| yes_no(yes).to_owned()),
        );
        found
    }
}
