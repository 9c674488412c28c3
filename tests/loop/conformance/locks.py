from asyncio import CancelledError, Event, Lock, create_task, sleep

from coroutines import turns
from events import outcome, programme, say


@programme
async def an_event_wakes_all_in_turn():
    event = Event()

    async def waiter(name):
        say(name, "waits")
        say(name, await event.wait(), event.is_set())

    tasks = [create_task(waiter(name)) for name in "abc"]
    await sleep(0)
    event.set()
    event.set()
    say("set")
    for task in tasks:
        await task


@programme
async def a_set_event_does_not_suspend():
    async def other():
        say("other")

    event = Event()
    event.set()
    task = create_task(other())
    say(await event.wait())
    await task


@programme
async def set_and_cleared_in_one_step():
    event = Event()

    async def waiter():
        await event.wait()
        say("woken", event.is_set())

    task = create_task(waiter())
    await sleep(0)
    event.set()
    event.clear()
    await task


@programme
async def a_cleared_event_holds_again():
    event = Event()
    event.set()
    event.clear()

    async def waiter():
        await event.wait()
        say("woken")

    task = create_task(waiter())
    await turns(5)
    say("not yet", task.done())
    event.set()
    await task


@programme
async def a_cancelled_waiter_leaves_the_others():
    event = Event()

    async def waiter(name):
        try:
            await event.wait()
            say(name, "woken")
        except CancelledError:
            say(name, "cancelled")
            raise

    first, second = create_task(waiter("first")), create_task(waiter("second"))
    await sleep(0)
    first.cancel()
    await sleep(0)
    event.set()
    await second


@programme
async def one_holds_the_lock_at_a_time():
    lock = Lock()

    async def work(name):
        say(name, await lock.acquire())
        await turns(3)
        say(name, "releases", lock.locked())
        lock.release()

    for task in [create_task(work(name)) for name in "abc"]:
        await task
    say(lock.locked())


@programme
async def a_free_lock_does_not_suspend():
    async def other():
        say("other")

    lock = Lock()
    task = create_task(other())
    await lock.acquire()
    say("acquired")
    lock.release()
    await task


@programme
async def who_waits_gets_the_lock_before_a_newcomer():
    lock = Lock()

    async def work(name):
        await lock.acquire()
        say(name)
        lock.release()

    await lock.acquire()
    waiting = create_task(work("waiting"))
    await sleep(0)
    lock.release()
    await work("newcomer")
    await waiting


@programme
async def a_cancelled_waiter_does_not_get_the_lock():
    lock = Lock()

    async def work(name):
        try:
            await lock.acquire()
            say(name, "acquired")
            lock.release()
        except CancelledError:
            say(name, "cancelled")
            raise

    await lock.acquire()
    first, second = create_task(work("first")), create_task(work("second"))
    await sleep(0)
    first.cancel()
    lock.release()
    await second
    say(lock.locked())


@programme
async def cancelled_as_the_lock_comes():
    lock = Lock()

    async def work(name):
        try:
            await lock.acquire()
            say(name, "acquired")
            lock.release()
        except CancelledError:
            say(name, "cancelled")
            raise

    await lock.acquire()
    first, second = create_task(work("first")), create_task(work("second"))
    await sleep(0)
    lock.release()
    first.cancel()
    await second
    say(lock.locked())


@programme
async def released_too_often():
    lock = Lock()
    await lock.acquire()
    lock.release()
    say(outcome(lock.release))
