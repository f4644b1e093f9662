//! What a person sets for themselves.

super::sentences! {
    preferences_title() = "Preferences";
    preferences_save() = "Save";
    preferences_saved() = "Your preferences are saved.";
    theme_label() = "Appearance";
    theme_hint() = "For this browser.";
    theme_system() = "As this device is set";
    theme_light() = "Light";
    theme_dark() = "Dark";
    density_label() = "Rows of lists";
    density_hint() = "For this browser. On a phone they are cards either way.";
    density_comfortable() = "Comfortable";
    density_compact() = "Compact: more customers at a glance";
    shortcuts_label() = "Single-key shortcuts";
    shortcuts_hint() = "For this browser. Turn them off if you speak to your computer, or keep hitting keys by accident.";
    shortcuts_on() = "On";
    shortcuts_off() = "Off";
    zone_label() = "Time zone";
    zone_hint() = "All dates and times are shown in it, and typed in it.";
    zone_of_browser(zone) = "That of this browser: {zone}";
    zone_of_partner(zone, partner) = "That of {partner}: {zone}";
    format_label() = "Numbers and dates";
    format_hint() = "How they are written. The currency stays that of each price.";
    format_of_partner(partner, sample) = "{sample}, as {partner} writes them";
    bad_preference() = "There is no such preference.";
}
