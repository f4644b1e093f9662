//! What a person has chosen for this browser: read by the server before the first byte, so that nothing flashes.

/// Something that is chosen among a few. The first of them is the usual one, of which nothing is kept.
pub trait Choice: Copy + Default + PartialEq + 'static {
    /// In the order they are offered in.
    const ALL: &'static [Self];

    /// The value of its field and cookie.
    fn code(self) -> &'static str;

    /// Reads a code.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|each| each.code() == code)
    }

    /// What the document is marked with; the usual one leaves no mark.
    fn mark(self) -> Option<&'static str> {
        (self != Self::default()).then(|| self.code())
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Choice for Theme {
    const ALL: &'static [Theme] = &[Theme::System, Theme::Light, Theme::Dark];

    fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

impl Theme {
    /// What browsers paint before any style is there.
    pub fn color_scheme(self) -> &'static str {
        match self {
            Theme::System => "light dark",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// How much room the rows of a list take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Two lines to a row.
    #[default]
    Comfortable,
    /// One line to a row, for whoever looks at many.
    Compact,
}

impl Choice for Density {
    const ALL: &'static [Density] = &[Density::Comfortable, Density::Compact];

    fn code(self) -> &'static str {
        match self {
            Density::Comfortable => "comfortable",
            Density::Compact => "compact",
        }
    }
}

/// Whether single keys do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shortcuts {
    /// They do.
    #[default]
    On,
    /// They are left to whatever else listens: speech input, for one.
    Off,
}

impl Choice for Shortcuts {
    const ALL: &'static [Shortcuts] = &[Shortcuts::On, Shortcuts::Off];

    fn code(self) -> &'static str {
        match self {
            Shortcuts::On => "on",
            Shortcuts::Off => "off",
        }
    }
}

/// What the cookies of a browser say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comfort {
    /// Light or dark.
    pub theme: Theme,
    /// How much room the rows of a list take.
    pub density: Density,
    /// Whether single keys do something.
    pub shortcuts: Shortcuts,
    /// The time zone that the browser lives in, once it has told.
    pub browser_zone: Option<String>,
}
