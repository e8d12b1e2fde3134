//! The pure rules of the network: no database, no clock, no randomness, no files.
//!
//! Everything here is a total function over values; what changes with time or place comes in as an argument.

/// Declares a fieldless enum whose variants have stable codes: what stands in the database, in URLs and in exports.
///
/// Codes never change once data exists. `from_code` is total: an unknown code is `None`, not a panic.
#[macro_export]
macro_rules! codes {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable code of this value.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// The value with this code, if there is one.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some($name::$variant),)+ _ => None }
            }
        }

        impl $crate::Coded for $name {
            fn all() -> &'static [Self] { Self::ALL }
            fn code(self) -> &'static str { $name::code(self) }
            fn from_code(code: &str) -> Option<Self> { $name::from_code(code) }
        }
    };
}

pub mod calendar;
pub mod category;
pub mod clock;
pub mod credit;
pub mod district;
pub mod flow;
pub mod industry;
pub mod locale;
pub mod money;
pub mod people;
pub mod rule;
pub mod size;
pub mod text;

/// An enum with stable codes, see [`codes!`].
pub trait Coded: Copy + Eq + Sized + Send + Sync + 'static {
    /// Every value, in the order of declaration.
    fn all() -> &'static [Self];
    /// The stable code of this value.
    fn code(self) -> &'static str;
    /// The value with this code, if there is one.
    fn from_code(code: &str) -> Option<Self>;
}
