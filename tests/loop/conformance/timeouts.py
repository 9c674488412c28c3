from asyncio import CancelledError, Future, TimeoutError, create_task, get_running_loop, shield, sleep, wait_for

from coroutines import sleeper, work
from events import outcome, programme, say


@programme
async def done_in_time():
    say(await wait_for(work("a", 3), 30))


@programme
async def without_a_timeout():
    say(await wait_for(work("a", 3), None))


@programme
async def it_takes_too_long():
    try:
        await wait_for(sleeper("a"), 0.01)
    except TimeoutError as error:
        say(type(error).__name__)


@programme
async def a_task_that_takes_too_long():
    task = create_task(sleeper("a"))
    try:
        await wait_for(task, 0.01)
    except TimeoutError:
        say("timeout", task.done(), task.cancelled())


@programme
async def a_future_that_takes_too_long():
    future: Future = get_running_loop().create_future()
    try:
        await wait_for(future, 0.01)
    except TimeoutError:
        say("timeout", future.cancelled())


@programme
async def the_timeout_waits_for_the_clean_up():
    async def slow_to_leave():
        try:
            await sleep(30)
        finally:
            say("cleaning")
            await sleep(0.02)
            say("clean")

    try:
        await wait_for(slow_to_leave(), 0.01)
    except TimeoutError:
        say("timeout")


@programme
async def it_fails_in_time():
    async def failing():
        await sleep(0)
        raise ValueError("no")

    try:
        await wait_for(failing(), 30)
    except ValueError as error:
        say(error)


@programme
async def the_inner_is_cancelled():
    task = create_task(sleeper("a"))
    get_running_loop().call_later(0.01, task.cancel)
    try:
        await wait_for(task, 30)
    except CancelledError:
        say("cancelled, no timeout")


@programme
async def the_waiter_is_cancelled():
    task = create_task(sleeper("inner"))

    async def waiter():
        try:
            await wait_for(task, 30)
        except CancelledError:
            say("waiter", task.cancelled())
            raise

    waiting = create_task(waiter())
    await work("turns", 5)
    waiting.cancel()
    try:
        await waiting
    except CancelledError:
        say("caught", waiting.cancelled())


@programme
async def a_timeout_of_zero():
    task = create_task(sleeper("not started"))
    try:
        await wait_for(task, 0)
    except TimeoutError:
        say("timeout", task.cancelled())


@programme
async def a_timeout_of_zero_and_a_result():
    task = create_task(work("a", 0))
    await sleep(0)
    say(await wait_for(task, 0))


@programme
async def shielded():
    task = create_task(work("went on", 5))
    outer = shield(task)
    await sleep(0)
    say(outer.cancel(), outer.cancelled(), task.cancelled())
    say(outcome(outer.result))
    say(await task)


@programme
async def a_shield_gives_the_result():
    say(await shield(work("a", 1)))


@programme
async def a_shield_gives_the_exception():
    async def failing():
        await sleep(0)
        raise ValueError("no")

    try:
        await shield(failing())
    except ValueError as error:
        say(error)


@programme
async def cancelling_who_awaits_a_shield():
    task = create_task(work("inner", 5))

    async def waiter():
        try:
            await shield(task)
        except CancelledError:
            say("waiter leaves", task.done())
            raise

    waiting = create_task(waiter())
    await sleep(0)
    await sleep(0)
    waiting.cancel()
    say(await task, waiting.cancelled())


@programme
async def cancelling_what_is_shielded():
    task = create_task(sleeper("inner"))
    outer = shield(task)
    await sleep(0)
    task.cancel()
    try:
        await outer
    except CancelledError:
        say("through the shield", outer.cancelled())


@programme
async def a_timeout_around_a_shield():
    future = get_running_loop().create_future()
    try:
        await wait_for(shield(future), 0.01)
    except TimeoutError:
        say("timeout", future.done())
    future.set_result("went on")
    say(await future)


@programme
async def a_shield_around_what_is_done():
    task = create_task(work("a", 0))
    await task
    say(shield(task) is task)
