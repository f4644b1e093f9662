//! Times and durations.

super::sentences! {
    short_months() = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    weekdays() = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";
    today_heading() = "Today";
    yesterday_heading() = "Yesterday";
    yesterday() = "yesterday";
    today_at(time) = "today {time}";
    yesterday_at(time) = "yesterday {time}";
    just_now() = "just now";
    seconds_ago(n) = "{n, plural, one {# second ago} other {# seconds ago}}";
    minutes_ago(n) = "{n, plural, one {# minute ago} other {# minutes ago}}";
    hours_ago(n) = "{n, plural, one {# hour ago} other {# hours ago}}";
    days_ago(n) = "{n, plural, one {# day ago} other {# days ago}}";
    seconds_short(n) = "{n} s";
    minutes(n) = "{n, plural, one {# minute} other {# minutes}}";
    hours(n) = "{n, plural, one {# hour} other {# hours}}";
    days(n) = "{n, plural, one {# day} other {# days}}";
}
