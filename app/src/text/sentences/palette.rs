//! The command palette.

super::sentences! {
    palette_nothing(search) = "No customer matches “{search}”. Names, e-mail addresses, external ids and our own ids are searched in all lists.";
    palette_first(n) = "{n, plural, one {The first customer. Type more to find another.} other {The first # customers. Type more to find others.}}";
}
