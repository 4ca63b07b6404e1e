//! The verbs by which items are added, for batches and transactions alike.

/// Methods that add an item, for a type with `items: Items` and `connection: Connection<P>`.
macro_rules! item_verbs {
    ($of:ident) => {
        $crate::batch::verbs::item_verbs! { $of
            add: Add, "add", "Makes one; that it is there already is an error.";
            replace: Replace, "replace", "Makes one, in the place of one that is there.";
            change: Change, "change", "Changes what the object says of one that is there, and leaves the rest as it is.";
            append: Append, "append", "Puts one behind those of the same key.";
            del: Del, "delete", "Deletes one.";
        }
    };
    ($of:ident $($verb:ident: $trait:ident, $word:literal, $doc:literal;)*) => {$(
        #[doc = $doc]
        pub fn $verb<T>(&mut self, object: T) -> &mut Self
        where
            T: $crate::object::$trait + $crate::object::Object<Protocol = $of>,
        {
            let how = (<T as $crate::object::$trait>::COMMAND, <T as $crate::object::$trait>::FLAGS);
            let written = const { &$crate::batch::written::Written::of::<T>($word) };
            self.items.push(&self.connection.protocol, object, how, written);
            self
        }
    )*};
}
pub(super) use item_verbs;
