//! Who somebody is here: whoever they say. A real product asks for a password.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Request, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::page::{escaped, page};

const COOKIE: &str = "sample-customer=";

/// The customer that a request comes from.
pub fn customer(request: &Request) -> Option<String> {
    of(request.headers())
}

/// The customer that is signed in.
pub fn of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let cookies = cookies.filter_map(|cookies| cookies.to_str().ok());
    let mut cookies = cookies.flat_map(|cookies| cookies.split(';'));
    let found = cookies.find_map(|cookie| cookie.trim().strip_prefix(COOKIE))?;
    (!found.is_empty()).then(|| found.to_owned())
}

/// Choosing whom to be.
pub async fn entrance(State(customers): State<Arc<[String]>>) -> Response {
    let offers: String = customers
        .iter()
        .map(|customer| {
            let customer = escaped(customer);
            format!(
                "<button name=\"customer\" value=\"{customer}\">Open as <b>{customer}</b></button>"
            )
        })
        .collect();
    page(
        "Whose account?",
        &format!(
            "<p>This is the product that your customers use. Open it as one of them, suspend that customer in the panel, and \
             come back here.</p>\
             <form method=\"post\" action=\"/sign-in\" class=\"offers\">{offers}</form>\
             <form method=\"post\" action=\"/sign-in\"><label for=\"customer\">Any other customer, by external ID</label>\
             <span><input id=\"customer\" name=\"customer\" required maxlength=\"64\" autocomplete=\"off\"> \
             <button>Open</button></span></form>"
        ),
    )
}

#[derive(Debug, Deserialize)]
pub struct SignIn {
    customer: String,
}

/// From now on one is this customer.
pub async fn sign_in(Form(SignIn { customer }): Form<SignIn>) -> Response {
    let plain = |letter: char| letter.is_ascii_graphic() && !matches!(letter, ';' | ',' | '"');
    if customer.is_empty() || !customer.chars().all(plain) {
        return Redirect::to("/").into_response();
    }
    let cookie = format!("{COOKIE}{customer}; Path=/; HttpOnly; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], Redirect::to("/desk")).into_response()
}

/// Nobody any more.
pub async fn sign_out() -> Response {
    let cookie = format!("{COOKIE}; Path=/; Max-Age=0");
    ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
}
