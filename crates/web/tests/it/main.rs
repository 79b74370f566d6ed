//! Tests of pages and charts.

mod api;
mod app;
mod charts;
mod locales;
mod pages;
mod statements;
mod statics;
