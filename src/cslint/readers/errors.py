"""The one error of reading: a file that cannot be read says what it is, what was expected and what to do."""

from __future__ import annotations


class UnreadableError(Exception):
    """A file that could not be read, or not in full; it must never count as clean.

    ``path`` is the file as the user named it, ``problem`` says where and what was found and what was expected,
    ``hint`` is the next step.
    """

    def __init__(self, path: str, problem: str, hint: str) -> None:
        super().__init__(path, problem, hint)  # all three in ``args``: the error survives pickling between processes
        self.path = path
        self.problem = problem
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}; {self.hint}"
