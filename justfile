# Recipes for work on Tici; `just` lists them. Each is one command, so that none of them
# needs just.

[private]
default:
    @just --list --unsorted

# A fresh sample county in a temporary folder, the server running
[group('run')]
demo *ARGS:
    cargo run --package tici -- demo {{ ARGS }}

# The server on a ledger of your own
[group('run')]
serve *ARGS:
    cargo run --package tici -- serve {{ ARGS }}

# Pictures of every page: three widths, light and dark, three languages, and printed
[group('run')]
look FOLDER="target/pictures":
    TICI_PICTURES="$PWD/{{ FOLDER }}" cargo test --package tici --test it -- \
        --ignored --exact pictures::pictures_of_every_page

# All tests
[group('check')]
test *ARGS:
    cargo test --workspace {{ ARGS }}

# The tests of one crate: just test-of tici-engine
[group('check')]
test-of CRATE *ARGS:
    cargo test --package {{ CRATE }} {{ ARGS }}

# House rules: arrows, lengths, bans, lists, languages, documents
[group('check')]
tidy:
    cargo xtask tidy

# Write lengths that shrank into the ratchet
[group('check')]
lower:
    cargo xtask tidy --lower

# Formatting and lints, as CI has them
[group('check')]
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Licences of every package
[group('check')]
licences:
    cargo xtask licences

# Everything CI runs (Debian 12, as root)
[group('check')]
ci:
    .ci/run

# The figures of docs/performance.md, measured again: just bench --scales 1 --only pages
[group('measure')]
bench *ARGS:
    cargo run --release --package tici --example measure -- {{ ARGS }}

# Lights, league, totals and board, cold and warm, and looked back to: just bench-month FOLDER…
[group('measure')]
bench-month *FOLDERS:
    cargo run --release --package tici-ops --example month_speed -- {{ FOLDERS }}
