"""How a programme tells what happened. events.ts writes the same lines for the same values."""
from __future__ import annotations

import re


def show(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(show, value))}]"
    return str(value)


def say(*values: object) -> None:
    print(*map(show, values))


def outcome(read, *arguments: object) -> object:
    """What `read` returns or raises."""
    try:
        return read(*arguments)
    except BaseException as error:
        return error


def report(loop, context):
    """asyncio's report of what nobody caught, without the callback's source line and the traceback."""
    message = re.sub(r"(?s)(Exception in callback) .*", r"\1", context["message"])
    say("reported", *filter(None, (message, context.get("exception"))))


programmes: dict[str, list] = {}


def programme(function):
    """Enters a function as one of its file's programmes."""
    programmes.setdefault(function.__module__, []).append(function)
    return function
