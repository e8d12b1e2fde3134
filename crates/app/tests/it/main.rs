//! The program as a whole: who may open what, and the command line as a person types it.

mod access;
mod audit;
mod command_line;
mod crawl;
mod reports;
