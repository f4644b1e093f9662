//! The new state, painted as soon as somebody confirms: what the rules say stands there until the answer replaces it.

use leptos::prelude::*;

use super::{Hands, dom};
use crate::expect::Expected;
use crate::wire::{CustomerPage, Page, Row};

/// What was painted, and over what.
pub(super) struct Painted {
    customer: String,
    canvas: Canvas,
}

enum Canvas {
    /// A row of a list.
    Row {
        shown: RwSignal<Row>,
        was: Box<Row>,
        is: Box<Row>,
    },
    /// The customer's own page.
    Page {
        was: Box<CustomerPage>,
        is: Box<CustomerPage>,
    },
}

impl Hands {
    /// Paints what the filled-in popup will do, where its customer is shown.
    pub(super) fn paint(&self, customer: &str, fields: &[(String, String)]) -> Option<Painted> {
        let outlook = self.outlook.borrow();
        let expected = outlook.as_ref()?.foresee(fields)?;
        let canvas = match self.desk.row(customer) {
            Some(shown) => row(shown, &expected),
            None => self.customer_page(customer, &expected)?,
        };
        let painted = Painted {
            customer: customer.to_owned(),
            canvas,
        };
        self.show_painted(&painted);
        Some(painted)
    }

    fn customer_page(&self, customer: &str, expected: &Expected) -> Option<Canvas> {
        let was = self.desk.page.with_untracked(|page| match page {
            Ok(Page::Customer(page)) if page.row.id == customer => Some(page.clone()),
            _ => None,
        })?;
        let is = Box::new(expected.page(&was));
        Some(Canvas::Page { was, is })
    }

    fn show_painted(&self, painted: &Painted) {
        match &painted.canvas {
            Canvas::Row { shown, is, .. } => shown.set((**is).clone()),
            Canvas::Page { is, .. } => self.desk.page.set(Ok(Page::Customer(is.clone()))),
        }
        // Once it is drawn: a customer's page is drawn anew as a whole.
        let customer = painted.customer.clone();
        dom::once_drawn(Box::new(move || {
            if let Some(place) = dom::place_of(&customer) {
                dom::set(&place, "data-expected", "");
            }
        }));
    }

    /// It is done: what was painted is known now.
    pub(super) fn known(&self, painted: &Painted) {
        if let Some(place) = dom::place_of(&painted.customer) {
            dom::unset(&place, "data-expected");
        }
    }

    /// It was not done: what stood there before stands there again, unless something newer does.
    pub(super) fn take_back(&self, painted: Painted) {
        self.known(&painted);
        match painted.canvas {
            Canvas::Row { shown, was, is } => {
                if shown.try_with_untracked(|row| *row == *is) == Some(true) {
                    shown.set(*was);
                }
            }
            Canvas::Page { was, is } => {
                let still = self
                    .desk
                    .page
                    .with_untracked(|page| matches!(page, Ok(Page::Customer(page)) if *page == is));
                if still {
                    self.desk.page.set(Ok(Page::Customer(was)));
                }
            }
        }
    }
}

fn row(shown: RwSignal<Row>, expected: &Expected) -> Canvas {
    let was = Box::new(shown.get_untracked());
    let is = Box::new(expected.row(&was));
    Canvas::Row { shown, was, is }
}
