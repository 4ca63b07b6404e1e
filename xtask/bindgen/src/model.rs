//! What is kept of bindgen's answer: constants and structs, in the order of the header.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result, bail};
use quote::ToTokens as _;
use syn::{Expr, Item, Lit, Stmt, Type};

use crate::source::Source;

/// The module in which each struct lives.
pub type Homes = BTreeMap<String, String>;

/// One header.
#[derive(Debug, Default)]
pub struct Module {
    pub consts: Vec<Const>,
    pub structs: Vec<Struct>,
}

/// A constant; `group` is the enum it belongs to, empty for a macro.
#[derive(Debug)]
pub struct Const {
    pub name: String,
    pub value: Value,
    pub group: String,
    pub line: usize,
    pub hex: bool,
}

/// Value of a constant.
#[derive(Debug, PartialEq, Eq)]
pub enum Value {
    Number(i128),
    Text(String),
}

/// A struct with its layout on the wire.
#[derive(Debug)]
pub struct Struct {
    pub name: String,
    /// `struct X`, or `struct X.field` when it has no name of its own.
    pub c_name: String,
    /// What stands in `repr(…)` beside `C`.
    pub repr: Vec<String>,
    pub fields: Vec<Field>,
    /// Name of the flexible array that follows the struct.
    pub tail: Option<String>,
    pub size: u64,
    pub align: u64,
    pub line: usize,
}

/// A field; `offset` is unknown for padding and bit fields.
#[derive(Debug)]
pub struct Field {
    pub name: String,
    pub ty: FieldType,
    pub offset: Option<u64>,
    pub note: Option<String>,
}

/// Type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// `u8` … `i64`, `Be16` …
    Scalar(&'static str),
    /// Another struct, perhaps of another module.
    Struct(String),
    Array(Box<FieldType>, u64),
}

/// Everything that bindgen said, by name.
struct Answer<'a> {
    structs: HashMap<String, &'a syn::ItemStruct>,
    unions: HashMap<String, Layout>,
    aliases: HashMap<String, &'a Type>,
    layouts: HashMap<String, Layout>,
    bits: HashMap<String, Vec<Bits>>,
}

#[derive(Clone, Debug, Default)]
struct Layout {
    size: u64,
    align: u64,
    offsets: HashMap<String, u64>,
}

#[derive(Clone, Debug)]
struct Bits {
    name: String,
    unit: String,
    start: u64,
    width: u64,
}

impl Module {
    /// Reads bindgen's Rust; `wanted` are the names of structs, or `*`.
    pub fn parse(rust: &str, source: &Source, wanted: &str) -> Result<Module> {
        let file = syn::parse_file(rust).context("parsing what bindgen wrote")?;
        let answer = Answer::collect(&file.items)?;
        let mut module = Module { consts: consts(&file.items, source)?, structs: Vec::new() };
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        let mut names: Vec<&String> = answer.structs.keys().collect();
        names.sort();
        for name in names.into_iter().filter(|name| !is_bindgens(name)) {
            if wanted == ["*"] || wanted.contains(&name.as_str()) {
                answer.structure(name, source, &mut module.structs)?;
            }
        }
        for name in wanted.iter().filter(|name| **name != "*") {
            if !module.structs.iter().any(|s| s.name == *name) {
                bail!("no struct {name}");
            }
        }
        module.structs.sort_by_key(|s| s.line);
        Ok(module)
    }
}

fn consts(items: &[Item], source: &Source) -> Result<Vec<Const>> {
    let mut consts: Vec<Const> = Vec::new();
    let mut seen = HashMap::new();
    let of_enum = |item: &syn::ItemConst| match &*item.ty {
        Type::Path(path) if path.path.leading_colon.is_none() => path.to_token_stream().to_string(),
        _ => String::new(),
    };
    for item in items {
        let Item::Const(item) = item else { continue };
        let name = item.ident.to_string();
        // Sentinels (`__IFLA_MAX`) say nothing that IFLA_MAX does not.
        if name == "_" || name.starts_with("__") {
            continue;
        }
        let Some(value) = value(&item.expr) else {
            continue;
        };
        let group = match of_enum(item).as_str() {
            "u8" | "i8" | "u16" | "i16" | "u32" | "i32" | "u64" | "i64" => String::new(),
            group => group.to_owned(),
        };
        let place = source.place(&name);
        let found =
            Const { line: place.map_or(usize::MAX, |p| p.line), hex: place.is_some_and(|p| p.hex), name, value, group };
        // `#define IFF_UP IFF_UP` beside the enumerator: the enumerator it is.
        match seen.get(&found.name) {
            None => {
                seen.insert(found.name.clone(), consts.len());
                consts.push(found);
            }
            Some(&old) => {
                let old: &mut Const = consts.get_mut(old).context("index of a constant")?;
                if old.value == found.value && old.group.is_empty() {
                    *old = found;
                }
            }
        }
    }
    consts.sort_by_key(|c| c.line);
    Ok(consts)
}

fn value(expr: &Expr) -> Option<Value> {
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(int) => int.base10_parse().ok().map(Value::Number),
            Lit::ByteStr(bytes) => {
                let mut bytes = bytes.value();
                bytes.pop_if(|last| *last == 0);
                String::from_utf8(bytes).ok().map(Value::Text)
            }
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => match value(&unary.expr)? {
            Value::Number(n) => Some(Value::Number(-n)),
            Value::Text(_) => None,
        },
        _ => None,
    }
}

impl<'a> Answer<'a> {
    fn collect(items: &'a [Item]) -> Result<Answer<'a>> {
        let mut answer = Answer {
            structs: HashMap::new(),
            unions: HashMap::new(),
            aliases: HashMap::new(),
            layouts: HashMap::new(),
            bits: HashMap::new(),
        };
        let mut unions = Vec::new();
        for item in items {
            match item {
                Item::Struct(item) => {
                    answer.structs.insert(item.ident.to_string(), item);
                }
                Item::Union(item) => unions.push(item.ident.to_string()),
                Item::Type(item) => {
                    answer.aliases.insert(item.ident.to_string(), &item.ty);
                }
                Item::Const(item) if item.ident == "_" => answer.layout(&item.expr),
                Item::Impl(item) => answer.bits_of(item),
                _ => {}
            }
        }
        for name in unions {
            let layout = answer.layouts.get(&name).cloned();
            answer.unions.insert(name.clone(), layout.with_context(|| format!("union {name}"))?);
        }
        Ok(answer)
    }

    /// Reads `["Size of X"][size_of::<X>() - 4usize];` and its like out of a layout test.
    fn layout(&mut self, expr: &Expr) {
        let Expr::Block(block) = expr else { return };
        for stmt in &block.block.stmts {
            if let Stmt::Expr(Expr::Index(index), _) = stmt
                && let Expr::Array(array) = &*index.expr
                && let Some(Expr::Lit(lit)) = array.elems.first()
                && let Lit::Str(what) = &lit.lit
                && let Expr::Binary(minus) = &*index.index
                && let Some(Value::Number(n)) = value(&minus.right)
                && let Ok(n) = u64::try_from(n)
            {
                let what = what.value();
                if let Some(name) = what.strip_prefix("Size of ") {
                    self.layouts.entry(name.to_owned()).or_default().size = n;
                } else if let Some(name) = what.strip_prefix("Alignment of ") {
                    self.layouts.entry(name.to_owned()).or_default().align = n;
                } else if let Some((name, field)) =
                    what.strip_prefix("Offset of field: ").and_then(|rest| rest.split_once("::"))
                {
                    let layout = self.layouts.entry(name.to_owned()).or_default();
                    layout.offsets.insert(field.to_owned(), n);
                }
            }
        }
    }

    /// Reads the getters of bit fields: `self._bitfield_1.get_const::<4usize, 2u8>()`.
    fn bits_of(&mut self, item: &syn::ItemImpl) {
        let owner = item.self_ty.to_token_stream().to_string();
        for method in &item.items {
            let syn::ImplItem::Fn(method) = method else {
                continue;
            };
            let name = method.sig.ident.to_string();
            if name.starts_with("set_") || method.sig.inputs.len() != 1 {
                continue;
            }
            let text = method.block.to_token_stream().to_string().replace(' ', "");
            let Some((_, rest)) = text.split_once("self.") else {
                continue;
            };
            let Some((unit, rest)) = rest.split_once(".get_const::<") else {
                continue;
            };
            let number = |text: &str, end| text.split_once(end).and_then(|(n, _)| n.parse().ok());
            let Some(start) = number(rest, "usize,") else {
                continue;
            };
            let Some((_, rest)) = rest.split_once(',') else {
                continue;
            };
            let Some(width) = number(rest, "u8>") else {
                continue;
            };
            let bits = Bits { name: name.clone(), unit: unit.to_owned(), start, width };
            self.bits.entry(owner.clone()).or_default().push(bits);
        }
    }

    /// Adds the struct, and before it those declared without a name inside it.
    fn structure(&self, name: &str, source: &Source, found: &mut Vec<Struct>) -> Result<()> {
        let item = self.structs.get(name).with_context(|| format!("no struct {name}"))?;
        let layout = self.layouts.get(name).cloned().unwrap_or_default();
        let mut this = Struct {
            name: tidy(name),
            c_name: format!("struct {}", tidy(name)),
            repr: repr(item),
            fields: Vec::new(),
            tail: None,
            size: layout.size,
            align: layout.align,
            line: source.struct_line(&tidy(name)),
        };
        for field in &item.fields {
            let c_field = field.ident.as_ref().context("a tuple struct")?.to_string();
            let text = field.ty.to_token_stream().to_string();
            if text.contains("__IncompleteArrayField") || text.ends_with("; 0usize]") {
                if !c_field.starts_with("_bitfield_align") {
                    this.tail = Some(c_field);
                }
                continue;
            }
            let bits = self.bits.get(name).filter(|_| c_field.starts_with("_bitfield_"));
            let mut note = bits.map(|bits| bit_note(bits, &c_field));
            let mut ty = self.field_type(&field.ty, &mut note).with_context(|| format!("field {c_field} of {name}"))?;
            if let FieldType::Struct(inner) = &mut ty
                && is_anonymous(inner)
            {
                self.structure(inner, source, found)?;
                let at = found.iter().position(|s| s.name == *inner);
                let added = at.and_then(|at| found.get_mut(at)).context("the inner struct")?;
                added.name = format!("{name}_{c_field}");
                added.c_name = format!("{}.{c_field}", this.c_name);
                added.line = this.line;
                *inner = added.name.clone();
            }
            let offset = layout.offsets.get(&c_field).copied();
            let name = match c_field.strip_prefix("__bindgen_") {
                Some(padding) => padding.to_owned(),
                None => c_field.replace("_bitfield_", "bits_"),
            };
            this.fields.push(Field { name, ty, offset, note });
        }
        // What is left must stay aligned for the array that followed.
        let align = this.fields.iter().map(|field| self.align(&field.ty)).max();
        if this.tail.is_some() && this.repr.is_empty() && align < Some(this.align) {
            this.repr.push(format!("align({})", this.align));
        }
        found.push(this);
        Ok(())
    }

    fn align(&self, ty: &FieldType) -> u64 {
        match ty {
            FieldType::Scalar(name) if name.ends_with("64") => 8,
            FieldType::Scalar(name) if name.ends_with("32") => 4,
            FieldType::Scalar(name) if name.ends_with("16") => 2,
            FieldType::Scalar(_) => 1,
            FieldType::Struct(name) => self.layouts.get(name).map_or(1, |layout| layout.align),
            FieldType::Array(of, _) => self.align(of),
        }
    }

    fn field_type(&self, ty: &Type, note: &mut Option<String>) -> Result<FieldType> {
        match ty {
            Type::Array(array) => {
                let Some(Value::Number(len)) = value(&array.len) else { bail!("length of array") };
                let of = self.field_type(&array.elem, note)?;
                Ok(FieldType::Array(Box::new(of), u64::try_from(len)?))
            }
            Type::Path(path) => {
                let last = path.path.segments.last().context("empty path")?;
                if last.ident == "__BindgenBitfieldUnit"
                    && let syn::PathArguments::AngleBracketed(args) = &last.arguments
                    && let Some(syn::GenericArgument::Type(unit)) = args.args.first()
                {
                    return self.field_type(unit, note);
                }
                self.named(&last.ident.to_string(), note)
            }
            other => bail!("no type for the wire: {}", other.to_token_stream()),
        }
    }

    fn named(&self, name: &str, note: &mut Option<String>) -> Result<FieldType> {
        if let Some(scalar) = scalar(name) {
            return Ok(FieldType::Scalar(scalar));
        }
        if let Some(ty) = self.aliases.get(name) {
            return self.field_type(ty, note);
        }
        if let Some(union) = self.unions.get(name) {
            *note = Some("A union, as words in the order of the wire.".to_owned());
            let (word, width) = match union.align {
                1 => ("u8", 1),
                2 => ("u16", 2),
                4 => ("u32", 4),
                _ => ("u64", 8),
            };
            return Ok(FieldType::Array(Box::new(FieldType::Scalar(word)), union.size / width));
        }
        if name == "sockaddr_storage" {
            // The C library's; the kernel's own is aligned the same way.
            *note = Some("A socket address of any family.".to_owned());
            return Ok(FieldType::Array(Box::new(FieldType::Scalar("u64")), 16));
        }
        Ok(FieldType::Struct(name.to_owned()))
    }
}

/// A struct declared within another has the outer one's name in bindgen's; in C it has not.
fn tidy(name: &str) -> String {
    let inner = name.rsplit_once("__bindgen_ty_").and_then(|(_, rest)| rest.split_once('_'));
    inner.map_or(name, |(_, inner)| inner).to_owned()
}

fn is_anonymous(name: &str) -> bool {
    tidy(name) == name && name.contains("__bindgen_ty_")
}

/// bindgen's own helpers, and what is found through the struct around it.
fn is_bindgens(name: &str) -> bool {
    name.starts_with("__Bindgen") || name == "__IncompleteArrayField" || is_anonymous(name)
}

fn bit_note(bits: &[Bits], unit: &str) -> String {
    let list: Vec<String> =
        bits.iter().filter(|b| b.unit == unit).map(|b| format!("{} {}+{}", b.name, b.start, b.width)).collect();
    format!("Bit fields (first bit and width, little-endian machines): {}.", list.join(", "))
}

fn repr(item: &syn::ItemStruct) -> Vec<String> {
    let attrs = item.attrs.iter().filter(|attr| attr.path().is_ident("repr"));
    let lists = attrs.filter_map(|attr| attr.meta.require_list().ok());
    lists
        .flat_map(|list| list.tokens.to_string().split(',').map(str::trim).map(str::to_owned).collect::<Vec<_>>())
        .filter(|word| word != "C")
        .map(|word| word.replace(' ', ""))
        .collect()
}

/// The kernel's names of numbers. Those of a byte order keep it.
fn scalar(name: &str) -> Option<&'static str> {
    Some(match name {
        "u8" | "__u8" | "c_uchar" | "c_char" | "uint8_t" => "u8",
        "i8" | "__s8" | "c_schar" => "i8",
        "u16" | "__u16" | "c_ushort" | "__kernel_sa_family_t" | "sa_family_t" | "uint16_t" => "u16",
        "i16" | "__s16" | "c_short" => "i16",
        "u32" | "__u32" | "c_uint" | "__kernel_uid32_t" | "uint32_t" => "u32",
        "i32" | "__s32" | "c_int" | "__kernel_pid_t" | "pid_t" => "i32",
        "u64" | "__u64" | "c_ulonglong" | "__aligned_u64" | "uint64_t" => "u64",
        "i64" | "__s64" | "__aligned_s64" | "__kernel_time64_t" | "c_longlong" => "i64",
        "__be16" | "__sum16" => "Be16",
        "__be32" => "Be32",
        "__be64" | "__aligned_be64" => "Be64",
        _ => return None,
    })
}
