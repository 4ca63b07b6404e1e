//! Snapshots of `ip`: of each subcommand a success, a refused input and a kernel error, with standard output, standard
//! error and exit code. `INSTA_UPDATE=always cargo test -p nlink-cli` rewrites them; the diff is for review.

mod address;
mod batch;
mod capabilities;
mod lab;
mod link;
mod monitor;
mod netns;
mod options;
mod route;
