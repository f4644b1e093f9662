//! What a customer would see, from a popup that is not confirmed yet.

use app::error::PanelError;
use app::service::Fields;
use domain::time::MINUTE;
use domain::{Account, CustomerId, CustomerMessage, Permission, Reason, Timestamp};

use super::Panel;
use super::forms::Form;
use super::require;
use super::words::Context;
use crate::suspended_page::{SuspendedView, Told, reader};

impl Panel {
    /// The page that the customer would see if the fields of Suspend Account were confirmed as they are.
    pub(crate) async fn preview_suspended(
        &self,
        id: &str,
        fields: Fields,
    ) -> Result<SuspendedView, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        require(&context, Permission::Suspend)?;
        let form = Form::read(fields).map_err(|broken| self.broken(broken, &context))?;
        let id = CustomerId::parse(id).map_err(|_| PanelError::NotFound)?;
        let found = self.found(&mut tx, &context, &id, None).await?;
        Ok(previewed(&context, &id, &found.stored.account, &form))
    }
}

/// The page with what is typed; what cannot be read yet counts as not typed.
pub(super) fn previewed(
    context: &Context,
    id: &CustomerId,
    account: &Account,
    form: &Form,
) -> SuspendedView {
    let say = &context.say;
    let typed: String = form
        .get("message")
        .replace("\r\n", "\n")
        .trim()
        .chars()
        .filter(|character| !character.is_control() || *character == '\n')
        .take(CustomerMessage::LONGEST)
        .collect();
    let moment = |name: &str| -> Option<Timestamp> {
        let dated = form.get(&[name, "_mode"].concat()) == "date";
        dated.then(|| say.read_field_time(form.get(name)))?
    };
    let since = moment("from").unwrap_or(say.now());
    // Seen in the minute in which it begins.
    let seen = since.max(say.now()).plus_millis(MINUTE);
    let profile = &context.partner.profile;
    let customer = reader(profile, account, seen);
    let message = match (typed.is_empty(), Reason::parse(form.get("reason"))) {
        (true, Ok(reason)) => customer.suggested_message(reason),
        _ => typed,
    };
    let told = Told {
        message,
        since,
        until: moment("until"),
    };
    SuspendedView::with(profile, id, account, customer, told)
}
