//! Options that take one of a few codes: all of them stand in the help and in the refusal.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// One of `all`, by its code.
pub fn choices<V: Copy + Send + Sync + 'static>(
    all: &[V],
    code: fn(V) -> &'static str,
) -> impl TypedValueParser<Value = V> + use<V> {
    let all = all.to_vec();
    let codes: Vec<&'static str> = all.iter().map(|value| code(*value)).collect();
    PossibleValuesParser::new(codes.clone()).try_map(move |text| {
        let at = codes.iter().position(|code| *code == text);
        at.map(|at| all[at]).ok_or("not one of the codes")
    })
}
