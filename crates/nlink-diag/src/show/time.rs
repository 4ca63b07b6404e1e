//! The time that a timer has left.

/// Milliseconds as `ss` writes them: `200ms`, `1.5sec` with three digits behind the point, `44sec`, `2min3sec`.
pub(super) fn left(milliseconds: u32) -> String {
    let (seconds, mut milliseconds) = (milliseconds / 1000, milliseconds % 1000);
    let (minutes, mut seconds) = (seconds / 60, seconds % 60);
    let mut text = String::new();
    if minutes > 0 {
        milliseconds = 0;
        text = format!("{minutes}min");
        if minutes > 9 {
            seconds = 0;
        }
    }
    if seconds > 9 {
        milliseconds = 0;
    }
    match (seconds, milliseconds) {
        (0, 0) => {}
        (0, milliseconds) => text += &format!("{milliseconds:03}ms"),
        (seconds, 0) => text += &format!("{seconds}sec"),
        (seconds, milliseconds) => text += &format!("{seconds}.{milliseconds:03}sec"),
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_as_exact_as_they_are_short() {
        let times =
            [(0, ""), (7, "007ms"), (1500, "1.500sec"), (44_321, "44sec"), (123_456, "2min3sec"), (660_000, "11min")];
        for (milliseconds, text) in times {
            assert_eq!(super::left(milliseconds), text);
        }
    }
}
