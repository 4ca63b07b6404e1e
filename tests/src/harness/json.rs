//! Comparing what two tools print as JSON, path by path.
//!
//! The order of keys does not count, the order in arrays does.

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Fail with a list of the differences unless both texts are the same value.
pub fn same_json(theirs: &str, ours: &str) -> Result<()> {
    same_json_except(theirs, ours, &[])
}

/// [`same_json`], blind to the values under the given keys (counters, ages): both sides must have
/// the key all the same.
pub fn same_json_except(theirs: &str, ours: &str, masked: &[&str]) -> Result<()> {
    let parse = |whose: &str, text: &str| -> Result<Value> {
        // Tools print nothing at all for an empty list.
        let text = if text.trim().is_empty() { "[]" } else { text };
        serde_json::from_str(text).with_context(|| format!("{whose} is no JSON: {text}"))
    };
    let (theirs, ours) = (parse("theirs", theirs)?, parse("ours", ours)?);
    let mut differences = Vec::new();
    compare("", &theirs, &ours, masked, &mut differences);
    if !differences.is_empty() {
        bail!("JSON differs in {} place(s):\n{}", differences.len(), differences.join("\n"));
    }
    Ok(())
}

fn compare(path: &str, theirs: &Value, ours: &Value, masked: &[&str], out: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => {
            for (key, value) in theirs {
                let path = format!("{path}.{key}");
                match ours.get(key) {
                    Some(_) if masked.contains(&key.as_str()) => {}
                    Some(other) => compare(&path, value, other, masked, out),
                    None => out.push(format!("  {path}: ours lacks it, theirs has {value}")),
                }
            }
            for (key, value) in ours.iter().filter(|(key, _)| !theirs.contains_key(*key)) {
                out.push(format!("  {path}.{key}: theirs lacks it, ours has {value}"));
            }
        }
        (Value::Array(theirs), Value::Array(ours)) => {
            for (index, (value, other)) in theirs.iter().zip(ours).enumerate() {
                compare(&format!("{path}[{index}]"), value, other, masked, out);
            }
            for (index, value) in theirs.iter().enumerate().skip(ours.len()) {
                out.push(format!("  {path}[{index}]: ours lacks it, theirs has {value}"));
            }
            for (index, value) in ours.iter().enumerate().skip(theirs.len()) {
                out.push(format!("  {path}[{index}]: theirs lacks it, ours has {value}"));
            }
        }
        _ if theirs == ours => {}
        _ => out.push(format!("  {path}: theirs {theirs}, ours {ours}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_order_does_not_count() {
        same_json(r#"[{"a":1,"b":[2]}]"#, r#"[{"b":[2],"a":1}]"#).unwrap();
        same_json("", "[]").unwrap();
    }

    #[test]
    fn each_difference_names_its_path() {
        let theirs = r#"[{"ifname":"a","mtu":1500,"flags":["UP","LOOPBACK"]}]"#;
        let ours = r#"[{"ifname":"a","mtu":"1500","flags":["LOOPBACK","UP"],"x":{}}]"#;
        let error = same_json(theirs, ours).unwrap_err().to_string();
        let expected = "JSON differs in 4 place(s):\n  \
            [0].mtu: theirs 1500, ours \"1500\"\n  \
            [0].flags[0]: theirs \"UP\", ours \"LOOPBACK\"\n  \
            [0].flags[1]: theirs \"LOOPBACK\", ours \"UP\"\n  \
            [0].x: theirs lacks it, ours has {}";
        assert_eq!(error, expected);
    }

    #[test]
    fn a_masked_key_must_be_on_both_sides() {
        same_json_except(r#"{"age":1}"#, r#"{"age":2}"#, &["age"]).unwrap();
        assert!(same_json_except(r#"{"age":1}"#, "{}", &["age"]).is_err());
    }
}
