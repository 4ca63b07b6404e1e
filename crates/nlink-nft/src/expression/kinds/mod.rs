//! The table of expressions: a line each, and a file each beside this one.

nlink_core::kinds! {
    /// An expression: one step of a rule. One that the table lacks is kept as it came.
    pub enum Expression {
        /// Masks, shifts, combines.
        Bitwise(bitwise::Bitwise),
        /// Turns byte order around.
        Byteorder(byteorder::Byteorder),
        /// Compares.
        Cmp(cmp::Cmp),
        /// Counts.
        Counter(counter::Counter),
        /// Connection tracking.
        Ct(ct::Ct),
        /// A value, a verdict.
        Immediate(immediate::Immediate),
        /// A rate.
        Limit(limit::Limit),
        /// Tells of the packet.
        Log(log::Log),
        /// Looks up in a set or map.
        Lookup(lookup::Lookup),
        /// Masquerades.
        Masq(masq::Masq),
        /// What is known of the packet.
        Meta(meta::Meta),
        /// Translates addresses.
        Nat(nat::Nat),
        /// Uses a named object.
        Objref(objref::Objref),
        /// Bytes of the packet.
        Payload(payload::Payload),
        /// So much, and no more.
        Quota(quota::Quota),
        /// Between two values.
        Range(range::Range),
        /// Redirects to this machine.
        Redir(redir::Redir),
        /// Drops and says so.
        Reject(reject::Reject),
    }
}
