//! Enumerations that are stored and printed by a code.

/// Declares an enumeration with `ALL`, `code()` and `parse()`; the code is what the journal,
/// the database and the message keys use.
macro_rules! codes {
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $($(#[$each:meta])* $variant:ident = $code:literal,)+ }
    ) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        pub enum $name { $($(#[$each])* #[serde(rename = $code)] $variant,)+ }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant,)+];

            /// The stored and printed code.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)+ }
            }

            /// Reads a code back; `None` for anything else.
            pub fn parse(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}

pub(crate) use codes;
