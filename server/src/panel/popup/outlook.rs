//! What a popup tells the browser, so that it can paint at once what the rules say will happen.

use app::wire::{Action, Outlook, PlanOutlook, StateOutlook};
use domain::{
    Account, Catalog, Command, Plan, Profile, Reason, Status, Suspension, Terms, Undo,
    change_choices, gauges, headline, predict, rollback_choices,
};

use super::Subject;

/// Everything that confirming the popup may lead to.
pub(super) fn outlook(subject: &Subject<'_>, action: Action) -> Outlook {
    let context = subject.context;
    let now = context.say.now();
    let (plans, states) = match action {
        Action::ChangePlan => {
            let choices = change_choices(subject.account, &context.catalog, now);
            let possible = choices
                .into_iter()
                .filter(|choice| choice.reasons.is_empty());
            (possible.map(|choice| choice.terms).collect(), Vec::new())
        }
        Action::RollbackPlan => {
            let found = rollback_choices(subject.account, &context.catalog, now);
            let terms = found.choices.into_iter().map(|choice| choice.terms);
            (terms.collect(), Vec::new())
        }
        Action::Suspend => (Vec::new(), suspended(subject.account)),
        Action::Reactivate => (Vec::new(), lifted(subject.account)),
        Action::Undo => undone(subject),
        Action::View => (Vec::new(), Vec::new()),
    };
    Outlook {
        account: without_words(subject.account),
        catalog: mattering(&context.catalog, subject.account),
        actor: context.actor.clone(),
        now,
        plans: plans
            .into_iter()
            .map(|terms| subject.plan_outlook(terms))
            .collect(),
        states: states
            .into_iter()
            .map(|in_force| subject.state_outlook(in_force))
            .collect(),
    }
}

/// One reason more.
fn suspended(account: &Account) -> Vec<Vec<Reason>> {
    let now: Vec<Reason> = account.in_force().map(|open| open.reason).collect();
    let with = |reason: &Reason| now.iter().copied().chain([*reason]).collect();
    Reason::ALL.iter().map(with).collect()
}

/// Whatever is left when some are lifted: at most one is open of each of four kinds.
fn lifted(account: &Account) -> Vec<Vec<Reason>> {
    account.in_force().fold(vec![Vec::new()], |left, open| {
        let stays = left.iter().cloned().map(|mut left: Vec<Reason>| {
            left.push(open.reason);
            left
        });
        let stays: Vec<Vec<Reason>> = stays.collect();
        left.into_iter().chain(stays).collect()
    })
}

/// There is nothing to choose.
fn undone(subject: &Subject<'_>) -> (Vec<Terms>, Vec<Vec<Reason>>) {
    let context = subject.context;
    let after = subject.undone.and_then(|undone| {
        let command = Command::Undo(Undo {
            command: undone.command.clone(),
        });
        let (account, now) = (subject.account, context.say.now());
        predict(account, &context.catalog, &command, &context.actor, now).ok()
    });
    let after = after.iter();
    after
        .map(|after| {
            let in_force = after.in_force().map(|open| open.reason);
            (after.assignment().terms.clone(), in_force.collect())
        })
        .unzip()
}

/// The rules do not look at what people have typed, and nobody needs it here.
fn without_words(account: &Account) -> Account {
    let mut account = account.clone();
    account.profile = Profile::default();
    let silent = |open: &mut Suspension| {
        open.note = None;
        open.customer_message = None;
    };
    account.suspensions.iter_mut().for_each(silent);
    account.just_lifted.iter_mut().for_each(silent);
    account
}

/// The versions that are sold today, and those that the customer has had.
fn mattering(catalog: &Catalog, account: &Account) -> Catalog {
    let plans = catalog.plans.iter().map(|plan| {
        let newest = plan.newest().map(|newest| newest.version);
        let had = |version| {
            let mut rows = account.ledger.rows();
            rows.any(|row| row.terms.plan == plan.id && row.terms.version == version)
        };
        let mut terms = plan.terms.clone();
        terms.retain(|terms| Some(terms.version) == newest || had(terms.version));
        Plan {
            terms,
            ..plan.clone()
        }
    });
    Catalog {
        plans: plans.collect(),
    }
}

impl Subject<'_> {
    fn plan_outlook(&self, terms: Terms) -> PlanOutlook {
        let context = self.context;
        let usage = &self.account.usage;
        let gauges = gauges(context.catalog.limits(&terms), usage);
        PlanOutlook {
            card: context.plan_card(&terms, usage, context.say.now()),
            price_month: terms.per_month().map(|price| context.say.money(price)),
            usage: headline(&gauges).map(|gauge| context.bar(gauge)),
            terms,
        }
    }

    fn state_outlook(&self, in_force: Vec<Reason>) -> StateOutlook {
        let status = match in_force.is_empty() {
            true => Status::Active,
            false => Status::Suspended,
        };
        StateOutlook {
            status: self.context.status_label(status, &in_force),
            in_force,
        }
    }
}
