//! API keys: what Activity says of them, and their page.

super::sentences! {
    key_called(name, prefix) = "{name}, {prefix}…";
    key_unknown() = "A key that is gone";
    key_expires(day) = "Expires {day}";
    key_good_until(when) = "The old one is good until {when}";
    key_used_with_wrong_secret(n) = "{n, plural, one {once} other {# times}} with another secret";
    key_used_when_expired(n) = "{n, plural, one {once} other {# times}} after it had expired";
    key_used_when_revoked(n) = "{n, plural, one {once} other {# times}} after it was revoked";
    key_used_for_something_else(n) = "{n, plural, one {once} other {# times}} for something that it is not good for";

    api_keys() = "API keys";
    api_keys_lead() = "Your product shows a key to the panel when it asks whether a customer may come in, and what the customer has.";
    keys_empty_title() = "No API key yet";
    keys_empty_text() = "While your product has none, the panel records suspensions and nothing refuses anybody.";
    keys_ended(n) = "{n, plural, one {# key that has ended} other {# keys that have ended}}";
    new_key_title() = "Your new key";
    new_key_text() = "Copy it now and keep it like a password: it is shown this once, and the panel keeps only its digest.";
    new_key_beside(prefix, when) = "The old one, {prefix}…, is good until {when}. Put the new one in its place before.";
    copy_key() = "Copy the key";
    key_before_title() = "This key was made already";
    key_before_text(key) = "{key} was made when this form was sent the first time, and is shown only once. If you did not keep it, revoke it and make another.";
    key_revoked(key) = "{key} is revoked. Nothing that shows it gets an answer any more.";
    key_revoked_before(key) = "{key} had been revoked already.";
    key_refused_title() = "Nothing was done";
    key_ended() = "This key has ended and can have no successor. Make a new one.";
    key_replaced() = "This key has a successor already.";
    keys_too_many(n) = "There are {n} keys that are good, and there may be no more. Revoke one first.";

    key_state_good() = "Good";
    key_state_soon(span) = "Ends in {span}: replace it";
    key_state_replaced(when) = "Replaced, good until {when}";
    key_state_expired(day) = "Expired {day}";
    key_state_revoked(day) = "Revoked {day}";

    key_scopes() = "Tells";
    scope_gate() = "Whether a customer may come in";
    scope_entitlements() = "What a customer has";
    key_customer() = "Finds the customer";
    customer_in_header(name) = "In the header {name}";
    customer_in_host(suffix) = "In the host name, before .{suffix}";
    customer_in_path(prefix) = "In the path, after {prefix}";
    customer_in_query(name) = "In the query field {name}";
    key_mode() = "Suspended customers";
    mode_enforce() = "Stay out";
    mode_observe() = "Come in, and the answer says that they would not";
    key_unknown_customers() = "Unknown customers";
    unknown_deny() = "Stay out";
    unknown_allow() = "Come in";
    key_open() = "Always open";
    key_open_none() = "Nothing";
    key_ends() = "Ends";
    key_last_used() = "Last used";
    key_never_used() = "Never";
    key_made() = "Made";
    key_made_by(who, day) = "{day} by {who}";

    new_key() = "New API key";
    key_create() = "Create key";
    key_name_label() = "Name";
    key_name_hint() = "Where it is used, such as: gate of nginx.";
    key_way_label() = "Where your product names the customer";
    key_way_hint() = "The gate takes the external id of the customer from there.";
    way_header() = "In a header";
    way_host() = "In the host name";
    way_path() = "In the path";
    way_query() = "In a query field";
    key_place_label() = "Which";
    key_place_hint() = "A header such as X-Account, the end of a host name such as app.example.com, the beginning of a path such as /t, or a query field such as account.";
    key_mode_hint() = "Observe first where you are not sure that your product names its customers right.";
    key_open_label() = "Stays open while suspended";
    key_open_hint() = "Parts of your product such as /billing /export /sign-out, with spaces between.";
    key_life_label() = "Ends after";

    rotate_key() = "Replace";
    rotate_key_title(name) = "Replace {name}?";
    rotate_key_lead() = "You get a new key with the same settings. The old one stays good for a while, so that nothing stops while you put the new one in its place.";
    rotate_key_confirm() = "Yes, Replace";
    key_overlap_label() = "The old one is good for";
    overlap_none() = "No longer: it ends now";
    revoke_key() = "Revoke";
    revoke_key_title(name) = "Revoke {name}?";
    revoke_key_lead() = "Whatever shows this key gets no answer from now on. This cannot be undone.";
    revoke_key_confirm() = "Yes, Revoke";

    key_name_bad(n) = "A name has 1 to {n} characters.";
    key_scopes_bad() = "Choose at least one thing that the key is good for.";
    key_choice_bad() = "Choose one of these.";
    place_bad_header(text) = "“{text}” is not the name of a header. It consists of letters, figures and hyphens, such as X-Account.";
    place_header_taken(text) = "The header {text} has a meaning of its own and cannot name a customer.";
    place_bad_host(text) = "“{text}” is not the end of a host name with a dot in it, such as app.example.com. Leave out the part that names the customer.";
    place_bad_path(text) = "“{text}” is not the beginning of a path, such as /billing. It starts with / and has no //, %, ? or #.";
    place_all_open() = "/ alone would keep everything open. Name a part of your product, such as /billing.";
    place_bad_query(text) = "“{text}” is not the name of a query field. It consists of letters, figures, - and _, such as account.";
    open_too_many(n) = "{n} parts are too many; at most 20 can stay open.";

    connect_title() = "Connect your product";
    connect_lead() = "Your product asks the panel about every visit, and keeps suspended customers out from the next click on. Each step is ticked once the panel has seen it.";
    connect_again() = "Look again";
    step_seen() = "Seen";
    step_not_yet() = "Not yet";
    step_now_seen(step) = "{step}: seen.";
    connect_key_title() = "Make a key";
    connect_key_text() = "Your product shows it to the panel. A key that only observes lets everybody in and says whom it would refuse: so you can try it without fear.";
    connect_question_title() = "Let your product ask";
    connect_question_text() = "Put the gate in front of your product: in the proxy before it, or in the product itself. Or ask by hand first, from a machine that reaches the panel.";
    connect_asked(ago) = "The panel was asked {ago}.";
    connect_refusal_title() = "See a customer refused";
    connect_refusal_text() = "Suspend a customer that you may play with, open your product as that customer, and reactivate the account afterwards.";
    connect_refused(ago) = "Somebody was refused {ago}.";
    connect_would_refuse(ago) = "Somebody would have been refused {ago}; the key only observes.";
    recipe_by_host() = "For a key that finds the customer in the host name: acme.app.example.com is the customer with the external id acme.";
    recipe_by_header() = "For a key that finds the customer in the header X-Account, which your product sets out of its own session.";
    copy_recipe(name) = "Copy what {name} needs";
    copy_command() = "Copy the command";
}
