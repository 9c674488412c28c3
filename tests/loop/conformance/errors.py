"""Exceptions on their way, and those that nobody looked at."""
import re
from asyncio import CancelledError, create_task, gather, get_running_loop, sleep, wait

from coroutines import turns
from events import programme, say


async def failing():
    await sleep(0)
    raise ValueError("no")


@programme
async def through_three_coroutines():
    async def middle():
        try:
            await failing()
        finally:
            say("middle")

    async def outer():
        try:
            await middle()
        finally:
            say("outer")

    try:
        await outer()
    except ValueError as error:
        say("caught", error)


@programme
async def through_three_tasks():
    async def middle():
        try:
            await create_task(failing())
        finally:
            say("middle")

    async def outer():
        try:
            await create_task(middle())
        finally:
            say("outer")

    try:
        await create_task(outer())
    except ValueError as error:
        say("caught", error)


@programme
async def one_from_another():
    async def outer():
        try:
            await create_task(failing())
        except ValueError as error:
            raise RuntimeError("outer") from error

    try:
        await create_task(outer())
    except RuntimeError as error:
        say(error, "because", error.__cause__)


@programme
async def it_is_the_same_exception():
    error = ValueError("no")

    async def raising():
        await sleep(0)
        raise error

    task = create_task(raising())
    for attempt in (1, 2):
        try:
            await task
        except ValueError as caught:
            say(attempt, caught is error, task.exception() is error)


@programme
async def a_failure_does_not_reach_the_maker():
    task = create_task(failing())
    await turns(20)
    say("the maker goes on", task.done())
    say(task.exception())


@programme
async def a_task_nobody_looked_at():
    task = create_task(failing())
    await turns(20)
    say(task.done())


@programme
async def a_future_nobody_looked_at():
    future = get_running_loop().create_future()
    future.set_exception(ValueError("no"))
    say(future.done())


@programme
async def looked_at_by_its_callback():
    task = create_task(failing())
    task.add_done_callback(lambda done: say("callback", done.exception()))
    await turns(20)


@programme
async def a_callback_that_does_not_look():
    task = create_task(failing())
    task.add_done_callback(lambda done: say("callback", done.done()))
    await turns(20)
    say("end")


@programme
async def waited_for_and_not_looked_at():
    done, _ = await wait([create_task(failing())])
    say("end", len(done))


@programme
async def gathered_and_caught():
    try:
        await gather(failing(), failing())
    except ValueError as error:
        say("caught", error)
    await turns(20)


@programme
async def a_cancelled_task_is_not_reported():
    task = create_task(sleep(30))
    await sleep(0)
    task.cancel()
    await turns(20)
    say("end", task.cancelled())


@programme
async def a_callback_that_fails():
    def callback(done):
        raise ValueError("in the callback")

    future = get_running_loop().create_future()
    future.add_done_callback(callback)
    future.add_done_callback(lambda done: say("next callback", done.result()))
    future.set_result(1)
    await sleep(0)
    say("end")


def state(future):
    """Without what tells files and lines."""
    return re.sub(r" (coro=<.*?:\d+>|cb=\[.*?\]|wait_for=<.*?>)", "", repr(future))


@programme
async def a_future_in_words():
    loop = get_running_loop()
    future = loop.create_future()
    say(state(future))
    future.set_result(42)
    say(state(future))
    future = loop.create_future()
    future.set_result("text")
    say(state(future))
    future = loop.create_future()
    future.set_exception(ValueError("no"))
    say(state(future), future.exception())
    future = loop.create_future()
    future.cancel()
    say(state(future))


@programme
async def a_task_in_words():
    async def work():
        say(state(tasks[0]))
        await sleep(0)
        return 42

    tasks = [create_task(work(), name="work")]
    say(state(tasks[0]))
    await tasks[0]
    say(state(tasks[0]))
    failed = create_task(failing(), name="failed")
    await wait([failed])
    say(state(failed), failed.exception())
    cancelled = create_task(sleep(30), name="cancelled")
    cancelled.cancel()
    try:
        await cancelled
    except CancelledError:
        say(state(cancelled))
