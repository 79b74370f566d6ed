//! The machine, as the system tells it.

use std::fs;

/// Processor, cores, memory and how busy others keep it.
pub fn describe() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let memory = field_kib("/proc/meminfo", "MemTotal") as f64 / 1024.0 / 1024.0;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model = model.unwrap_or("unknown processor");
    format!("{model}, {cores} cores, {memory:.0} GiB; load average {}", load())
}

/// How many wanted a processor in the last minute; above the cores, figures are too long.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("?").to_owned()
}

/// A figure of a process's status in KiB; 0 when it has ended.
pub fn status_kib(process: u32, name: &str) -> u64 {
    field_kib(&format!("/proc/{process}/status"), name)
}

fn field_kib(path: &str, name: &str) -> u64 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.split(':').next() == Some(name));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}
