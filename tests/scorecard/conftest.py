"""The compiled rules are read once for all runs of the command line in this process."""

from functools import cache

import pytest

from cslint.compiler.cache import plan_for
from cslint.compiler.plan import Plan
from cslint.conversation.plan import ConversationPlan, conversation_plan


@cache
def shipped() -> tuple[Plan, ConversationPlan]:
    return plan_for(), conversation_plan()


@pytest.fixture(autouse=True, scope="module")
def _read_once():
    patch = pytest.MonkeyPatch()
    patch.setattr("cslint.linter.plan_for", lambda *_, **__: shipped()[0])
    patch.setattr("cslint.linter.conversation_plan", lambda *_, **__: shipped()[1])
    yield
    patch.undo()
