//! The frame around every page.

use app::error::PanelError;
use app::text::Say;
use app::wire::{ListKind, Nav, NavItem, Notice, Shell};
use domain::Permission;

use super::words::Context;
use super::{Banner, Panel};

impl Panel {
    pub(super) async fn answer_shell(&self) -> Result<Shell, PanelError> {
        // Before a snapshot begins, which holds a connection.
        let notice = self.waiting_notice().await?;
        let (tx, context) = self.open(Permission::View).await?;
        drop(tx);
        let say = &context.say;
        let profile = &context.partner.profile;
        Ok(Shell {
            partner: profile.name.clone(),
            brand_css: format!("/brand/{}.css", profile.brand_color),
            language: say.words_language().to_owned(),
            direction: say.direction().to_owned(),
            time_zone: say.zone_name().to_owned(),
            user: self.signed.name.clone(),
            role: say.role(context.role),
            nav: context.nav(),
            banner: self.shared.banner.map(|banner| match banner {
                Banner::Insecure => say.banner_insecure(),
            }),
            notice,
            live: self.position(&context),
            user_id: self.signed.user.to_string(),
            words: say.words(),
        })
    }

    /// The place in the log that was read.
    pub(super) fn position(&self, context: &Context) -> String {
        format!("{}-{}", self.shared.epoch, context.partner.last_seq)
    }

    /// What happened before this page, once. One from an older release is forgotten.
    async fn waiting_notice(&self) -> Result<Option<Notice>, PanelError> {
        let waiting = self.shared.store.take_notice(&self.signed.session).await;
        let waiting = waiting.map_err(|error| self.failed(error))?;
        Ok(waiting.and_then(|notice| serde_json::from_str(&notice).ok()))
    }
}

/// The title of a list.
pub(super) fn list_title(kind: ListKind, say: &Say) -> String {
    match kind {
        ListKind::Active => say.active_customers(),
        ListKind::Suspended => say.suspended_customers(),
        ListKind::All => say.all_customers(),
    }
}

impl Context {
    /// The sidebar with the counts as they were read.
    pub(super) fn nav(&self) -> Nav {
        let say = &self.say;
        let counts = &self.partner.counts;
        let item = |kind: ListKind, count: u64, icon: &str| NavItem {
            label: list_title(kind, say),
            href: kind.path().to_owned(),
            count: Some(say.number(count)),
            icon: icon.to_owned(),
        };
        Nav {
            customers: vec![
                item(ListKind::Active, counts.active, "user-check"),
                item(ListKind::Suspended, counts.suspended, "circle-pause"),
                item(ListKind::All, counts.all(), "users"),
            ],
            more: self.more(),
        }
    }

    /// The other pages that this person may see.
    fn more(&self) -> Vec<NavItem> {
        let item = |label: String, href: &str, icon: &str| NavItem {
            label,
            href: href.to_owned(),
            count: None,
            icon: icon.to_owned(),
        };
        let activity = item(self.say.activity(), "/activity", "activity");
        let keys = self
            .actor
            .permits(Permission::ManageKeys)
            .then(|| item(self.say.api_keys(), "/keys", "key"));
        std::iter::once(activity).chain(keys).collect()
    }
}
