//! Families on the running kernel. The controller is one of them, and there on every kernel for everybody.

#![allow(unreachable_pub)] // as declarations read

use nlink_core::Connection;
use nlink_core::object::Protocol;
use nlink_genl::controller::{FamilyInfo, Policies};
use nlink_genl::typed::Command;
use nlink_genl::{Family as _, Generic, Handle, Typed, genl_family};
use nlink_uapi::genetlink::*;

#[genl_family(name = "nlctrl", version = 2)]
mod controller {
    /// Asks for a family, and holds the answer.
    #[derive(GenlMessage, Clone, Debug, Default)]
    #[command(request = CTRL_CMD_GETFAMILY, reply = CTRL_CMD_NEWFAMILY)]
    pub struct Lookup {
        #[attr(CTRL_ATTR_FAMILY_ID)]
        pub id: Option<u16>,
        #[attr(CTRL_ATTR_FAMILY_NAME)]
        pub name: Option<String>,
    }

    /// Asks the same, and is answered by another type.
    #[derive(GenlMessage, Clone, Debug, Default)]
    #[command(request = CTRL_CMD_GETFAMILY, answer = Version)]
    pub struct AskVersion {
        #[attr(CTRL_ATTR_FAMILY_NAME)]
        pub name: Option<String>,
    }

    /// Of all that is told of a family, the version.
    #[derive(GenlMessage, Clone, Debug, Default)]
    #[command(reply = CTRL_CMD_NEWFAMILY)]
    pub struct Version {
        #[attr(CTRL_ATTR_VERSION)]
        pub version: Option<u32>,
    }

    /// A family came.
    #[derive(GenlMessage, Clone, Debug, Default)]
    #[command(event = CTRL_CMD_NEWFAMILY, group = "notify")]
    pub struct Came {
        #[attr(CTRL_ATTR_FAMILY_NAME)]
        pub name: Option<String>,
    }

    /// The same from a group that the family does not have.
    #[derive(GenlMessage, Clone, Debug, Default)]
    #[command(event = CTRL_CMD_NEWFAMILY, group = "nowhere")]
    pub struct Nowhere {}
}

#[genl_family(name = "no-such-family", version = 1)]
mod absent {
    /// Sent to nobody.
    #[derive(GenlMessage, Clone, Debug, Default)]
    #[command(request = CTRL_CMD_NEWFAMILY)]
    pub struct Sent {}
}

fn named(name: &str) -> controller::Lookup {
    controller::Lookup { name: Some(name.into()), ..Default::default() }
}

#[tokio::test]
async fn a_typed_request_is_answered_by_its_own_type_or_by_another() {
    let genl = Connection::<Generic>::open().unwrap();
    assert_eq!(genl.send_typed(named("nlctrl")).await.unwrap().id, Some(16));
    let asked = controller::AskVersion { name: Some("nlctrl".into()) };
    assert_eq!(genl.send_typed(asked).await.unwrap().version, Some(2));
}

#[tokio::test]
async fn a_connection_to_one_family_speaks_the_same_types() {
    let connection = Connection::<controller::Family>::open().unwrap();
    assert_eq!(connection.protocol().handle().id(), Some(16));
    assert_eq!(connection.send_typed(named("nlctrl")).await.unwrap().id, Some(16));
}

#[tokio::test]
async fn a_typed_listing_ends_and_has_every_family() {
    let genl = Connection::<Generic>::open().unwrap();
    let mut stream = genl.dump_typed_stream(controller::Lookup::default());
    let mut names = Vec::new();
    while let Some(family) = stream.try_next().await.unwrap() {
        names.push(family.name.unwrap());
    }
    let listed = genl.dump::<FamilyInfo>().await.unwrap();
    assert_eq!(names, listed.into_iter().map(|family| family.name.unwrap()).collect::<Vec<_>>());
    assert!(names.contains(&"nlctrl".to_owned()));
}

#[tokio::test]
async fn a_family_that_is_not_there_is_named_with_a_hint() {
    let genl = Connection::<Generic>::open().unwrap();
    let sending = genl.send_typed(absent::Sent {}).await.unwrap_err();
    let listing = genl.dump_typed_stream(absent::Sent {}).try_next().await.unwrap_err();
    let opening = Connection::<absent::Family>::open().unwrap_err();
    for error in [sending, listing, opening] {
        assert!(error.is_not_found());
        assert_eq!(
            error.to_string(),
            "get family no-such-family: No such file or directory (ENOENT)\n  hint: this kernel has no such family of \
             generic netlink; its module may be missing or not loaded"
        );
    }
}

/// As after the module went and came back: the number is nobody's.
#[tokio::test]
async fn a_number_that_went_out_of_date_is_learned_anew() {
    let genl = Connection::<Generic>::open().unwrap();
    let outdated = || genl.speak(controller::Family::from(Handle::with_id(1000)));
    let asking = outdated();
    assert_eq!(asking.send_typed(named("nlctrl")).await.unwrap().id, Some(16));
    assert_eq!(asking.protocol().handle().id(), Some(16));
    let mut listing = outdated().dump_typed_stream(controller::Lookup::default());
    assert!(listing.try_next().await.unwrap().is_some());
}

#[tokio::test]
async fn what_is_not_there_for_another_reason_is_asked_for_once() {
    let connection = Connection::<controller::Family>::open().unwrap();
    let before = connection.counters().requests;
    let error = connection.send_typed(named("no-such-family")).await.unwrap_err();
    assert!(error.to_string().starts_with("get nlctrl Lookup: "), "{error}");
    // The request itself, and one whether the family's number is still the same.
    assert_eq!(connection.counters().requests, before + 2);
}

#[tokio::test]
async fn groups_are_known_by_name() {
    let genl = Connection::<Generic>::open().unwrap();
    assert!(genl.events_typed::<controller::Came>().unwrap().await.is_ok());
    let error = genl.events_typed::<controller::Nowhere>().unwrap_err();
    assert_eq!(error.to_string(), "find multicast group \"nowhere\" of family nlctrl: there is none");
}

#[tokio::test]
async fn policies_come_whole_over_many_messages() {
    let genl = Connection::<Generic>::open().unwrap();
    let all = genl.dump::<Policies>().filter("nlctrl".into()).await.unwrap();
    assert_eq!(all.len(), 1);
    let lookup = all[0].of_operation(<controller::Lookup as Command>::COMMAND).unwrap();
    let forms: Vec<_> = lookup.iter().map(|(number, policy)| (number, policy.form)).collect();
    assert_eq!(forms, [(1, Some("u16")), (2, Some("nul-string"))]);
    assert!(all[0].of_operation(200).is_none());
}

#[test]
fn a_message_of_another_family_is_no_command() {
    let family = controller::Family::from(Handle::with_id(16));
    assert_eq!(family.open(16, &[1, 2, 0, 0]).0, 1);
    assert_eq!(family.open(17, &[1, 2, 0, 0]).0, u16::MAX);
}

#[test]
fn typed_messages_need_no_runtime() {
    let genl = nlink_core::blocking::Connection::<Generic>::open().unwrap();
    assert_eq!(genl.send_typed(named("nlctrl")).call().unwrap().id, Some(16));
    let listed: Result<Vec<_>, _> = genl.dump_typed_stream(controller::Lookup::default()).collect();
    assert!(listed.unwrap().iter().any(|family| family.id == Some(16)));
}
