//! Many forms at once.

use futures::future::join_all;
use reqwest::{Response, StatusCode};
use server::store::ListKind;

use crate::popups::{SUSPEND, popup, post};
use crate::support::{AGENT, Browser, MANAGER, OWNER, Panel, header, values};

const AT_ONCE: usize = 64;
/// Two people who race, as their colleagues know them.
const PAIR: [(&str, &str); 2] = [(OWNER, "Maria Keller"), (MANAGER, "Jonas Brandt")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_posts_of_one_form_do_it_once_and_are_answered_alike() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(AGENT).await;
    let customer = panel.an_active_customer().await;
    let address = format!("/customers/active?sort=name&do=suspend&customer={customer}");
    let fields = popup(&browser, &address, SUSPEND).await.unwrap();
    let before = panel.steps().await[0];
    let posts = (0..AT_ONCE).map(|_| {
        let (browser, address, fields) = (browser.clone(), address.clone(), fields.clone());
        tokio::spawn(async move { post(&browser, &address, &fields).await })
    });
    for answer in join_all(posts).await {
        let answer = answer.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let location = header(&answer, "location");
        assert_eq!(location, "/customers/active?sort=name#notice");
        assert_eq!(answer.text().await.unwrap(), "");
    }
    assert_eq!(panel.steps().await[0], before + 1, "one event");
    let page = browser.get("/customers/active?sort=name").await;
    let page = page.text().await.unwrap();
    let told = page.matches("is suspended: Payment overdue").count();
    assert_eq!(told, 1, "said once");
}

/// Both post at the same time. Answers who won and the page of the other one.
async fn pair(
    people: &[Browser],
    address: &str,
    forms: [Vec<(&str, String)>; 2],
) -> (usize, String) {
    let (one, two) = tokio::join!(
        post(&people[0], address, &forms[0]),
        post(&people[1], address, &forms[1])
    );
    let is_done = |answer: &Response| answer.status() == StatusCode::SEE_OTHER;
    let (winner, loser) = if is_done(&one) { (0, two) } else { (1, one) };
    assert_eq!(
        loser.status(),
        StatusCode::CONFLICT,
        "one wins, one is told"
    );
    (winner, loser.text().await.unwrap())
}

async fn two_people(panel: &Panel) -> Vec<Browser> {
    let mut people = Vec::new();
    for (email, _) in PAIR {
        people.push(panel.signed_in(email).await);
    }
    people
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_suspends_second_is_told_who_did_it_and_why() {
    let panel = Panel::start().await;
    let people = two_people(&panel).await;
    for customer in panel.customers(ListKind::Active).await.into_iter().take(8) {
        let address = format!("/customers/all?do=suspend&customer={customer}");
        let before = panel.steps().await[0];
        let one = popup(&people[0], &address, SUSPEND).await.unwrap();
        let two = popup(&people[1], &address, SUSPEND).await.unwrap();
        let (winner, page) = pair(&people, &address, [one, two]).await;
        let told = format!("Meanwhile {} suspended this customer", PAIR[winner].1);
        let refusal = page.split(&told).nth(1);
        let refusal = refusal.unwrap_or_else(|| panic!("{told}: {page}"));
        assert!(refusal.contains(": Payment overdue. Nothing of yours was applied"));
        assert_eq!(panel.steps().await[0], before + 1, "{customer}");
    }
}

/// The popup of a plan change, filled in with the choice at `place`.
async fn change(browser: &Browser, address: &str, place: usize) -> Vec<(&'static str, String)> {
    let page = browser.open(address).await.text().await.unwrap();
    let dialog = page.split("<dialog").nth(1).unwrap();
    let field = |name| (name, values(dialog, name).remove(0));
    let mut fields: Vec<_> = ["do", "customer", "key", "revision"].map(field).to_vec();
    let mut choices = values(dialog, "choice");
    fields.push(("choice", choices.remove(place % choices.len())));
    fields.extend(
        values(dialog, "over")
            .into_iter()
            .map(|over| ("over", over)),
    );
    fields
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_changes_the_plan_second_is_told_who_did_it() {
    let panel = Panel::start().await;
    let people = two_people(&panel).await;
    for customer in panel.customers(ListKind::Active).await.into_iter().take(8) {
        let address = format!("/customers/all?do=change&customer={customer}");
        let before = panel.steps().await[0];
        let one = change(&people[0], &address, 0).await;
        let two = change(&people[1], &address, 1).await;
        let (winner, page) = pair(&people, &address, [one, two]).await;
        let told = format!("Meanwhile {} moved this customer from", PAIR[winner].1);
        assert!(page.contains(&told), "{told}: {page}");
        assert_eq!(panel.steps().await[0], before + 1, "{customer}");
    }
}
