//! nlink
