//! The demo: as large and as varied as promised, the same every time, and exactly what its log says.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cases;
mod filled;
mod promise;
mod start;
