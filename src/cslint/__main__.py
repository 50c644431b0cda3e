"""`python -m cslint`, and the `cslint` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from cslint.cli import main as run

    run()


if __name__ == "__main__":
    main()
