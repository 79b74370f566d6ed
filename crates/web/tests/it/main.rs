//! Tests of pages and charts.

mod charts;
