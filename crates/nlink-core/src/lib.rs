//! nlink-core
