//! Tests of casework through its actions and its pages.

mod settings;
