"""What may stand in cslint.toml: the keys and their types."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from cslint.model import Severity, UnitKind
from cslint.rulebook.schema import Profile

Words = str | list[str]
PlatformName = Literal["jd", "taobao", "tmall", "pdd", "douyin", "kuaishou", "xiaohongshu"]
Platforms = PlatformName | list[PlatformName]
Profiles = Profile | list[Profile]


class FileTable(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The keys that hold for files: at the top of the file, and in a table [per-file."GLOB"]."""

    platform: Platforms | None = None
    unit: UnitKind | Literal["auto"] | None = None
    agents: Words | None = None
    encoding: str | None = None
    profiles: Profiles | None = None
    select: Words | None = None
    ignore: Words | None = None
    extend_select: Words | None = None
    columns: dict[str, Words] | None = None
    parts: dict[str, Words] | None = None
    header_row: int | None = None
    code: bool | None = None


class ConfigTable(FileTable, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The whole file."""

    extend: str | None = None
    wordlists: Words | None = None
    allowed: Words | None = None
    severity: dict[str, Severity] | None = None
    per_file: dict[str, FileTable] | None = None
    exclude: Words | None = None
    force_exclude: bool | None = None
    baseline: str | None = None
    strict_baseline: bool | None = None
    fail_on: Severity | None = None
    min_severity: Severity | None = None
    format: str | None = None
    lang: Literal["zh", "en"] | None = None
    mask: bool | None = None
    score: dict[str, Any] | None = None  # the sheet of `cslint score`, which checks it


FILE_KEYS = tuple(field.encode_name for field in msgspec.structs.fields(FileTable))
KEYS = tuple(field.encode_name for field in msgspec.structs.fields(ConfigTable))
