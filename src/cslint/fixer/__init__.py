"""Rewrites put in place of findings: in a text, in a file, in a workbook."""

from __future__ import annotations

from cslint.fixer.rewrites import Change, Fixed, fix_text, fixed, rewrite_of

__all__ = ["Change", "Fixed", "fix_text", "fixed", "rewrite_of"]
