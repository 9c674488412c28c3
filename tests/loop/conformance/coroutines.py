"""Coroutines that several topics use."""
from asyncio import CancelledError, sleep

from events import say


async def turns(count):
    for _ in range(count):
        await sleep(0)


async def work(name, count):
    await turns(count)
    say(name)
    return name


async def failing(name, count):
    await work(name, count)
    raise ValueError(name)


async def sleeper(name):
    try:
        await sleep(30)
    except CancelledError:
        say(name, "cancelled")
        raise
