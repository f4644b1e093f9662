//! Access at the command line: the operator suspends and reactivates customers of a partner.

use std::process::ExitCode;

use clap::Args;
use domain::{Account, Command, CustomerMessage, MalformedText, Note, Reason, SuspensionId};

use super::database::{Missing, open};
use super::subject::{Named, Subject, name};
use super::{Complaint, World};
use crate::store::Store;

/// A suspension.
#[derive(Debug, Args)]
pub struct Suspend {
    #[command(flatten)]
    named: Named,
    /// Why: operator, or the code of another reason, such as payment_overdue
    #[arg(long, value_name = "CODE", default_value = "operator", value_parser = reason)]
    reason: Reason,
    /// What the customer reads while suspended
    #[arg(long, value_name = "TEXT", value_parser = message)]
    message: CustomerMessage,
    /// What the partner's people read, and the customer never
    #[arg(long, value_name = "TEXT", value_parser = note)]
    note: Option<Note>,
    /// When it ends by itself, such as 2026-12-01T09:30, in the partner's time zone [default: never]
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

/// A reactivation.
#[derive(Debug, Args)]
pub struct Reactivate {
    #[command(flatten)]
    named: Named,
    /// Lift the suspension with this reason, such as payment_overdue
    #[arg(long, value_name = "CODE", default_value = "operator", value_parser = reason)]
    reason: Reason,
    /// Lift every suspension
    #[arg(long, conflicts_with = "reason")]
    all: bool,
    /// What the partner's people read, and the customer never
    #[arg(long, value_name = "TEXT", value_parser = note)]
    note: Option<Note>,
}

/// Which suspensions are lifted.
#[derive(Clone, Copy)]
enum Which {
    With(Reason),
    All,
}

impl Suspend {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        let store = open(world, Missing::Complain).await?;
        let done = self.carry_out(world, &store).await;
        store.close().await;
        println!("{}", done?);
        Ok(ExitCode::SUCCESS)
    }

    async fn carry_out(self, world: &World, store: &Store) -> Result<String, Complaint> {
        let subject = Subject::find(world, store, &self.named).await?;
        let say = &subject.say;
        let until = match &self.until {
            Some(text) => Some(say.read_field_time(text).ok_or_else(|| {
                Complaint::new(format!(
                    "\"{text}\" is no date and time; write it like 2026-12-01T09:30, in the time zone {}",
                    say.zone_name()
                ))
            })?),
            None => None,
        };
        let suspend = |account: &Account| {
            Ok(Command::Suspend(domain::Suspend {
                reason: self.reason,
                note: self.note.clone(),
                customer_message: Some(self.message.clone()),
                starts_at: None,
                until,
                expect_access_revision: account.access_revision,
            }))
        };
        let done = subject.give(suspend).await?;
        let who = name(&done.account);
        let why = say.suspension_reason(self.reason);
        let others = done
            .account
            .in_force()
            .filter(|open| open.command != done.command);
        let others = subject.reasons(others);
        let mut told = match until {
            Some(until) => format!("{who} is suspended until {}: {why}.", say.date_time(until)),
            None => format!("{who} is suspended: {why}."),
        };
        if !others.is_empty() {
            told.push_str(&format!(
                " It was suspended before, and stays so: {others}."
            ));
        }
        Ok(told)
    }
}

impl Reactivate {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        let store = open(world, Missing::Complain).await?;
        let done = self.carry_out(world, &store).await;
        store.close().await;
        println!("{}", done?);
        Ok(ExitCode::SUCCESS)
    }

    async fn carry_out(self, world: &World, store: &Store) -> Result<String, Complaint> {
        let subject = Subject::find(world, store, &self.named).await?;
        let which = if self.all {
            Which::All
        } else {
            Which::With(self.reason)
        };
        let reactivate = |account: &Account| {
            Ok(Command::Reactivate(domain::Reactivate {
                suspensions: chosen(account, which)?,
                expect_access_revision: account.access_revision,
                reason: None,
                note: self.note.clone(),
            }))
        };
        let done = subject.give(reactivate).await?;
        let who = name(&done.account);
        let lifted = subject.reasons(done.account.just_lifted.iter());
        let remaining = subject.reasons(done.account.in_force());
        Ok(if remaining.is_empty() {
            format!("{who} is active again. Lifted: {lifted}.")
        } else {
            format!("{who} stays suspended: {remaining}. Lifted: {lifted}.")
        })
    }
}

/// The open suspensions that are to be lifted, in force or still to start.
fn chosen(account: &Account, which: Which) -> Result<Vec<SuspensionId>, Complaint> {
    let open = || account.suspensions.iter();
    let wanted = |reason| match which {
        Which::With(wanted) => reason == wanted,
        Which::All => true,
    };
    let chosen: Vec<SuspensionId> = open()
        .filter(|open| wanted(open.reason))
        .map(|open| open.id.clone())
        .collect();
    if !chosen.is_empty() {
        return Ok(chosen);
    }
    let who = name(account);
    let codes: Vec<&str> = open().map(|open| open.reason.code()).collect();
    Err(Complaint::new(match (codes.as_slice(), which) {
        (&[_, ..], Which::With(wanted)) => format!(
            "{who} is not suspended with the reason {}, but with: {}. Name that with --reason, or lift all with --all",
            wanted.code(),
            codes.join(", ")
        ),
        _ => format!("{who} is not suspended"),
    }))
}

fn reason(text: &str) -> Result<Reason, String> {
    Reason::parse(text).map_err(|_| {
        let codes: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        format!("a reason is one of {}", codes.join(", "))
    })
}

fn message(text: &str) -> Result<CustomerMessage, String> {
    CustomerMessage::parse(text.trim()).map_err(|error| text_error(error, CustomerMessage::LONGEST))
}

fn note(text: &str) -> Result<Note, String> {
    Note::parse(text.trim()).map_err(|error| text_error(error, Note::LONGEST))
}

fn text_error(error: MalformedText, longest: usize) -> String {
    match error {
        MalformedText::Empty | MalformedText::TooShort => "nothing is written in it".to_owned(),
        MalformedText::TooLong => format!("it has more than {longest} characters"),
        MalformedText::ForbiddenCharacter => "it holds a control character".to_owned(),
    }
}
