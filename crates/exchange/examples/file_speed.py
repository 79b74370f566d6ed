"""Medians of reading and writing large lists: ours, and what others need to read the same.

Run by `just bench-files PYTHON`, where PYTHON has openpyxl, pandas, python-calamine, polars
and fastexcel. One process for each task, so that its peak of memory is its own.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import zipfile

OURS = sys.argv[1]
PYTHON = sys.argv[2] if len(sys.argv) > 2 else sys.executable
RUNS = int(os.environ.get("RUNS", "5"))
SIZES = [int(rows) for rows in os.environ.get("ROWS", "50000,500000").split(",")]

OTHERS = {
    "openpyxl, read-only": "import openpyxl\n"
    "book = openpyxl.load_workbook(file, read_only=True)\n"
    "n = sum(1 for _ in book.active.iter_rows(values_only=True))",
    "pandas with calamine": "import pandas\nn = len(pandas.read_excel(file, engine='calamine'))",
    "polars (fastexcel)": "import polars\nn = len(polars.read_excel(file, read_options={'header_row': 1}))",
}
OTHERS_CSV = {
    "pandas": "import pandas\nn = len(pandas.read_csv(file))",
    "polars": "import polars\nn = len(polars.read_csv(file))",
}
AROUND = """
import json, resource, sys, time
file = sys.argv[1]
started = time.perf_counter()
{}
seconds = time.perf_counter() - started
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({{"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime,
                  "peak_mib": usage.ru_maxrss / 1024, "rows": n}}))
"""


def measure(command):
    runs = []
    for _ in range(RUNS):
        out = subprocess.run(command, capture_output=True, text=True)
        if out.returncode:
            return None, out.stderr.strip().splitlines()[-1:]
        runs.append(json.loads(out.stdout.strip().splitlines()[-1]))
    middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    return middle, None


def tell(what, result, size):
    found, error = result
    if found is None:
        print(f"| {what} | failed: {error} | | | |", flush=True)
        return
    times = found["peak_mib"] / (size / 2**20)
    print(f"| {what} | {found['seconds']:.2f} s | {found['cpu']:.2f} s | "
          f"{found['peak_mib']:.0f} MiB | {times:.1f} × |", flush=True)


def unpacked(path):
    if path.endswith(".csv"):
        return os.path.getsize(path)
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


def main():
    folder = tempfile.mkdtemp()
    for rows in SIZES:
        for ending, others in (("xlsx", OTHERS), ("csv", OTHERS_CSV)):
            path = os.path.join(folder, f"{rows}.{ending}")
            made = measure([OURS, "make", path, str(rows)])
            size = unpacked(path)
            load = os.getloadavg()[0]
            print(f"\n{rows:,} rows, {ending}: {os.path.getsize(path) / 2**20:.1f} MiB, "
                  f"unpacked {size / 2**20:.0f} MiB; load {load:.1f}\n")
            print("| what | time | processor | peak memory | of unpacked size |\n|---|--:|--:|--:|--:|")
            tell("ours, write", made, size)
            tell("ours, read cells", measure([OURS, "open", path]), size)
            tell("ours, import with validation", measure([OURS, "import", path]), size)
            for name, body in others.items():
                tell(name, measure([PYTHON, "-c", AROUND.format(body), path]), size)
            os.remove(path)


if __name__ == "__main__":
    main()
