"""Suppressions: comments in the file, or entries of cslint-ignore.toml, that let a finding stand, with a reason."""
