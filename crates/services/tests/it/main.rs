//! The loop on both databases, through the whole router.

mod appeals;
mod calls;
mod case_file;
mod counter;
mod demo;
mod knowledge;
mod links;
mod merging;
mod orders;
mod outside;
mod overview;
mod papers;
mod problems;
mod requests;
mod team;
mod typhoon;
