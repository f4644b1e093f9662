//! Addresses of this panel, as text: which part names the page, and which part the open menu or popup.

/// Names of the query that belong to an open menu or popup, not to the page under it.
const ON_TOP: [&str; 7] = ["menu", "do", "customer", "command", "choice", "lift", "key"];

/// The query of the page itself: without what is open on top of it.
pub fn page_query(query: &str) -> String {
    keep(query, |name| !ON_TOP.contains(&name))
}

/// The part of a query that asks for a popup; empty when it asks for none.
pub fn popup_query(query: &str) -> String {
    if query.split('&').any(|pair| pair.starts_with("do=")) {
        keep(query, |name| name != "menu" && ON_TOP.contains(&name))
    } else {
        String::new()
    }
}

/// A path with its query, if there is one.
pub fn address(path: &str, query: &str) -> String {
    let mut address = String::from(path);
    if !query.is_empty() {
        address.push('?');
        address.push_str(query);
    }
    address
}

fn keep(query: &str, wanted: fn(&str) -> bool) -> String {
    let mut kept = String::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let name = pair.split_once('=').map_or(pair, |(name, _)| name);
        if wanted(name) {
            if !kept.is_empty() {
                kept.push('&');
            }
            kept.push_str(pair);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{address, page_query, popup_query};

    #[test]
    fn a_popup_is_not_part_of_the_page() {
        let query = "q=a%26b&do=suspend&sort=name-desc&customer=cus_1&menu=cus_1";
        assert_eq!(page_query(query), "q=a%26b&sort=name-desc");
        assert_eq!(popup_query(query), "do=suspend&customer=cus_1");
    }

    #[test]
    fn without_do_there_is_no_popup() {
        assert_eq!(popup_query("customer=cus_1&q=do"), "");
        assert_eq!(popup_query(""), "");
    }

    #[test]
    fn an_empty_query_leaves_no_question_mark() {
        assert_eq!(address("/activity", ""), "/activity");
        assert_eq!(address("/activity", "kind=plan"), "/activity?kind=plan");
    }
}
