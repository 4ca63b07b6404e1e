//! How a field sits in its attribute: once, again and again, in a nest, packed, in records. Each form is a type here,
//! and `#[attr(…)]` picks one; a new form is one more impl of [`Form`].

use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::attr::attr_id;
use super::codec::record_len;
use super::{Attr, Codec, Shape, ValueOf, WireCause, WireError, Writer};
use crate::interface::Interface;

/// What `#[attr(…)]` without a further word, or with one (`indexed`, `packed` …), does with a field of type `F`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{F}` cannot be an attribute in the form `{Self}`",
    note = "plain fields are Option<T>, Vec<T> (the attribute repeated) and bool (a flag), T having a `Codec`",
    note = "other forms: indexed, packed, records, repeated = INNER (Vec<T>); as = WIRE, pad = PAD (Option<T>)"
)]
pub trait Form<F> {
    /// What the attribute's payload looks like.
    const SHAPE: Shape;

    /// Takes in one occurrence of the attribute.
    fn put(field: &mut F, attr: &Attr<'_>) -> Result<(), WireError>;

    /// Writes the field as attributes of that number, or nothing when it is empty.
    fn emit(field: &F, kind: u16, writer: &mut Writer);

    /// Shows every interface reference in the field.
    fn visit_interfaces(field: &mut F, visit: &mut dyn FnMut(&mut Interface));
}

#[inline]
fn emit_one<T: Codec>(value: &T, kind: u16, writer: &mut Writer) {
    if matches!(T::SHAPE, Shape::Nest(_)) {
        writer.nest(kind, |payload| value.encode(payload));
    } else {
        writer.attr(kind, |payload| value.encode(payload));
    }
}

/// The attribute once (`Option<T>`), again and again (`Vec<T>`), or as a flag (`bool`).
#[derive(Debug)]
pub struct Plain;

impl<T: Codec> Form<Option<T>> for Plain {
    const SHAPE: Shape = T::SHAPE;

    #[inline]
    fn put(field: &mut Option<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        *field = Some(T::decode(attr.payload())?);
        Ok(())
    }

    #[inline]
    fn emit(field: &Option<T>, kind: u16, writer: &mut Writer) {
        if let Some(value) = field {
            emit_one(value, kind, writer);
        }
    }

    #[inline]
    fn visit_interfaces(field: &mut Option<T>, visit: &mut dyn FnMut(&mut Interface)) {
        if let Some(value) = field {
            value.visit_interfaces(visit);
        }
    }
}

impl<T: Codec> Form<Vec<T>> for Plain {
    const SHAPE: Shape = T::SHAPE;

    #[inline]
    fn put(field: &mut Vec<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        field.push(T::decode(attr.payload())?);
        Ok(())
    }

    #[inline]
    fn emit(field: &Vec<T>, kind: u16, writer: &mut Writer) {
        for value in field {
            emit_one(value, kind, writer);
        }
    }

    #[inline]
    fn visit_interfaces(field: &mut Vec<T>, visit: &mut dyn FnMut(&mut Interface)) {
        for value in field {
            value.visit_interfaces(visit);
        }
    }
}

impl Form<bool> for Plain {
    const SHAPE: Shape = Shape::Flag;

    /// A flag has no payload; where the kernel answers with a number instead, 0 means no.
    #[inline]
    fn put(field: &mut bool, attr: &Attr<'_>) -> Result<(), WireError> {
        *field = attr.payload().is_empty() || attr.payload().iter().any(|byte| *byte != 0);
        Ok(())
    }

    #[inline]
    fn emit(field: &bool, kind: u16, writer: &mut Writer) {
        if *field {
            writer.attr(kind, |_| ());
        }
    }

    #[inline]
    fn visit_interfaces(_: &mut bool, _: &mut dyn FnMut(&mut Interface)) {}
}

/// `unnested`: a nest sent without `NLA_F_NESTED`, for kernel parts that choke on the flag.
#[derive(Debug)]
pub struct Unnested;

impl<T: Codec> Form<Option<T>> for Unnested {
    const SHAPE: Shape = T::SHAPE;

    fn put(field: &mut Option<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        Plain::put(field, attr)
    }

    fn emit(field: &Option<T>, kind: u16, writer: &mut Writer) {
        if let Some(value) = field {
            writer.attr(kind, |payload| value.encode(payload));
        }
    }

    fn visit_interfaces(field: &mut Option<T>, visit: &mut dyn FnMut(&mut Interface)) {
        Plain::visit_interfaces(field, visit);
    }
}

/// `as = W`: the field's value stands on the wire as a `W`.
#[derive(Debug)]
pub struct As<W>(PhantomData<W>);

impl<W: Codec, T: ValueOf<W>> Form<Option<T>> for As<W> {
    const SHAPE: Shape = W::SHAPE;

    #[inline]
    fn put(field: &mut Option<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        *field = Some(T::from_wire(W::decode(attr.payload())?)?);
        Ok(())
    }

    #[inline]
    fn emit(field: &Option<T>, kind: u16, writer: &mut Writer) {
        if let Some(value) = field {
            emit_one(&value.to_wire(), kind, writer);
        }
    }

    fn visit_interfaces(_: &mut Option<T>, _: &mut dyn FnMut(&mut Interface)) {}
}

/// A value that stands in one of two attributes, such as an IP address in one for each version: `or = SECOND`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which of two attributes it stands in",
    note = "implement `EitherAttr` for it, or leave out `or = …`"
)]
pub trait EitherAttr: Sized {
    /// What the first attribute's payload looks like.
    const FIRST: Shape;

    /// What the second attribute's payload looks like.
    const SECOND: Shape;

    /// Takes in one occurrence of the first attribute, or of the `second`.
    fn put(field: &mut Option<Self>, second: bool, payload: &[u8]) -> Result<(), WireError>;

    /// Writes the one attribute that the value stands in.
    fn emit(&self, first: u16, second: u16, writer: &mut Writer);
}

/// IPv4 in the first attribute, IPv6 in the second.
impl EitherAttr for IpAddr {
    const FIRST: Shape = Ipv4Addr::SHAPE;
    const SECOND: Shape = Ipv6Addr::SHAPE;

    fn put(field: &mut Option<Self>, second: bool, payload: &[u8]) -> Result<(), WireError> {
        *field = Some(match second {
            false => Ipv4Addr::decode(payload)?.into(),
            true => Ipv6Addr::decode(payload)?.into(),
        });
        Ok(())
    }

    fn emit(&self, first: u16, second: u16, writer: &mut Writer) {
        emit_one(self, if self.is_ipv4() { first } else { second }, writer);
    }
}

/// `or = SECOND`: a value in one of two attributes.
#[derive(Debug)]
pub struct Or<const SECOND: u32>;

impl<const SECOND: u32, T: EitherAttr> Form<Option<T>> for Or<SECOND> {
    const SHAPE: Shape = T::FIRST;

    fn put(field: &mut Option<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        T::put(field, attr.kind() == attr_id(SECOND), attr.payload())
    }

    fn emit(field: &Option<T>, kind: u16, writer: &mut Writer) {
        if let Some(value) = field {
            value.emit(kind, attr_id(SECOND), writer);
        }
    }

    fn visit_interfaces(_: &mut Option<T>, _: &mut dyn FnMut(&mut Interface)) {}
}

/// `pad = PAD`: 64 bit values that the kernel aligns to eight bytes by an empty attribute `PAD` before them.
#[derive(Debug)]
pub struct Padded<const PAD: u32>;

impl<const PAD: u32, T: Codec> Form<Option<T>> for Padded<PAD> {
    const SHAPE: Shape = T::SHAPE;

    #[inline]
    fn put(field: &mut Option<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        Plain::put(field, attr)
    }

    fn emit(field: &Option<T>, kind: u16, writer: &mut Writer) {
        if field.is_some() && writer.len().is_multiple_of(8) {
            // the payload comes after a header of four bytes
            writer.attr(attr_id(PAD), |_| ());
        }
        Plain::emit(field, kind, writer);
    }

    fn visit_interfaces(field: &mut Option<T>, visit: &mut dyn FnMut(&mut Interface)) {
        Plain::visit_interfaces(field, visit);
    }
}

/// `repeated = INNER`: a nest that holds the attribute `INNER` once for each element.
#[derive(Debug)]
pub struct Inside<const INNER: u32>;

impl<const INNER: u32, T: Codec + 'static> Form<Vec<T>> for Inside<INNER> {
    const SHAPE: Shape = Shape::Inside(attr_id(INNER), &T::SHAPE);

    fn put(field: &mut Vec<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        field.clear();
        for element in attr.attrs() {
            let element = element?;
            if element.kind() == attr_id(INNER) {
                field.push(T::decode(element.payload())?);
            }
        }
        Ok(())
    }

    fn emit(field: &Vec<T>, kind: u16, writer: &mut Writer) {
        if !field.is_empty() {
            writer.nest(kind, |nest| Plain::emit(field, attr_id(INNER), nest));
        }
    }

    fn visit_interfaces(field: &mut Vec<T>, visit: &mut dyn FnMut(&mut Interface)) {
        Plain::visit_interfaces(field, visit);
    }
}

/// `indexed`: a nest that holds the elements under running numbers, from 1 when sent; the order is the field's.
#[derive(Debug)]
pub struct Indexed;

impl<T: Codec + 'static> Form<Vec<T>> for Indexed {
    const SHAPE: Shape = Shape::Indexed(&T::SHAPE);

    fn put(field: &mut Vec<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        field.clear();
        // Counted first: many have one or two, for which a list that grows has room for four.
        field.reserve_exact(attr.attrs().count());
        for element in attr.attrs() {
            let element = element?;
            field.push(T::decode(element.payload()).map_err(|error| error.within_number(element.kind()))?);
        }
        Ok(())
    }

    fn emit(field: &Vec<T>, kind: u16, writer: &mut Writer) {
        if field.is_empty() {
            return;
        }
        writer.nest(kind, |nest| {
            // More of them would not fit a nest anyway, and writing says so.
            for (value, number) in field.iter().zip(1..=u16::MAX) {
                emit_one(value, number, nest);
            }
        });
    }

    fn visit_interfaces(field: &mut Vec<T>, visit: &mut dyn FnMut(&mut Interface)) {
        Plain::visit_interfaces(field, visit);
    }
}

/// The same where an empty list is sent too, as an empty nest: it clears what the kernel has.
impl<T: Codec + 'static> Form<Option<Vec<T>>> for Indexed {
    const SHAPE: Shape = Shape::Indexed(&T::SHAPE);

    fn put(field: &mut Option<Vec<T>>, attr: &Attr<'_>) -> Result<(), WireError> {
        let mut list = Vec::new();
        Indexed::put(&mut list, attr)?;
        *field = Some(list);
        Ok(())
    }

    fn emit(field: &Option<Vec<T>>, kind: u16, writer: &mut Writer) {
        match field {
            Some(list) if list.is_empty() => writer.nest(kind, |_| ()),
            Some(list) => Indexed::emit(list, kind, writer),
            None => {}
        }
    }

    fn visit_interfaces(field: &mut Option<Vec<T>>, visit: &mut dyn FnMut(&mut Interface)) {
        field.iter_mut().for_each(|list| Plain::visit_interfaces(list, visit));
    }
}

/// `packed`: values of one width side by side in the payload.
#[derive(Debug)]
pub struct Packed;

#[allow(clippy::panic)] // when compiled, never when run
const fn packed_width(shape: &Shape) -> usize {
    match shape {
        Shape::Native(width) | Shape::Network(width) => *width as usize,
        Shape::Struct(size) => *size,
        _ => panic!("packed values have a fixed width"),
    }
}

impl<T: Codec + 'static> Form<Vec<T>> for Packed {
    const SHAPE: Shape = Shape::Packed(&T::SHAPE);

    fn put(field: &mut Vec<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        let width = const { packed_width(&T::SHAPE) };
        let chunks = attr.payload().chunks_exact(width);
        if !chunks.remainder().is_empty() {
            return Err(WireCause::Width { want: width, got: chunks.remainder().len() }.into());
        }
        field.clear();
        field.reserve_exact(chunks.len());
        for chunk in chunks {
            field.push(T::decode(chunk)?);
        }
        Ok(())
    }

    fn emit(field: &Vec<T>, kind: u16, writer: &mut Writer) {
        if !field.is_empty() {
            writer.attr(kind, |payload| field.iter().for_each(|value| value.encode(payload)));
        }
    }

    fn visit_interfaces(field: &mut Vec<T>, visit: &mut dyn FnMut(&mut Interface)) {
        Plain::visit_interfaces(field, visit);
    }
}

/// `records`: elements that each begin with their own 16 bit length (`struct rtnexthop`), a header, then attributes.
#[derive(Debug)]
pub struct Records;

#[allow(clippy::panic)] // when compiled, never when run
const fn record_shape(shape: &Shape) -> Shape {
    match shape {
        Shape::Nest(table) => Shape::Records(table.header, table),
        _ => panic!("a record is a struct with #[derive(Attributes)] and a header"),
    }
}

impl<T: Codec> Form<Vec<T>> for Records {
    const SHAPE: Shape = record_shape(&T::SHAPE);

    fn put(field: &mut Vec<T>, attr: &Attr<'_>) -> Result<(), WireError> {
        field.clear();
        let mut rest = attr.payload();
        while !rest.is_empty() {
            let record = record_len(rest).and_then(|len| rest.get(..len));
            let record = record.ok_or(WireCause::Truncated { want: 4, got: rest.len() })?;
            field.push(T::decode(record)?);
            rest = rest.get(super::attr::align4(record.len())..).unwrap_or_default();
        }
        Ok(())
    }

    fn emit(field: &Vec<T>, kind: u16, writer: &mut Writer) {
        if field.is_empty() {
            return;
        }
        writer.attr(kind, |payload| {
            for value in field {
                payload.record(|record| value.encode(record));
            }
        });
    }

    fn visit_interfaces(field: &mut Vec<T>, visit: &mut dyn FnMut(&mut Interface)) {
        Plain::visit_interfaces(field, visit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_elements_than_numbers_are_an_error_not_a_panic() {
        let mut writer = Writer::new();
        Indexed::emit(&vec![1u8; 70_000], 1, &mut writer);
        assert!(matches!(writer.finish().unwrap_err().cause(), WireCause::Overflow { .. }));
    }

    /// The field after the attribute came twice, first with `first` in it, then with `second`.
    fn twice<W: Form<Vec<u16>>>(first: Vec<u16>, second: Vec<u16>) -> Vec<u16> {
        let mut writer = Writer::new();
        W::emit(&first, 1, &mut writer);
        W::emit(&second, 1, &mut writer);
        let bytes = writer.finish().unwrap();
        let mut field = Vec::new();
        super::super::Attrs::new(&bytes).for_each(|attr| W::put(&mut field, &attr.unwrap()).unwrap());
        field
    }

    #[test]
    fn of_a_repeated_list_the_last_one_wins() {
        assert_eq!(twice::<Indexed>(vec![1, 2], vec![3]), [3]);
        assert_eq!(twice::<Inside<7>>(vec![1, 2], vec![3]), [3]);
        assert_eq!(twice::<Packed>(vec![1, 2], vec![3]), [3]);
    }
}
