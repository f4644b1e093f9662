//! Asks Partner Panel before each request whether the customer may come in. For axum 0.8 with reqwest 0.13.
//!
//! ```ignore
//! let key = "pp_live_YOUR_KEY".to_owned();
//! let gate = Gate::new("https://panel.example.com", key, customer_of_the_session)?;
//! let app = Router::new()
//!     .route("/", get(home))
//!     .layer(middleware::from_fn_with_state(gate, guard));
//! ```

use std::time::Duration;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Finds who a request comes from: the external id that the panel knows the customer by.
pub type CustomerOf = fn(&Request) -> Option<String>;

/// The panel, and how to ask it.
#[derive(Clone)]
pub struct Gate {
    address: String,
    key: String,
    customer: CustomerOf,
    client: reqwest::Client,
}

impl Gate {
    /// A gate that asks the panel at this address, with a key whose customers are found by the header `X-Account`.
    ///
    /// # Errors
    /// When there can be no client on this machine.
    pub fn new(panel: &str, key: String, customer: CustomerOf) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(2));
        Ok(Self {
            address: format!("{}/gate", panel.trim_end_matches('/')),
            key,
            customer,
            client: client.build()?,
        })
    }

    fn question(&self, customer: &str, request: &Request) -> reqwest::RequestBuilder {
        let mut question = self
            .client
            .get(&self.address)
            .bearer_auth(&self.key)
            .header("X-Account", customer)
            .header("X-Forwarded-Method", request.method().as_str())
            .header(
                "X-Forwarded-Uri",
                request
                    .uri()
                    .path_and_query()
                    .map_or("/", |uri| uri.as_str()),
            );
        // So that a suspended customer gets a page in their language, and a program something that it can read.
        for name in [header::ACCEPT, header::ACCEPT_LANGUAGE] {
            if let Some(value) = request.headers().get(&name) {
                question = question.header(name, value);
            }
        }
        question
    }
}

/// The middleware. What it lets through carries plan and limits in headers of the panel.
pub async fn guard(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let Some(customer) = (gate.customer)(&request) else {
        return (StatusCode::UNAUTHORIZED, "Sign in first.\n").into_response();
    };
    let answer = gate.question(&customer, &request).send().await;
    // Nobody but the panel speaks for the panel.
    replace(request.headers_mut(), None);
    match answer {
        Ok(answer) if answer.status() == StatusCode::NO_CONTENT => {
            replace(request.headers_mut(), Some(answer.headers()));
            next.run(request).await
        }
        Ok(answer) if answer.status() == StatusCode::FORBIDDEN => refusal(answer).await,
        // A wrong key, or a panel that cannot be asked: nobody comes in unseen.
        Ok(_) | Err(_) => unknown(),
    }
}

/// The panel's own page for the customer, as it is.
async fn refusal(answer: reqwest::Response) -> Response {
    let headers = answer.headers().clone();
    let Ok(page) = answer.bytes().await else {
        return unknown();
    };
    let mut response = (StatusCode::FORBIDDEN, page).into_response();
    for name in [
        header::CONTENT_TYPE,
        header::CONTENT_LANGUAGE,
        header::CONTENT_SECURITY_POLICY,
        header::CACHE_CONTROL,
        header::REFRESH,
    ] {
        if let Some(value) = headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

fn unknown() -> Response {
    let text =
        "It cannot be checked at the moment whether this account may be used. Try again shortly.\n";
    (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
}

/// Puts the panel's headers in the place of those that a client has sent under the same names.
fn replace(headers: &mut HeaderMap, with: Option<&HeaderMap>) {
    let of_panel = |name: &header::HeaderName| name.as_str().starts_with("x-panel-");
    let sent: Vec<_> = headers
        .keys()
        .filter(|name| of_panel(name))
        .cloned()
        .collect();
    for name in sent {
        headers.remove(name);
    }
    for (name, value) in with
        .into_iter()
        .flatten()
        .filter(|(name, _)| of_panel(name))
    {
        headers.insert(name, value.clone());
    }
}
