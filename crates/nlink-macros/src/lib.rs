//! nlink-macros
