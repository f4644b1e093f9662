//! Reads the fields of a popup as a command of the domain. Nothing untyped goes further than here.

use app::choice::{ChangeChoiceValue, OverValue, RollbackChoiceValue};
use app::text::CustomerSay;
use app::wire::{Action, Refusal};
use domain::{
    AccessRevision, ChangePlan, ChangeReason, Command, CommandId, CustomerMessage, MalformedText,
    Note, PlanRevision, Reactivate, ReactivateReason, Reason, RollbackPlan, RollbackReason,
    Suspend, SuspensionId, Timestamp, Undo, UnknownCode,
};

use super::forms::Form;
use super::refusal::{at_field, whole};
use super::words::Context;

/// The command that a form asks for; `customer` speaks to the one whom it is about.
///
/// # Errors
/// The field that cannot be read, with its sentence.
pub fn command(
    context: &Context,
    customer: &CustomerSay,
    action: Action,
    form: &Form,
) -> Result<Command, Refusal> {
    let order = Order {
        context,
        customer,
        form,
    };
    match action {
        Action::ChangePlan => order.change(),
        Action::RollbackPlan => order.rollback(),
        Action::Suspend => order.suspend(),
        Action::Reactivate => order.reactivate(),
        Action::Undo => order.undo(),
        Action::View => Err(whole(context.say.bad_action(), 400)),
    }
}

struct Order<'a> {
    context: &'a Context,
    customer: &'a CustomerSay,
    form: &'a Form,
}

impl Order<'_> {
    fn change(&self) -> Result<Command, Refusal> {
        let choice = self.choice()?;
        let value = ChangeChoiceValue::parse(choice).ok_or_else(|| self.no_such_choice())?;
        Ok(Command::ChangePlan(ChangePlan {
            plan: value.plan,
            version: value.version,
            cycle: value.cycle,
            expect_plan_revision: PlanRevision(self.revision()?),
            accepts_over: OverValue::accepted(self.form.all("over"), choice),
            reason: self.reason(ChangeReason::parse)?,
            note: self.note()?,
        }))
    }

    fn rollback(&self) -> Result<Command, Refusal> {
        let choice = self.choice()?;
        Ok(Command::RollbackPlan(RollbackPlan {
            target: RollbackChoiceValue::parse(choice).ok_or_else(|| self.no_such_choice())?,
            expect_plan_revision: PlanRevision(self.revision()?),
            accepts_over: OverValue::accepted(self.form.all("over"), choice),
            reason: self.reason(RollbackReason::parse)?,
            note: self.note()?,
        }))
    }

    fn suspend(&self) -> Result<Command, Refusal> {
        let say = &self.context.say;
        let missing = || at_field("reason", say.reason_missing());
        let reason: Reason = self.reason(Reason::parse)?.ok_or_else(missing)?;
        if !self.context.actor.may_place(reason.kind()) {
            return Err(at_field("reason", say.reason_unknown()));
        }
        let written = self.text(
            "message",
            CustomerMessage::from_field,
            CustomerMessage::LONGEST,
        )?;
        let usual = || CustomerMessage::parse(&self.customer.suggested_message(reason)).ok();
        let message = written.or_else(usual);
        Ok(Command::Suspend(Suspend {
            reason,
            note: self.note()?,
            customer_message: message,
            starts_at: self.point("from", say.start_missing())?,
            until: self.point("until", say.until_missing())?,
            expect_access_revision: AccessRevision(self.revision()?),
        }))
    }

    fn reactivate(&self) -> Result<Command, Refusal> {
        let say = &self.context.say;
        let read = |id| {
            SuspensionId::parse(id).map_err(|_| at_field("lift", say.not_suspended_any_more()))
        };
        let suspensions: Vec<SuspensionId> =
            self.form.all("lift").map(read).collect::<Result<_, _>>()?;
        if suspensions.is_empty() {
            return Err(at_field("lift", say.choose_lift()));
        }
        Ok(Command::Reactivate(Reactivate {
            suspensions,
            expect_access_revision: AccessRevision(self.revision()?),
            reason: self.reason(ReactivateReason::parse)?,
            note: self.note()?,
        }))
    }

    fn undo(&self) -> Result<Command, Refusal> {
        let command = CommandId::parse(self.form.get("command"));
        let command = command.map_err(|_| whole(self.context.say.nothing_to_undo(), 422))?;
        Ok(Command::Undo(Undo { command }))
    }

    fn choice(&self) -> Result<&str, Refusal> {
        match self.form.get("choice") {
            "" => Err(at_field("choice", self.context.say.choose_plan())),
            choice => Ok(choice),
        }
    }

    fn no_such_choice(&self) -> Refusal {
        at_field("choice", self.context.say.choice_unknown())
    }

    /// What the popup was based on; without it nobody knows what the person saw.
    fn revision(&self) -> Result<u64, Refusal> {
        let missing = |_| whole(self.context.say.revision_missing(), 428);
        self.form.get("revision").parse().map_err(missing)
    }

    fn reason<T>(
        &self,
        parse: impl Fn(&str) -> Result<T, UnknownCode>,
    ) -> Result<Option<T>, Refusal> {
        match self.form.get("reason") {
            "" => Ok(None),
            code => parse(code)
                .map(Some)
                .map_err(|_| at_field("reason", self.context.say.reason_unknown())),
        }
    }

    fn note(&self) -> Result<Option<Note>, Refusal> {
        self.text("note", Note::from_field, Note::LONGEST)
    }

    fn text<T>(
        &self,
        field: &str,
        read: impl Fn(&str) -> Result<Option<T>, MalformedText>,
        longest: usize,
    ) -> Result<Option<T>, Refusal> {
        // Browsers send line ends as two characters, and count them as one.
        let written = self.form.get(field).replace("\r\n", "\n");
        let say = &self.context.say;
        read(&written).map_err(|malformed| {
            let text = match malformed {
                MalformedText::TooLong => say.text_too_long(
                    written.trim().chars().count().saturating_sub(longest),
                    longest,
                ),
                MalformedText::Empty
                | MalformedText::TooShort
                | MalformedText::ForbiddenCharacter => say.text_forbidden(),
            };
            at_field(field, text)
        })
    }

    /// A moment that may be left open.
    fn point(&self, field: &str, missing: String) -> Result<Option<Timestamp>, Refusal> {
        let say = &self.context.say;
        let mode = [field, "_mode"].concat();
        match (self.form.get(&mode), self.form.get(field).trim()) {
            ("" | "open", _) => Ok(None),
            ("date", text) if !text.is_empty() => match say.read_field_time(text) {
                Some(at) => Ok(Some(at)),
                None => Err(at_field(field, say.until_malformed())),
            },
            _ => Err(at_field(field, missing)),
        }
    }
}
