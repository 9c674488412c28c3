from asyncio import CancelledError, create_task, current_task, get_running_loop, sleep

from events import outcome, programme, say


async def sleeper(name):
    try:
        say(name, "sleeps")
        await sleep(30)
    except CancelledError:
        say(name, "sees it")
        raise
    finally:
        say(name, "leaves")


async def ended(task):
    """How a task ended, without its exception."""
    while not task.done():
        await sleep(0)
    return "cancelled" if task.cancelled() else outcome(task.result)


@programme
async def before_the_first_step():
    task = create_task(sleeper("a"))
    say(task.cancel(), task.cancelled(), task.done())
    say(await ended(task))


@programme
async def while_it_awaits():
    task = create_task(sleeper("a"))
    await sleep(0)
    say(task.cancel(), task.cancelled(), task.done())
    say(await ended(task))


@programme
async def the_canceller_goes_on_first():
    task = create_task(sleeper("a"))
    await sleep(0)
    task.cancel()
    get_running_loop().call_soon(say, "callback")
    say("canceller")
    await sleep(0)
    say("canceller, a turn later", task.done())
    await sleep(0)
    say("canceller, two turns later", task.done())


@programme
async def at_a_sleep_of_zero():
    async def work():
        try:
            await sleep(0)
            say("not reached")
        except CancelledError:
            say("sees it")
            raise

    task = create_task(work())
    await sleep(0)
    task.cancel()
    say(await ended(task))


@programme
async def twice_in_one_step():
    task = create_task(sleeper("a"))
    await sleep(0)
    say(task.cancel(), task.cancel())
    say(await ended(task))
    say(task.cancel())


@programme
async def twice_one_after_the_other():
    async def work():
        for attempt in (1, 2):
            try:
                await sleep(30)
            except CancelledError:
                say("attempt", attempt)
        return "survived two"

    task = create_task(work())
    await sleep(0)
    task.cancel()
    await sleep(0)
    task.cancel()
    say(await ended(task))


@programme
async def swallowed():
    async def work():
        try:
            await sleep(30)
        except CancelledError:
            say("swallowed")
        await sleep(0)
        return "went on"

    task = create_task(work())
    await sleep(0)
    say(task.cancel())
    say(await ended(task), task.cancelled())


@programme
async def another_exception_instead():
    async def work():
        try:
            await sleep(30)
        except CancelledError:
            raise ValueError("no")

    task = create_task(work())
    await sleep(0)
    task.cancel()
    say(await ended(task))


@programme
async def a_done_task():
    async def work():
        return 1

    task = create_task(work())
    await task
    say(task.cancel(), task.cancelled(), task.result())


@programme
async def finally_runs_from_the_inside_out():
    async def inner():
        try:
            await sleep(30)
        finally:
            say("inner")

    async def outer():
        try:
            await inner()
        finally:
            say("outer")

    task = create_task(outer())
    await sleep(0)
    task.cancel()
    say(await ended(task))


@programme
async def finally_may_await():
    async def work():
        try:
            await sleep(30)
        finally:
            say("cleaning")
            await sleep(0.01)
            say("clean")

    task = create_task(work())
    await sleep(0)
    task.cancel()
    say(await ended(task))


@programme
async def a_return_in_finally_swallows_it():
    async def work():
        try:
            await sleep(30)
        finally:
            return "returned"  # noqa: B012

    task = create_task(work())
    await sleep(0)
    task.cancel()
    say(await ended(task), task.cancelled())


@programme
async def cancelled_while_it_cleans_up():
    async def work():
        try:
            await sleep(30)
        finally:
            try:
                await sleep(30)
            finally:
                say("cut short")

    task = create_task(work())
    await sleep(0)
    task.cancel()
    await sleep(0)
    task.cancel()
    say(await ended(task))


@programme
async def it_reaches_the_task_awaited():
    inner = create_task(sleeper("inner"))

    async def work():
        try:
            await inner
        finally:
            say("outer leaves")

    outer = create_task(work())
    await sleep(0)
    outer.cancel()
    say(inner.cancelled(), outer.cancelled())
    say(await ended(outer), inner.cancelled())


@programme
async def the_task_awaited_swallows_it():
    async def stubborn():
        try:
            await sleep(30)
        except CancelledError:
            say("inner swallows")
        return "stayed"

    inner = create_task(stubborn())

    async def work():
        return await inner

    outer = create_task(work())
    await sleep(0)
    await sleep(0)
    outer.cancel()
    say(await ended(outer))


@programme
async def a_cancelled_task_raises_in_who_awaits_it():
    inner = create_task(sleeper("inner"))
    await sleep(0)
    inner.cancel()
    try:
        await inner
    except CancelledError as error:
        say("caught", error)
    say(current_task().cancelled())


@programme
async def a_task_cancels_itself():
    async def work():
        say(current_task().cancel())
        say("goes on")
        try:
            await sleep(30)
        except CancelledError:
            say("at the next await")
            raise

    say(await ended(create_task(work())))


@programme
async def a_task_cancels_itself_and_returns():
    async def work():
        current_task().cancel()
        return "returned"

    say(await ended(create_task(work())))


@programme
async def a_task_cancels_itself_and_fails():
    async def work():
        current_task().cancel()
        raise ValueError("no")

    say(await ended(create_task(work())))


@programme
async def just_when_the_result_is_there():
    future = get_running_loop().create_future()

    async def work():
        try:
            say("got", await future)
        except CancelledError:
            say("cancelled, result or not")
            raise

    task = create_task(work())
    await sleep(0)
    future.set_result(1)
    say(task.cancel())
    say(await ended(task), future.result())


@programme
async def raised_by_hand():
    async def work():
        raise CancelledError("by hand")

    task = create_task(work())
    say(await ended(task), task.cancelled())
