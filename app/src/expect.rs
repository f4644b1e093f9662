//! What confirming a popup will show, by the rules themselves: the browser runs the same functions that the server decides
//! with, and paints what they say until the server's answer replaces it.

use domain::{
    ChangePlan, Command, CommandId, Note, Reactivate, Reason, RollbackPlan, Suspend, SuspensionId,
    Undo, predict,
};

use crate::choice::{ChangeChoiceValue, OverValue, RollbackChoiceValue};
use crate::wire::{Action, CustomerPage, Outlook, PlanOutlook, Row, StatusLabel};

/// What will differ once it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    plan: Option<PlanOutlook>,
    status: Option<StatusLabel>,
}

impl Expected {
    /// The row as it will be shown; what nobody can know before the answer is left out.
    pub fn row(&self, row: &Row) -> Row {
        let mut row = row.clone();
        if let Some(plan) = &self.plan {
            row.plan.clone_from(&plan.card.name);
            row.plan_badge.clone_from(&plan.card.badge);
            row.price.clone_from(&plan.price_month);
            row.usage.clone_from(&plan.usage);
        }
        if let Some(status) = &self.status {
            row.status.clone_from(status);
            (row.since, row.by, row.until) = (None, None, None);
            (row.told, row.undo) = (None, None);
        }
        row
    }

    /// The customer's page as it will be shown, as far as its head and its plan go.
    pub fn page(&self, page: &CustomerPage) -> CustomerPage {
        let mut page = page.clone();
        page.row = self.row(&page.row);
        if let Some(plan) = &self.plan {
            page.plan.clone_from(&plan.card);
        }
        page
    }
}

impl Outlook {
    /// What the filled-in fields of the popup will do; nothing where the rules say no, or where nothing shown would differ.
    pub fn foresee(&self, fields: &[(String, String)]) -> Option<Expected> {
        let command = self.command(&Fields(fields))?;
        let (account, catalog) = (&self.account, &self.catalog);
        let after = predict(account, catalog, &command, &self.actor, self.now).ok()?;
        let terms = &after.assignment().terms;
        let mut expected = Expected::default();
        if *terms != account.assignment().terms {
            let plan = self.plans.iter().find(|plan| plan.terms == *terms)?;
            expected.plan = Some(plan.clone());
        }
        if after.in_force().ne(account.in_force()) {
            let reasons = || after.in_force().map(|open| open.reason);
            let mut states = self.states.iter();
            let state = states.find(|state| state.in_force.iter().copied().eq(reasons()))?;
            expected.status = Some(state.status.clone());
        }
        (expected != Expected::default()).then_some(expected)
    }

    /// The command as far as it decides how the account will stand. Dates are read by the server, which knows the zone; what
    /// begins later changes nothing that is shown.
    fn command(&self, fields: &Fields<'_>) -> Option<Command> {
        let (plan, access) = (self.account.plan_revision, self.account.access_revision);
        let choice = fields.get("choice");
        Some(match Action::from_code(fields.get("do"))? {
            Action::ChangePlan => {
                let value = ChangeChoiceValue::parse(choice)?;
                Command::ChangePlan(ChangePlan {
                    plan: value.plan,
                    version: value.version,
                    cycle: value.cycle,
                    expect_plan_revision: plan,
                    accepts_over: OverValue::accepted(fields.all("over"), choice),
                    reason: None,
                    note: None,
                })
            }
            Action::RollbackPlan => Command::RollbackPlan(RollbackPlan {
                target: RollbackChoiceValue::parse(choice)?,
                expect_plan_revision: plan,
                accepts_over: OverValue::accepted(fields.all("over"), choice),
                reason: None,
                note: None,
            }),
            Action::Suspend if fields.get("from_mode") != "date" => Command::Suspend(Suspend {
                reason: Reason::parse(fields.get("reason")).ok()?,
                note: Note::from_field(fields.get("note")).ok()?,
                customer_message: None,
                starts_at: None,
                until: None,
                expect_access_revision: access,
            }),
            Action::Reactivate => {
                let lifts = fields.all("lift").map(SuspensionId::parse);
                Command::Reactivate(Reactivate {
                    suspensions: lifts.collect::<Result<_, _>>().ok()?,
                    expect_access_revision: access,
                    reason: None,
                    note: None,
                })
            }
            Action::Undo => Command::Undo(Undo {
                command: CommandId::parse(fields.get("command")).ok()?,
            }),
            Action::Suspend | Action::View => return None,
        })
    }
}

/// The fields of a form as they would be posted.
struct Fields<'a>(&'a [(String, String)]);

impl<'a> Fields<'a> {
    fn get(&self, name: &'a str) -> &'a str {
        self.all(name).next().unwrap_or_default()
    }

    fn all(&self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |(known, _): &&(String, String)| known == name;
        self.0.iter().filter(named).map(|(_, value)| value.as_str())
    }
}
