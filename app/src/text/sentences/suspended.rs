//! The page that a customer sees while suspended. It speaks to somebody who is no user of the panel.

super::sentences! {
    account_suspended() = "Your account is suspended";
    account_closed() = "Your account is closed";
    no_access() = "You cannot come in here now";
    suspended_data_safe() = "Your data is safe; nothing has been deleted.";
    suspended_account() = "Account";
    suspended_since() = "Since";
    suspended_until() = "Until";
    suspended_reference() = "Reference";
    suspended_moment(when, zone) = "{when} ({zone})";
    suspended_pay() = "Pay";
    suspended_contact(partner) = "Contact {partner}";
    suspended_returns() = "As soon as access is back, this page leads on to what you asked for.";
}
