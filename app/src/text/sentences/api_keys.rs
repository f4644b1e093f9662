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
}
