//! The check of an edit takes the change and nothing else.

use super::*;

#[test]
fn the_check_sees_every_difference() {
    let meaning = |text| DeTable::parse(text).unwrap().into_inner();
    let texts = [
        "",
        "a = {}",
        "b = {}",
        "a.k = 1",
        "a.k = 2",
        "a.k = 0x1",
        "a.k = 1.0",
        "a.k = '1'",
        "a.k = true",
        "a.k = false",
        "a.k = 1979-05-27",
        "a.k = []",
        "a.k = [1]",
        "a.k = [2]",
        "a.k = {}",
        "a.k = nan",
        "a.k = 1\na.l = 1",
        "a.l = 1",
    ];
    for (at, one) in texts.iter().enumerate() {
        for (at2, other) in texts.iter().enumerate() {
            let same = meaning::same_but(&meaning(one), &meaning(other), &[]);
            assert_eq!(same, at == at2, "{one:?} and {other:?}");
        }
    }
}

#[test]
fn the_check_takes_the_change_and_nothing_else() {
    let made = |before, change: &Change<'_>, after| {
        let [before, after] = [before, after].map(|text| DeTable::parse(text).unwrap());
        meaning::is_made(before.get_ref(), after.get_ref(), change)
    };
    let put = Change::Put {
        name: "a",
        key: "token",
        value: Value::Text("t"),
        instead_of: Some("cookie"),
    };
    for (before, change, right, wrong) in [
        (
            "b.k = 1",
            Change::Create {
                name: "n",
                keys: &[],
            },
            "b.k = 1\n[n]",
            &[
                "b.k = 1",
                "b.k = 2\n[n]",
                "b.k = 1\n[n]\nx = 1",
                "b.k = 1\nn = 1",
            ][..],
        ),
        (
            "a.k = 1\nb = {}",
            Change::Remove { name: "a" },
            "b = {}",
            &[
                "",
                "a.k = 1\nb = {}",
                "b = {}\nc = {}",
                "b.x = 1",
                "a = 1\nb = {}",
            ],
        ),
        (
            "a.k = 1\na.cookie = 'c'",
            put,
            "a.k = 1\na.token = 't'",
            &[
                "a.k = 1\na.token = 'u'",
                "a.k = 2\na.token = 't'",
                "a.token = 't'",
                "a.k = 1\na.token = 't'\na.cookie = 'c'",
                "a.k = 1\na.token = true",
                "a.k = 1\na.token = 't'\n[b]",
            ],
        ),
        // Where both are there, one step leaves the other.
        (
            "a.token = 's'\na.cookie = 'c'",
            put,
            "a.token = 't'\na.cookie = 'c'",
            &["a.token = 't'", "a.token = 't'\na.cookie = 'd'"],
        ),
        (
            "a.k = 1\na.url = 'x'",
            Change::Drop {
                name: "a",
                key: "url",
            },
            "a.k = 1",
            &["a = {}", "a.k = 1\na.url = 'x'", "a.k = 1\na.l = 1", ""],
        ),
    ] {
        assert!(made(before, &change, right), "{change:?}");
        for wrong in wrong {
            assert!(!made(before, &change, wrong), "{change:?}: {wrong}");
        }
    }
}
