//! Messages are compiled in: a new or changed locale file must rebuild this crate.

fn main() {
    println!("cargo:rerun-if-changed=../../locales");
}
