//! Addresses of pages: what stands in the query, and the links that lead on from there.

use std::fmt;

use app::service::Place;

/// The longest query that is read, in bytes.
const LONGEST: usize = 4_000;

/// What opens on top of a page, and so is no part of the page's own address.
const ON_TOP: &[&str] = &["do", "customer", "command", "choice", "lift", "key", "menu"];

/// The query is longer than any page of the panel makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

/// A path with its query, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Address {
    /// The address of a path without a query.
    pub fn of(path: &str) -> Address {
        Address {
            path: path.to_owned(),
            pairs: Vec::new(),
        }
    }

    /// Takes apart where a request stands.
    pub fn read(place: &Place) -> Result<Address, TooLong> {
        if place.query.len() > LONGEST || place.path.len() > LONGEST {
            return Err(TooLong);
        }
        let pairs = form_urlencoded::parse(place.query.as_bytes())
            .into_owned()
            .collect();
        Ok(Address {
            path: place.path.clone(),
            pairs,
        })
    }

    /// The path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// All values of a name, in order; a GET form sends untouched fields empty, and those count as not there.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter(move |(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a name.
    pub fn get<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// The same address with `name` set to `value`, at the end.
    pub fn with(&self, name: &str, value: &str) -> Address {
        let mut address = self.without(&[name]);
        address.pairs.push((name.to_owned(), value.to_owned()));
        address
    }

    /// The same address without these names.
    pub fn without(&self, names: &[&str]) -> Address {
        let kept = |(name, value): &&(String, String)| {
            !names.contains(&name.as_str()) && !value.is_empty()
        };
        Address {
            path: self.path.clone(),
            pairs: self.pairs.iter().filter(kept).cloned().collect(),
        }
    }

    /// The same address with only these names, in the order of `names`.
    pub fn only(&self, names: &[&str]) -> Address {
        let mut address = Address::of(&self.path);
        for &name in names {
            address.pairs.extend(
                self.get(name)
                    .map(|value| (name.to_owned(), value.to_owned())),
            );
        }
        address
    }

    /// The page alone: without an open menu or popup.
    pub fn page(&self) -> Address {
        self.without(ON_TOP)
    }

    /// The names and values, in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.pairs.is_empty() {
            return Ok(());
        }
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.pairs)
            .finish();
        write!(f, "?{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(query: &str) -> Address {
        Address::read(&Place {
            path: "/customers/active".into(),
            query: query.into(),
        })
        .expect("short")
    }

    #[test]
    fn what_opens_on_top_is_no_part_of_the_page() {
        let page = address("q=a+%26b&do=suspend&customer=cus_1&menu=x&size=25").page();
        assert_eq!(page.to_string(), "/customers/active?q=a+%26b&size=25");
    }

    #[test]
    fn untouched_fields_of_a_form_count_as_absent() {
        let address = address("q=&plan=&size=25");
        assert_eq!(address.get("q"), None);
        assert_eq!(
            address.with("sort", "name").to_string(),
            "/customers/active?size=25&sort=name"
        );
    }

    #[test]
    fn an_endless_query_is_not_read() {
        let place = Place {
            path: "/".into(),
            query: "q=".to_owned() + &"a".repeat(LONGEST),
        };
        assert_eq!(Address::read(&place), Err(TooLong));
    }
}
