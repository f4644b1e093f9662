//! The stream of events: what happens is told at once, in order, each thing once, to whom it concerns.

use std::time::Duration;

use domain::{Actor, Command, CustomerId, Reason, Suspend, Timestamp};
use reqwest::{Response, StatusCode};
use server::commands::{Order, execute};
use server::ids::OsIds;
use server::store::{ListKind, ListQuery};

use crate::support::{AGENT, Browser, MANAGER, OWNER, Panel, STRANGER, header};

/// So long a test waits for what should come in a moment.
const PATIENCE: Duration = Duration::from_secs(60);

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: String,
    pub name: String,
    pub data: String,
}

/// An open stream, read as a browser does.
pub struct Stream {
    response: Response,
    read: String,
}

impl Stream {
    pub async fn open(browser: &Browser, address: &str, last: Option<&str>) -> Stream {
        let mut request = browser.request(reqwest::Method::GET, address);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "content-type"), "text/event-stream");
        assert_eq!(header(&response, "content-encoding"), "");
        Stream {
            response,
            read: String::new(),
        }
    }

    /// The next event; none when the stream ended.
    async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some((block, rest)) = self.read.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.read = rest;
                let field = |name: &str| {
                    let found = block.lines().find_map(|line| line.strip_prefix(name));
                    found.unwrap_or_default().trim_start().to_owned()
                };
                if !field("event:").is_empty() {
                    return Some(Event {
                        id: field("id:"),
                        name: field("event:"),
                        data: field("data:"),
                    });
                }
            }
            let chunk = self.chunk().await?;
            self.read.push_str(&chunk);
        }
    }

    /// What comes next as it comes; none when the stream ended.
    async fn chunk(&mut self) -> Option<String> {
        let chunk = tokio::time::timeout(PATIENCE, self.response.chunk());
        let chunk = chunk.await.expect("news in time").unwrap()?;
        Some(String::from_utf8(chunk.to_vec()).unwrap())
    }

    /// The next event that is no sign of life; on a slow machine there may be one before.
    pub async fn news(&mut self) -> Event {
        let news = async {
            loop {
                let event = self.next().await.expect("a stream that goes on");
                if event.name != "beat" {
                    return event;
                }
            }
        };
        let told = tokio::time::timeout(PATIENCE, news).await;
        told.expect("nothing was told")
    }
}

/// When a suspension begins and ends; now and never, unless told.
#[derive(Default)]
struct Term {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

/// Suspends without the panel knowing of it, as another process does.
async fn suspend(panel: &Panel, partner: usize, customer: &CustomerId, term: Term) {
    let partner = panel.partners().await.remove(partner);
    let mut tx = panel.store.read().await.unwrap();
    let account = tx.account(&partner, customer).await.unwrap();
    drop(tx);
    let order = Order {
        partner,
        actor: Actor::Operator,
        customer: customer.clone(),
        command: Command::Suspend(Suspend {
            reason: Reason::Operator,
            note: None,
            customer_message: None,
            starts_at: term.from,
            until: term.until,
            expect_access_revision: account.access_revision,
        }),
        key: None,
    };
    execute(&panel.store, &*panel.clock, &OsIds, order)
        .await
        .unwrap();
}

/// Where the log of the first partner stands.
pub async fn position(panel: &Panel) -> String {
    let epoch = panel.store.stream_epoch(&OsIds).await.unwrap();
    format!("{epoch}-{}", panel.steps().await[0])
}

async fn stream(panel: &Panel) -> Stream {
    let browser = panel.signed_in(OWNER).await;
    let address = format!("/live?after={}", position(panel).await);
    Stream::open(&browser, &address, None).await
}

#[tokio::test]
async fn a_change_is_told_with_how_it_stands_now_who_did_it_and_the_counts() {
    let panel = Panel::start().await;
    let customer = panel.customers(ListKind::Active).await.remove(0);
    let mut stream = stream(&panel).await;
    suspend(&panel, 0, &customer, Term::default()).await;
    let told = stream.news().await;
    let counts = {
        let partner = panel.partners().await.remove(0);
        let mut tx = panel.store.read().await.unwrap();
        tx.partner(&partner).await.unwrap().counts
    };
    assert_eq!(
        told.data,
        format!(
            "{customer} suspended operator {} {} {}",
            counts.active,
            counts.suspended,
            counts.all()
        )
    );
    assert_eq!(
        (told.name.as_str(), told.id),
        ("change", position(&panel).await)
    );
}

#[tokio::test]
async fn what_happened_between_the_page_and_its_stream_is_told_once() {
    let panel = Panel::start().await;
    let customers = panel.customers(ListKind::Active).await;
    let read_at = position(&panel).await;
    suspend(&panel, 0, &customers[0], Term::default()).await;
    suspend(&panel, 0, &customers[1], Term::default()).await;
    let browser = panel.signed_in(OWNER).await;
    let address = format!("/live?after={read_at}");
    let mut stream = Stream::open(&browser, &address, None).await;
    suspend(&panel, 0, &customers[2], Term::default()).await;
    let mut told = Vec::new();
    for _ in 0..3 {
        told.push(stream.news().await);
    }
    let whose: Vec<_> = told
        .iter()
        .map(|event| event.data.split(' ').next().unwrap_or_default().to_owned())
        .collect();
    let expected: Vec<_> = customers[..3].iter().map(CustomerId::to_string).collect();
    assert_eq!(whose, expected);

    // The browser's own header counts more than the address, which is as old as the page.
    let mut again = Stream::open(&browser, &address, Some(&told[1].id)).await;
    assert_eq!(again.news().await.data, told[2].data);
}

#[tokio::test]
async fn a_position_of_another_history_or_none_means_to_look_again() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(OWNER).await;
    for address in [
        "/live",
        "/live?after=",
        "/live?after=nonsense",
        "/live?after=0123456789abcdef-1",
    ] {
        let mut stream = Stream::open(&browser, address, None).await;
        let told = stream.news().await;
        assert_eq!(
            (told.name.as_str(), told.id),
            ("resync", position(&panel).await),
            "{address}"
        );
    }
}

#[tokio::test]
async fn a_planned_start_and_a_planned_end_are_told_when_they_come() {
    let panel = Panel::start().await;
    let customer = panel.customers(ListKind::Active).await.remove(0);
    let mut stream = stream(&panel).await;
    let term = Term {
        from: Some(panel.now().plus_millis(60_000)),
        until: Some(panel.now().plus_millis(180_000)),
    };
    suspend(&panel, 0, &customer, term).await;
    for (passes, state) in [
        (0, "active operator"),
        (60_000, "suspended system"),
        (120_000, "active system"),
    ] {
        panel.clock.advance(passes);
        let told = stream.news().await;
        let expected = format!("{customer} {state} ");
        assert!(told.data.starts_with(&expected), "{told:?}");
    }
}

#[tokio::test]
async fn another_partner_hears_nothing_of_it() {
    let panel = Panel::start().await;
    let theirs = panel.signed_in(STRANGER).await;
    let mut stream = Stream::open(&theirs, "/live", None).await;
    assert_eq!(stream.news().await.name, "resync");
    let customer = panel.customers(ListKind::Active).await.remove(0);
    suspend(&panel, 0, &customer, Term::default()).await;
    let partners = panel.store.read().await.unwrap().partners().await.unwrap();
    let theirs = partners
        .iter()
        .position(|partner| partner.profile.name.starts_with("Harbour"))
        .unwrap();
    let own = {
        let mut tx = panel.store.read().await.unwrap();
        let query = ListQuery::new(ListKind::Active);
        let page = tx.customers(&partners[theirs].id, &query).await.unwrap();
        page.rows[0].id.clone()
    };
    suspend(&panel, theirs, &own, Term::default()).await;
    let told = stream.news().await;
    assert!(told.data.starts_with(&own.to_string()), "{}", told.data);
}

#[tokio::test]
async fn an_ended_session_ends_its_stream() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(AGENT).await;
    let mut stream = Stream::open(&browser, "/live", None).await;
    assert_eq!(stream.news().await.name, "resync");
    browser.post("/sign-out", &[]).await;
    assert_eq!(stream.news().await.name, "bye");
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn a_stream_without_news_says_that_it_is_alive_and_how_far_it_has_told() {
    let panel = Panel::start().await;
    let customer = panel.customers(ListKind::Active).await.remove(0);
    let nearly = tokio::spawn(tokio::time::sleep(Duration::from_secs(29)));
    let mut stream = stream(&panel).await;
    suspend(&panel, 0, &customer, Term::default()).await;
    let told = stream.news().await;
    for _ in 0..2 {
        let beat = stream.next().await.unwrap();
        assert_eq!((beat.name.as_str(), beat.data.as_str()), ("beat", ""));
        assert_eq!(beat.id, told.id);
    }
    // Every 15 s, which a slow machine can only make longer; whoever waits for one has given up after 60.
    assert!(nearly.is_finished());
}

#[tokio::test]
async fn somebody_whose_role_has_changed_comes_again_with_the_new_one() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(MANAGER).await;
    let mut stream = Stream::open(&browser, "/live", None).await;
    assert_eq!(stream.news().await.name, "resync");
    let user = {
        let mut tx = panel.store.read().await.unwrap();
        tx.user_by_email(MANAGER).await.unwrap().unwrap()
    };
    let user = server::store::User {
        role: domain::Role::Viewer,
        ..user
    };
    panel.store.set_user(user).await.unwrap();
    assert_eq!(stream.news().await.name, "bye");
    assert_eq!(stream.next().await, None);
    let mut stream = Stream::open(&browser, "/live", None).await;
    assert_eq!(stream.news().await.name, "resync");
}

#[tokio::test]
async fn not_all_come_again_at_once_when_their_streams_were_cut() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(OWNER).await;
    let mut waits = Vec::new();
    for _ in 0..16 {
        let mut stream = Stream::open(&browser, "/live", None).await;
        let said = stream.chunk().await.unwrap();
        let wait = said
            .strip_prefix("retry: ")
            .and_then(|rest| rest.split_once('\n'));
        waits.push(wait.expect(&said).0.parse::<u64>().unwrap());
    }
    assert!(
        waits.iter().all(|wait| (1_000..=2_000).contains(wait)),
        "{waits:?}"
    );
    waits.sort_unstable();
    waits.dedup();
    // By chance alone some may agree, all sixteen never.
    assert!(waits.len() > 1, "{waits:?}");
}

#[tokio::test]
async fn a_panel_that_stops_ends_its_streams_at_once() {
    let mut panel = Panel::start().await;
    let browser = panel.signed_in(MANAGER).await;
    let mut stream = Stream::open(&browser, "/live", None).await;
    assert_eq!(stream.news().await.name, "resync");
    let (ended, ()) = tokio::join!(stream.next(), panel.stop());
    assert_eq!(ended, None);
}
