//! The engines on small ledgers written as tables.

mod agenda;
mod assess_presets;
mod assess_scheme;
mod assess_score;
mod board;
mod checks;
mod counting;
mod evidence;
mod explain;
mod facts;
mod forecast_golden_cox;
mod forecast_golden_hazard;
mod forecast_golden_km;
mod forecast_golden_read;
mod forecast_money;
mod forecast_scores;
mod golden;
mod keyed;
mod league;
mod ledger;
mod light_rules;
mod promises;
mod snapshot;
mod stages;
mod totals;
