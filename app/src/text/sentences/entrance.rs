//! Outside of the frame: signing in, choosing a password, and what is said when a page cannot be shown.

super::sentences! {
    panel_name() = "Partner Panel";
    sign_in_title() = "Sign in to the Partner Panel";
    email_label() = "E-mail";
    password_label() = "Password";
    sign_in() = "Sign in";
    sign_in_help() = "No password yet, or lost it? Ask the operator of this panel for a one-time link.";
    sign_in_wrong() = "This e-mail address and password do not belong together.";
    sign_in_wait(seconds) = "Too many tries. Wait {seconds, plural, one {# second} other {# seconds}}, then try again.";
    sign_in_crowded() = "Many people are signing in at this moment. Try again in a few seconds.";
    sign_in_first() = "Sign in to go on. You come back to where you were.";

    welcome_title(partner) = "Choose your password for {partner}";
    welcome_lead(email) = "You sign in as {email}.";
    new_password_label() = "New password";
    new_password_hint(shortest) = "{shortest} characters or more. A few words that belong to you are easy to remember.";
    welcome_confirm() = "Save and sign in";
    password_too_short(shortest) = "A password has {shortest} characters or more.";
    password_too_long(longest) = "A password has at most {longest} characters.";
    password_is_email() = "Your e-mail address cannot be your password.";
    link_expired_title() = "This link cannot be used any more";
    link_expired() = "A one-time link works once, for 48 hours. The operator of this panel makes a new one with:";
    go_to_sign_in() = "Sign in";

    back_to_customers() = "Go to your customers";
    request_number() = "Request";
    not_found_title() = "There is no such page";
    not_found() = "The address leads nowhere, or to something that is not yours to see.";
    forbidden_title() = "Not allowed";
    forbidden() = "Your role does not include this.";
    forbidden_origin() = "This form came from another page than the panel's own, so nothing was done. Open the panel again and repeat it there.";
    bad_request_title() = "This request makes no sense";
    bad_request() = "Something in it is missing or broken. Nothing was changed.";
    wrong_method_title() = "Not like this";
    wrong_method() = "This address does not take that kind of request. Nothing was changed.";
    too_large_title() = "Too much at once";
    too_large() = "What was sent is larger than any form of the panel. Nothing was changed.";
    old_page_title() = "There is a new version";
    old_page() = "This page is from an older release of the panel. Open it again.";
    busy_title() = "Busy";
    busy() = "The panel has too much to do at this moment, and nothing was saved. Try again in a few seconds.";
    slow_title() = "No answer in time";
    slow() = "The panel took too long to answer. What was sent may have been done all the same, so look before you repeat it.";
    broken_title() = "That failed";
    broken() = "The panel could not answer. It has noted what happened; if it stays so, tell the operator the number below.";
    signed_out_title() = "You are signed out";
    signed_out() = "Sign in again to go on.";
}
