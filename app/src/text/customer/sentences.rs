//! The sentences for customers. A translation has every one of them, or does not compile.

/// Declares sentences as the catalogue's other ones, and what a translation of them all consists of.
macro_rules! customer_sentences {
    ($($name:ident ( $($argument:ident),* ) = $english:literal;)+) => {
        $crate::text::sentences::sentences! {
            pub(in crate::text) $($name($($argument),*) = $english;)+
        }

        impl super::CustomerSay {
            $(
                #[doc = concat!("“", $english, "”")]
                pub fn $name(&self, $($argument: impl Into<$crate::text::Arg>),*) -> String {
                    self.0.$name($($argument),*)
                }
            )+
        }

        /// The sentences for customers in one language.
        #[derive(Debug, PartialEq, Eq)]
        pub struct Translation {
            /// Its BCP 47 tag.
            pub tag: &'static str,
            /// `ltr` or `rtl`.
            pub direction: &'static str,
            $(pub $name: &'static str,)+
        }

        impl Translation {
            /// The template for a key of the catalogue; none for what customers do not read.
            pub fn template(&self, key: &str) -> Option<&'static str> {
                match key {
                    $(stringify!($name) => Some(self.$name),)+
                    _ => None,
                }
            }
        }
    };
}

customer_sentences! {
    months() = "January February March April May June July August September October November December";
    date(day, month, year) = "{day} {month} {year}";
    date_and_time(date, time) = "{date}, {time}";

    account_suspended() = "Your account is suspended";
    account_closed() = "Your account is closed";
    no_access() = "You cannot come in here now";
    suspended_data_safe() = "Your data is safe; nothing has been deleted.";
    suspended_account() = "Account";
    suspended_since() = "Since";
    suspended_until() = "Until";
    suspended_reference() = "Reference";
    suspended_moment(when, zone) = "{when} ({zone})";
    suspended_pay() = "Pay";
    suspended_contact(partner) = "Contact {partner}";
    suspended_returns() = "As soon as access is back, this page leads on to what you asked for.";

    message_payment_overdue() = "Your account is paused because a payment is overdue. Please settle it or write to us.";
    message_fraud() = "Your account is paused while we look into a payment. Please write to us.";
    message_terms() = "Your account is paused because our terms of use were not kept. Please write to us.";
    message_security() = "Your account is paused to protect it. Please write to us, and we will open it again together.";
    message_asked() = "Your account is paused, as you asked. Write to us when you want to use it again.";
    message_other() = "Your account is paused. Please write to us.";
}
