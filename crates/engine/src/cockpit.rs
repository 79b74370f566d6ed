//! The figures of the first page: made from facts, never from SQL.
