//! Every rejection: the rule, the customer, who asks for what, and the exact answer. A refusal changes nothing.

#[macro_use]
mod case;

mod access;
mod anybody;
mod change;
mod complete;
mod order;
mod rollback;
mod undo;
