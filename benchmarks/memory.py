"""Memory of large reads: the peak of a process that draws every unit of a file, beside the size of the file.

Run `make bench-memory`, or with smaller files `python benchmarks/memory.py --megabytes 200 --rows 100000`. Each file is
written to a temporary folder, read in a process of its own, and removed. `--check` runs the whole linter over them.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

READ = """
import resource, sys, time
import {imports}
start = time.perf_counter()
units = {work}
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
print(units, round(peak), round(seconds))
"""
READERS = {
    "idle": ("cslint.readers, cslint.readers.workbook", "0"),
    "read": ("cslint.readers", "sum(1 for _ in cslint.readers.read(sys.argv[1]))"),
    "check": (
        "cslint, cslint.readers",
        "sum(1 for _ in cslint.Linter('taobao').check_units(cslint.readers.read(sys.argv[1])))",
    ),
}
SENTENCES = (
    "亲，在的，请问有什么可以帮您",
    "什么时候发货呀",
    "今天拍下明天发出的哦",
    "可以便宜一点吗",
    "亲，这款已经是活动价了呢",
)


def messages() -> Iterator[tuple[str, str, str, str, str]]:
    """Rows of a chat: conversation, time, sender, role, content. No two contents are alike."""
    chooser = random.Random(7)
    for number in count():
        conversation, customer = number // 12, number % 2 == 0
        moment = (
            f"2024-05-{number // 86400 % 28 + 1:02} {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"
        )
        sender, role = (f"tb{conversation}**", "买家") if customer else (f"小花家:客服{conversation % 40}", "客服")
        yield f"T{conversation}", moment, sender, role, f"{chooser.choice(SENTENCES)}{number}"


def write_csv(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8", newline="\r\n") as out:
        out.write("会话ID,发送时间,发送人,角色,内容\n")
        for row in messages():
            out.write(",".join((*row[:4], f'"{row[4]}"')) + "\n")
            if out.tell() > size:
                return


def write_jsonl(path: Path, size: int) -> None:
    keys = ("会话ID", "发送时间", "发送人", "角色", "内容")
    with path.open("w", encoding="utf-8") as out:
        for row in messages():
            out.write(json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False) + "\n")
            if out.tell() > size:
                return


def write_txt(path: Path, size: int) -> None:
    with path.open("w", encoding="gb18030") as out:
        for _, moment, sender, _, content in messages():
            out.write(f"{sender} {moment}\n{content}\n\n")
            if out.tell() > size:
                return


def write_xlsx(path: Path, rows: int) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("聊天记录")
    sheet.append(("会话ID", "发送时间", "发送人", "角色", "内容"))
    for _, row in zip(range(rows - 1), messages(), strict=False):
        sheet.append(row)
    book.save(path)


def write_parquet(path: Path, rows: int) -> None:
    import pyarrow
    import pyarrow.parquet

    names = ("会话ID", "发送时间", "发送人", "角色", "内容")
    source = messages()
    schema = pyarrow.schema([(name, pyarrow.string()) for name in names])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, rows, 50_000):
            batch = [next(source) for _ in range(min(50_000, rows - start))]
            columns = [pyarrow.array(values) for values in zip(*batch, strict=True)]
            writer.write_table(pyarrow.table(columns, schema=schema))


def measure(mode: str, path: Path) -> tuple[int, int, int]:
    """Units or findings, the peak in MB and the seconds of a process that reads the file."""
    imports, work = READERS[mode]
    code = READ.format(imports=imports, work=work)
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)
    units, peak, seconds = done.stdout.split()
    return int(units), int(peak), int(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=2048, help="size of the CSV and JSONL files")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the workbook and the Parquet file")
    parser.add_argument("--check", action="store_true", help="run the linter too")
    parser.add_argument("formats", nargs="*", default=["csv", "jsonl", "txt", "xlsx", "parquet"])
    options = parser.parse_args()
    size = options.megabytes << 20
    writers = {
        "csv": (write_csv, size),
        "jsonl": (write_jsonl, size),
        "txt": (write_txt, size),
        "xlsx": (write_xlsx, options.rows),
        "parquet": (write_parquet, options.rows),
    }
    _, idle, _ = measure("idle", Path())
    print(f"a process that has imported the readers: {idle} MB")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.formats:
            write, amount = writers[name]
            path = Path(folder) / f"chat.{name}"
            begun = time.perf_counter()
            write(path, amount)
            print(
                f"{path.name}: {path.stat().st_size >> 20} MB, written in {time.perf_counter() - begun:.0f} s",
                flush=True,
            )
            for mode in ("read", "check") if options.check else ("read",):
                found, peak, seconds = measure(mode, path)
                what = "units" if mode == "read" else "findings"
                print(f"  {mode}: {found:,} {what}, peak {peak} MB, {seconds} s", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
