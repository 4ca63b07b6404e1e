//! nlink-route
