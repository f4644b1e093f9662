//! The page of API keys: for owners alone, a key shown once, and forms that answer for themselves.

use domain::time::DAY;
use reqwest::StatusCode;

use crate::support::{AGENT, Browser, MANAGER, OWNER, Panel, STRANGER, VIEWER, header, hidden};

const GATE: [(&str, &str); 9] = [
    ("do", "create"),
    ("name", "Gate <of> nginx"),
    ("scope", "gate"),
    ("way", "host"),
    ("place", "*.App.example.com"),
    ("mode", "observe"),
    ("unknown", "deny"),
    ("open", "/billing /export"),
    ("life", "90"),
];

/// The form with a key, and with other fields instead.
fn form<'a>(key: &'a str, instead: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = GATE
        .iter()
        .filter(|(name, _)| !instead.iter().any(|(other, _)| other == name));
    kept.chain(instead).copied().chain([("key", key)]).collect()
}

async fn page(browser: &Browser) -> String {
    let answer = browser.get("/keys").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(header(&answer, "cache-control"), "no-store");
    answer.text().await.unwrap()
}

/// The document without what it wakes up with.
pub fn seen(page: &str) -> String {
    let mut seen = String::new();
    for part in page.split("<script") {
        seen.push_str(
            part.split_once("</script>")
                .map_or(part, |(_, after)| after),
        );
    }
    seen
}

/// The key that a page shows, whole.
pub fn secret(page: &str) -> Option<String> {
    let (_, after) = page.split_once("data-copy=\"pp_live_")?;
    let (rest, _) = after.split_once('"')?;
    Some(format!("pp_live_{rest}"))
}

/// Makes a key; answers it and its identifier.
async fn make(browser: &Browser) -> (String, String) {
    let before = page(browser).await;
    let key = hidden(&before, "key").unwrap();
    let answer = browser.post("/keys", &form(&key, &[])).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let made = secret(&answer.text().await.unwrap()).expect("a key");
    let after = page(browser).await;
    let id = hidden(&after, "id").expect("an id");
    (made, id)
}

#[tokio::test]
async fn only_owners_see_keys_or_a_way_to_them() {
    let panel = Panel::start().await;
    for email in [MANAGER, AGENT, VIEWER] {
        let browser = panel.signed_in(email).await;
        let answer = browser.get("/keys").await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{email}");
        let list = browser.get("/customers/active").await;
        assert!(!list.text().await.unwrap().contains("href=\"/keys\""));
        let steps = panel.steps().await;
        let answer = browser.post("/keys", &form(&"0".repeat(32), &[])).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{email}");
        assert_eq!(panel.steps().await, steps);
    }
    let owner = panel.signed_in(OWNER).await;
    let list = owner.get("/customers/active").await;
    assert!(list.text().await.unwrap().contains("href=\"/keys\""));
    let empty = page(&owner).await;
    assert!(
        empty.contains("No API key yet")
            && empty.contains("<details class=\"new-key\" id=\"new\" open")
    );
}

#[tokio::test]
async fn a_key_is_shown_once_and_made_once() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    let key = hidden(&page(&owner).await, "key").unwrap();
    let steps = panel.steps().await;
    let answer = owner.post("/keys", &form(&key, &[])).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(header(&answer, "cache-control"), "no-store");
    let shown = answer.text().await.unwrap();
    let made = secret(&shown).expect("the key");
    assert!(shown.contains("Your new key"));
    assert_ne!(panel.steps().await, steps, "it is in the log");

    let later = page(&owner).await;
    assert!(!later.contains(&made));
    for fact in [
        &made[..16],
        "Gate &lt;of&gt; nginx",
        "In the host name, before .app.example.com",
        "Come in, and the answer says that they would not",
        "/billing, /export",
        "Never",
    ] {
        assert!(later.contains(fact), "{fact}");
    }
    let again = owner.post("/keys", &form(&key, &[])).await;
    let again = again.text().await.unwrap();
    assert!(again.contains("This key was made already") && secret(&again).is_none());
    let other = owner.post("/keys", &form(&key, &[("name", "Other")])).await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page(&owner).await.matches("<article").count(), 1);

    let activity = owner.get("/activity").await.text().await.unwrap();
    assert!(activity.contains("Maria Keller made an API key"));
    assert!(activity.contains(&format!("Gate &lt;of&gt; nginx, {}…", &made[..16])));
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_what_was_typed_stays() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    let steps = panel.steps().await;
    let long = "x".repeat(61);
    for (field, value, sentence) in [
        ("name", "  ", "A name has 1 to 60 characters."),
        ("name", long.as_str(), "A name has 1 to 60 characters."),
        ("scope", "everything", "Choose one of these."),
        ("way", "cookie", "Choose one of these."),
        ("place", "localhost", "is not the end of a host name"),
        ("mode", "", "Choose one of these."),
        ("unknown", "maybe", "Choose one of these."),
        ("open", "/billing /", "/ alone would keep everything open."),
        ("open", "/a/../b", "is not the beginning of a path"),
        ("life", "731", "Choose one of these."),
    ] {
        let key = "0".repeat(32);
        let answer = owner.post("/keys", &form(&key, &[(field, value)])).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let page = seen(&answer.text().await.unwrap());
        let (_, at) = page
            .split_once(&format!("id=\"e-{field}\""))
            .unwrap_or_else(|| panic!("{field}: no sentence"));
        let (at, _) = at.split_once("</p>").unwrap();
        assert!(at.contains(sentence), "{field}={value}: {at}");
        if field != "open" {
            assert!(page.contains("value=\"/billing /export\""), "{field}");
        }
    }
    let without: Vec<_> = form("00000000000000000000000000000000", &[])
        .into_iter()
        .filter(|(name, _)| *name != "scope")
        .collect();
    let answer = owner.post("/keys", &without).await;
    let page = answer.text().await.unwrap();
    assert!(page.contains("Choose at least one thing"));
    for broken in [
        &[("do", "create"), ("key", "short")][..],
        &[
            ("do", "everything"),
            ("key", "00000000000000000000000000000000"),
        ],
        &[
            ("do", "revoke"),
            ("id", "key_0"),
            ("key", "00000000000000000000000000000000"),
        ],
    ] {
        let answer = owner.post("/keys", broken).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{broken:?}");
    }
    assert_eq!(panel.steps().await, steps);
}

#[tokio::test]
async fn a_key_is_replaced_and_revoked() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    let (old, id) = make(&owner).await;
    let rotate = |key: &'static str| {
        [
            ("do", "rotate"),
            ("id", id.as_str()),
            ("name", &old[..16]),
            ("overlap", "24"),
            ("key", key),
        ]
    };
    let answer = owner
        .post("/keys", &rotate("00000000000000000000000000000001"))
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    let shown = answer.text().await.unwrap();
    let new = secret(&shown).expect("a new key");
    assert_ne!(new, old);
    assert!(shown.contains(&format!("The old one, {}…, is good until", &old[..16])));
    let again = owner
        .post("/keys", &rotate("00000000000000000000000000000002"))
        .await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let again = again.text().await.unwrap();
    assert!(again.contains("This key has a successor already."));

    let revoke = [
        ("do", "revoke"),
        ("id", id.as_str()),
        ("key", "00000000000000000000000000000003"),
    ];
    let answer = owner.post("/keys", &revoke).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(header(&answer, "location"), "/keys#notice");
    let later = page(&owner).await;
    assert!(later.contains("is revoked. Nothing that shows it gets an answer any more."));
    assert!(later.contains("1 key that has ended"));
}

#[tokio::test]
async fn keys_of_another_partner_look_like_none() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    let (_, id) = make(&owner).await;
    let stranger = panel.signed_in(STRANGER).await;
    let steps = panel.steps().await;
    for id in [id.as_str(), "key_00000000000000000000000000"] {
        for what in ["rotate", "revoke"] {
            let form = [
                ("do", what),
                ("id", id),
                ("overlap", "0"),
                ("key", "00000000000000000000000000000004"),
            ];
            let answer = stranger.post("/keys", &form).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{what}");
        }
    }
    assert_eq!(panel.steps().await, steps);
    assert!(!page(&stranger).await.contains("<article"));
}

#[tokio::test]
async fn a_key_that_ends_soon_is_said() {
    let panel = Panel::start().await;
    let owner = panel.signed_in(OWNER).await;
    make(&owner).await;
    assert!(page(&owner).await.contains("Good"));
    panel.clock.advance(80 * DAY);
    let owner = panel.signed_in(OWNER).await;
    assert!(page(&owner).await.contains("Ends in 10 days: replace it"));
    panel.clock.advance(11 * DAY);
    let owner = panel.signed_in(OWNER).await;
    assert!(page(&owner).await.contains("No API key yet"));
}
