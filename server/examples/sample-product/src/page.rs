//! How every page of the sample product looks.

use axum::response::{Html, IntoResponse, Response};

const STYLE: &str = "\
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
body{margin:0;background:light-dark(#f4f1ea,#191713);color:light-dark(#2a2620,#eee9df)}\
main{max-inline-size:34rem;margin:12vh auto;padding:0 16px}\
header{display:flex;gap:10px;align-items:center;font-weight:600}\
header::before{content:'';inline-size:22px;block-size:22px;border-radius:50% 50% 4px;background:#c2571a}\
h1{font-size:1.6rem;line-height:1.2;margin:24px 0 8px}\
form,.offers{display:grid;gap:8px;margin-block:16px}nav{display:flex;gap:16px;align-items:center}\
button,input{font:inherit;padding:8px 14px;border-radius:8px;border:1px solid light-dark(#8a8172,#7d7566);\
background:light-dark(#fff,#25221d);color:inherit;text-align:start;min-block-size:44px;box-sizing:border-box}\
button{cursor:pointer}a{color:light-dark(#9a3f0c,#f0a06c)}\
dl{display:grid;grid-template-columns:auto 1fr;gap:6px 24px;margin-block:20px}dt{opacity:.8}dd{margin:0}";

/// A page.
pub fn page(title: &str, inside: &str) -> Response {
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title} · Sample product</title><style>{STYLE}</style></head>\
         <body><main><header>Sample product</header><h1>{title}</h1>{inside}</main></body></html>"
    ))
    .into_response()
}

/// Text as it may stand in markup.
pub fn escaped(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '"' => "&quot;".to_owned(),
            other => other.to_string(),
        })
        .collect()
}
