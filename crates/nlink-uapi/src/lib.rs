//! nlink-uapi
