//! What is answered to what no browser of ours would send.

use crate::support::{Browser, OWNER, PASSWORD, Panel, header};
use reqwest::{Method, StatusCode};
use server::store::ListKind;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const CUSTOMERS: &str = "/customers/active";

#[tokio::test]
async fn broken_requests_get_a_readable_page() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(OWNER).await;
    let customer = panel.customers(ListKind::Active).await.remove(0);
    let before = panel.steps().await;
    let form = |body: &str| {
        let request = browser
            .request(Method::POST, CUSTOMERS)
            .body(body.to_owned());
        request.header("content-type", "application/x-www-form-urlencoded")
    };
    let big = format!("do=suspend&customer={customer}&note={}", "x".repeat(70_000));
    let many = "a=b&".repeat(500);
    let requests = [
        form(""),
        form("do"),
        form("%%%=%00&&&=&"),
        form("do=suspend"),
        form("do=nothing&customer=x"),
        form(&big),
        form(&many),
        form(&format!("do=suspend&customer={customer}")),
        form(&format!(
            "do=suspend&customer={customer}&key=short&revision=1&reason=payment_overdue"
        )),
        form(&format!(
            "do=suspend&customer={customer}&key=0123456789abcdef&revision=many&reason=payment_overdue"
        )),
        form(&format!(
            "do=suspend&customer={customer}&key=0123456789abcdef&revision=1&reason=%00"
        )),
        form(&format!(
            "do=change&customer={customer}&key=0123456789abcdef&revision=1&choice=nothing"
        )),
        form("do=undo&customer=%F0%9F%98%80&command=1&revision=-1&key=%0a"),
        browser
            .request(Method::POST, CUSTOMERS)
            .body("{\"do\":\"suspend\"}")
            .header("content-type", "application/json"),
        browser.request(Method::POST, CUSTOMERS).body("x"),
        browser.request(Method::POST, "/sign-in").body("x"),
        browser.request(Method::PUT, CUSTOMERS),
        browser.request(Method::DELETE, "/"),
        browser.request(Method::POST, "/nowhere"),
        browser.request(Method::GET, "/sign-out"),
        browser.request(Method::GET, "/customers/nobody"),
        browser.request(Method::GET, "/customers/%00"),
        browser.request(Method::GET, "/customers/%ff%fe"),
        browser.request(Method::GET, "/brand/xyz.css"),
        browser.request(Method::GET, "/pkg/../manifest.json"),
        browser.request(Method::GET, "/manifest.json"),
        browser.request(Method::GET, "/customers/by-external-id/%2e%2e%2f%00"),
        browser.request(Method::GET, "/%ff"),
    ];
    for request in requests {
        let told = format!("{request:?}");
        let answer = request.send().await.unwrap();
        let status = answer.status();
        assert!(status.is_client_error(), "{status} to {told}");
        assert!(
            header(&answer, "content-type").starts_with("text/html"),
            "{told}"
        );
        let page = answer.text().await.unwrap();
        assert!(
            page.contains("<h1") || page.contains("<h2"),
            "{told}: {page}"
        );
        for leak in ["panicked", "src/", ".rs:", "sqlx", "backtrace", "rejection"] {
            assert!(!page.contains(leak), "{leak} to {told}");
        }
    }
    assert_eq!(panel.steps().await, before);
}

#[tokio::test]
async fn absurd_queries_never_break_a_page() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(OWNER).await;
    let customer = panel.customers(ListKind::Active).await.remove(0);
    let long = format!("q={}", "x".repeat(10_000));
    let queries = [
        "sort=nothing",
        "sort=-desc",
        "size=0",
        "size=-1",
        "size=99999999999999999999",
        "after=x",
        "before=%00",
        "after=a&before=b",
        "plan=none",
        "usage=most",
        "reason=because",
        "q=%00",
        "q=%ff",
        "q=%25%5f%22*%22%20OR%201",
        "q=%F0%9F%98%80",
        "menu=x",
        "do=suspend",
        "do=x&customer=y",
        "do=suspend&customer=%00",
        "do=change&do=suspend&customer=x",
        "&&&",
        "=",
        "%",
        "a[]=b",
        "do=undo&customer=x&command=y",
        &long,
    ];
    for path in [
        "/customers/active",
        "/customers/suspended",
        "/customers/all",
        "/activity",
        &format!("/customers/{customer}"),
    ] {
        for query in queries {
            let answer = browser.open(&format!("{path}?{query}")).await;
            let status = answer.status();
            let told = &query[..query.len().min(40)];
            assert!(
                status.is_success() || status.is_client_error(),
                "{status} to {path}?{told}"
            );
            assert!(
                answer.text().await.unwrap().contains("</html>"),
                "{path}?{told}"
            );
        }
    }
    for query in [
        "day=2026-02-31",
        "day=x",
        "kind=x",
        "person=x",
        "before=-1",
        "after=18446744073709551616",
    ] {
        let status = browser.get(&format!("/activity?{query}")).await.status();
        assert!(
            status.is_success() || status.is_client_error(),
            "{status} to {query}"
        );
    }
}

#[tokio::test]
async fn what_is_hardly_http_does_no_harm() {
    let panel = Panel::start().await;
    let raw = async |text: &str| {
        let mut stream = TcpStream::connect(panel.addr).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let reading = stream.read_to_end(&mut answer);
        let _ = tokio::time::timeout(std::time::Duration::from_secs(5), reading).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    for text in [
        "nonsense\r\n\r\n".to_owned(),
        "GET /sign-in HTTP/1.1\r\nHost: a b[\r\nConnection: close\r\n\r\n".to_owned(),
        "GET http://[bad/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
        "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".to_owned(),
        "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "y".repeat(100_000)),
        "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n".to_owned(),
    ] {
        let answer = raw(&text).await;
        assert!(!answer.contains(" 500 ") && !answer.contains("panicked"), "{answer}");
    }
    let cookie = Browser::new(&panel).sign_in(OWNER, PASSWORD).await;
    let cookie = header(&cookie, "set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    for host in ["x y", "[", "a:99999999", "%%%", "<script>"] {
        let answer =
            raw(&format!("GET {CUSTOMERS} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nX-Forwarded-Proto: <\r\nConnection: close\r\n\r\n"))
                .await;
        assert!(
            answer.starts_with("HTTP/1.1 200") || answer.starts_with("HTTP/1.1 400"),
            "{host}: {}",
            &answer[..60.min(answer.len())]
        );
        assert!(!answer.contains("<script>/"), "{host}");
    }
    assert_eq!(
        Browser::new(&panel).get("/health").await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_page_of_another_release_is_told_so() {
    let panel = Panel::start().await;
    let browser = panel.signed_in(OWNER).await;
    let answer = browser.post("/_/0123456789abcdef/load_page", &[]).await;
    assert_eq!(answer.status(), StatusCode::GONE);
    assert_eq!(answer.bytes().await.unwrap().len(), 0);
}

#[tokio::test]
async fn names_are_never_markup() {
    let panel = Panel::start().await;
    let partner = panel.partners().await.remove(0);
    let evil = "</title><script>alert(1)</script><b title='\"x";
    let mut profile = panel
        .store
        .read()
        .await
        .unwrap()
        .partner(&partner)
        .await
        .unwrap()
        .profile;
    profile.name = evil.to_owned();
    panel.store.set_partner(partner, profile).await.unwrap();
    let mut user = panel
        .store
        .read()
        .await
        .unwrap()
        .user_by_email(OWNER)
        .await
        .unwrap()
        .unwrap();
    user.name = evil.to_owned();
    panel.store.set_user(user).await.unwrap();
    let browser = panel.signed_in(OWNER).await;
    for path in [
        CUSTOMERS,
        "/activity",
        "/customers/active?q=%3C/title%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/nowhere",
    ] {
        let page = browser.get(path).await.text().await.unwrap();
        assert!(
            page.contains("&lt;script&gt;alert(1)"),
            "{path} shows the name"
        );
        assert!(
            !page.contains("<script>alert(1)") && !page.contains("<b title="),
            "{path}: {page}"
        );
    }
}
