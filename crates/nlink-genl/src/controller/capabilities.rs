//! All that a family tells of itself: its commands, groups, and the attributes that its commands take.

use nlink_core::driver::Driver;
use nlink_core::error::Policy;
use nlink_core::show::{Show, Sink};
use nlink_core::wire::Numbered;
use nlink_core::{Connection, Result};

use super::{FamilyInfo, Policies};
use crate::Generic;

/// A family with its policies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FamilyCapabilities {
    /// The family.
    pub info: FamilyInfo,
    /// What its commands take; empty where the family does not say, and before Linux 5.7.
    pub policies: Policies,
}

impl FamilyCapabilities {
    /// Asks for those of a family.
    ///
    /// Fails where the kernel has no such family ([`is_not_found`](nlink_core::Error::is_not_found)).
    ///
    /// ```
    /// # use nlink_core::Connection;
    /// # use nlink_genl::{Generic, controller::FamilyCapabilities};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> nlink_core::Result<()> {
    /// let genl = Connection::<Generic>::open()?;
    /// let nlctrl = FamilyCapabilities::of(&genl, "nlctrl").await?;
    /// let (lookup, name) = (3, 2); // CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_NAME
    /// assert!(nlctrl.takes(lookup, name) && !nlctrl.takes(lookup, 9));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn of<D: Driver>(genl: &Connection<Generic, D>, family: &str) -> Result<Self> {
        let info = genl.get::<FamilyInfo>(family).await?;
        let policies = match genl.dump::<Policies>().filter(family.into()).one().await {
            Ok(policies) => policies,
            // A family without policies, or a kernel that does not tell them.
            Err(error) if error.errno().is_some() && !error.is_permission() => Policies::default(),
            Err(error) => return Err(error),
        };
        Ok(Self { info, policies })
    }

    /// Whether a command takes an attribute of that number, outside of nests; also where the family does not say which
    /// it takes and ignores the others.
    pub fn takes(&self, command: u8, attribute: u16) -> bool {
        let has = self.info.operation(command).is_some();
        has && self.policies.of_operation(command).is_none_or(|known| known.get(attribute).is_some())
    }
}

/// The family's line, then one for each command, and one for each policy: attributes by number, and what they may be.
impl Show for FamilyCapabilities {
    fn show(&self, sink: &mut Sink<'_>) {
        self.info.show(sink);
        sink.array("takes", |sink| {
            for (command, indexes) in self.policies.operations.iter().flat_map(Numbered::iter) {
                let command = u32::from(command);
                for (how, index) in [("do", indexes.on_do), ("dump", indexes.on_dump)] {
                    let Some(index) = index else { continue };
                    sink.line();
                    sink.item(|sink| {
                        sink.put("command", command, format_args!("    command {command} "));
                        sink.put("how", how, format_args!("{how}: "));
                        sink.put("policy", index, format_args!("policy {index}"));
                    });
                }
            }
        });
        sink.array("policies", |sink| {
            for (index, attributes) in self.policies.policies.iter().flat_map(Numbered::iter) {
                sink.line();
                sink.item(|sink| show_policy(u32::from(index), attributes, sink));
            }
        });
    }
}

fn show_policy(index: u32, attributes: &Numbered<Policy>, sink: &mut Sink<'_>) {
    sink.put("index", index, format_args!("    policy {index}:"));
    sink.array("attributes", |sink| {
        for (at, (number, policy)) in attributes.iter().enumerate() {
            let between = if at == 0 { "" } else { "," };
            sink.item(|sink| {
                sink.put("number", u32::from(number), format_args!("{between} {number} {policy}"));
                sink.json("takes", policy.to_string());
                if let Some(nested) = policy.nested {
                    sink.put("policy", nested, format_args!(" of policy {nested}"));
                }
            });
        }
    });
}

nlink_core::display_by_show!(FamilyCapabilities);
