//! Clients that change plans one after the other, and remember what they were told.

use domain::{CustomerId, Terms};
use reqwest::{StatusCode, redirect};
use server::ids::{Ids as _, OsIds};

use super::journal::Journal;

/// A change with its form.
struct Change {
    /// Its name, which also stands in its note.
    tag: String,
    form: Vec<(&'static str, String)>,
}

/// Somebody who works on one customer.
pub struct Client {
    number: usize,
    customer: CustomerId,
    /// The two plans that the customer goes to in turn.
    plans: [Terms; 2],
    cookie: String,
    /// The plan's revision as of the last answer.
    revision: u64,
    /// Sent and not answered yet.
    open: Option<Change>,
}

impl Client {
    pub fn new(number: usize, customer: CustomerId, plans: [Terms; 2], secret: &str) -> Self {
        Self {
            number,
            customer,
            plans,
            cookie: format!("panel={secret}"),
            revision: 1,
            open: None,
        }
    }

    /// Changes the plan again and again until nobody answers.
    pub async fn work(&mut self, origin: &str, journal: &Journal) {
        let http = http();
        while self.change(&http, origin, journal).await.is_some() {}
    }

    /// Sends what was not answered once more; the same form with the same key.
    pub async fn ask_again(&mut self, origin: &str, journal: &Journal) {
        if self.open.is_some() {
            self.change(&http(), origin, journal).await.unwrap();
        }
    }

    /// None when nobody answers.
    async fn change(
        &mut self,
        http: &reqwest::Client,
        origin: &str,
        journal: &Journal,
    ) -> Option<()> {
        let change = match self.open.take() {
            Some(change) => change,
            None => self.next(),
        };
        let change = self.open.insert(change);
        let answer = http
            .post(format!("{origin}/customers/all"))
            .header("cookie", &self.cookie)
            .form(&change.form)
            .send()
            .await
            .ok()?;
        let status = answer.status();
        let page = answer.text().await.ok()?;
        match status {
            StatusCode::SEE_OTHER => {
                journal.acknowledged(&change.tag);
                self.open = None;
                self.revision += 1;
            }
            // Told that it is not saved: sent again.
            StatusCode::SERVICE_UNAVAILABLE => {}
            // What stands before the panel is still there, the panel is not.
            StatusCode::BAD_GATEWAY => return None,
            status => panic!("{}: {status}: {page}", change.tag),
        }
        Some(())
    }

    fn next(&self) -> Change {
        let terms = &self.plans[self.revision as usize % 2];
        let tag = format!("[{}:{}]", self.number, self.revision);
        let choice = format!("{}.{}.{}", terms.plan, terms.version.0, terms.cycle.code());
        let form = vec![
            ("do", "change".to_owned()),
            ("customer", self.customer.to_string()),
            ("key", OsIds.key()),
            ("revision", self.revision.to_string()),
            ("choice", choice),
            ("note", tag.clone()),
        ];
        Change { tag, form }
    }
}

fn http() -> reqwest::Client {
    let builder = reqwest::Client::builder().redirect(redirect::Policy::none());
    builder.build().unwrap()
}
