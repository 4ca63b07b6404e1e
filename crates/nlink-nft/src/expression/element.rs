//! An expression as it stands in a list: its name, and its data in the form of that name.

use nlink_core::Interface;
use nlink_core::wire::{Codec, KindUnion, Shape, UnknownAttrs, WireCause, WireError, Writer, attr_id};
use nlink_uapi::nf_tables::{NFTA_EXPR_DATA, NFTA_EXPR_NAME};

use super::Expression;

#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
struct Element {
    #[attr(NFTA_EXPR_DATA, kind = NFTA_EXPR_NAME)]
    expression: Option<Expression>,
    #[attr(unknown)]
    unknown: UnknownAttrs,
}

impl Codec for Expression {
    const SHAPE: Shape = Element::SHAPE;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        let element = Element::decode(payload)?;
        element.expression.ok_or_else(|| WireCause::Invalid("an expression without a name").into())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.attr(attr_id(NFTA_EXPR_NAME), |payload| {
            payload.bytes(self.name().as_bytes());
            payload.bytes(&[0]);
        });
        let start = writer.len();
        self.emit_data(attr_id(NFTA_EXPR_DATA), writer);
        // One that says nothing has data all the same, as nft has it.
        if writer.len() == start && self.has_options() {
            writer.nest(attr_id(NFTA_EXPR_DATA), |_| ());
        }
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        KindUnion::visit_interfaces(self, visit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_of_no_known_kind_is_written_back_as_it_came() {
        let mut writer = Writer::new();
        writer.attr(attr_id(NFTA_EXPR_NAME), |payload| payload.bytes(b"quantum\0"));
        writer.nest(attr_id(NFTA_EXPR_DATA), |nest| nest.attr(1, |payload| payload.bytes(&[1, 2, 3, 4])));
        let bytes = writer.finish().unwrap();
        let expression = <Expression as Codec>::decode(&bytes).unwrap();
        assert_eq!(expression.name(), "quantum");
        let mut again = Writer::new();
        expression.encode(&mut again);
        assert_eq!(again.finish().unwrap(), bytes);
    }

    #[test]
    fn an_expression_without_a_name_is_an_error() {
        assert!(<Expression as Codec>::decode(&[]).is_err());
    }
}
