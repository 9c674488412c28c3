from asyncio import CancelledError, create_task, gather, get_running_loop, sleep

from coroutines import failing, sleeper, turns, work
from events import outcome, programme, say


@programme
async def results_come_in_the_order_given():
    say(await gather(work("slow", 5), work("middle", 3), work("quick", 1)))


@programme
async def it_starts_in_the_order_given():
    async def starts(name):
        say(name, "starts")
        await sleep(0)

    gathering = gather(starts("a"), starts("b"))
    say("gathered")
    say(await gathering)


@programme
async def gather_nothing():
    say(await gather())


@programme
async def gather_mixes_coroutines_tasks_and_futures():
    future = get_running_loop().create_future()
    get_running_loop().call_soon(future.set_result, "future")
    say(await gather(work("coroutine", 1), create_task(work("task", 2)), future))


@programme
async def one_fails_and_the_others_go_on():
    other = create_task(work("other", 5))
    try:
        await gather(failing("bad", 2), other)
    except ValueError as error:
        say("caught", error, other.done())
    say(await other)


@programme
async def the_first_failure_is_raised():
    try:
        await gather(failing("second", 3), failing("first", 1))
    except ValueError as error:
        say("caught", error)
    await turns(20)


@programme
async def return_exceptions():
    say(await gather(work("a", 3), failing("b", 1), work("c", 2), return_exceptions=True))


@programme
async def return_exceptions_of_a_cancelled_child():
    child = create_task(sleep(30))
    get_running_loop().call_soon(child.cancel)
    say(await gather(work("a", 1), child, return_exceptions=True))


@programme
async def a_cancelled_child():
    child, other = create_task(sleep(30)), create_task(work("other", 4))
    get_running_loop().call_soon(child.cancel)
    try:
        await gather(child, other)
    except CancelledError as error:
        say("caught", error, other.done())
    say(await other)


@programme
async def cancelling_the_gathering_cancels_the_children():
    children = [create_task(sleeper(name)) for name in "ab"]
    gathering = gather(*children)
    await sleep(0)
    say(gathering.cancel(), gathering.done())
    say(outcome(gathering.result))
    try:
        await gathering
    except CancelledError:
        say("caught", [child.cancelled() for child in children], gathering.cancelled())


@programme
async def cancelling_who_awaits_the_gathering():
    children = [create_task(sleeper(name)) for name in "ab"]

    async def waiter():
        try:
            await gather(*children)
        finally:
            say("waiter leaves")

    task = create_task(waiter())
    await sleep(0)
    await sleep(0)
    task.cancel()
    try:
        await task
    except CancelledError:
        say("caught", [child.cancelled() for child in children])


@programme
async def a_child_that_swallows_the_cancellation():
    async def stubborn():
        try:
            await sleep(30)
        except CancelledError:
            return "stayed"

    gathering = gather(stubborn(), sleeper("b"))
    await sleep(0)
    gathering.cancel()
    try:
        say(await gathering)
    except CancelledError:
        say("cancelled all the same")


@programme
async def cancelling_with_return_exceptions():
    gathering = gather(sleeper("a"), sleeper("b"), return_exceptions=True)
    await sleep(0)
    gathering.cancel()
    try:
        say(await gathering)
    except CancelledError:
        say("cancelled all the same", gathering.cancelled())


@programme
async def a_done_gathering_cannot_be_cancelled():
    gathering = gather(work("a", 1))
    await gathering
    say(gathering.cancel(), gathering.result())


@programme
async def duplicates():
    task = create_task(work("task", 1))
    coroutine = work("coroutine", 2)
    say(await gather(task, coroutine, task, coroutine))


@programme
async def nested_gatherings():
    say(await gather(gather(work("a", 3), work("b", 1)), gather(work("c", 2)), work("d", 0)))


@programme
async def a_failure_inside_a_nested_gathering():
    try:
        await gather(gather(work("a", 2), failing("b", 1)), work("c", 6))
    except ValueError as error:
        say("caught", error)
    await turns(20)


@programme
async def children_that_are_done_already():
    tasks = [create_task(work(name, 0)) for name in "ab"]
    await sleep(0)
    await sleep(0)
    say(await gather(*tasks))


@programme
async def the_gathering_is_done_after_the_last_child():
    tasks = [create_task(work(name, count)) for name, count in (("a", 1), ("b", 2))]
    gathering = gather(*tasks)
    gathering.add_done_callback(lambda done: say("gathering", done.result()))
    for task in tasks:
        task.add_done_callback(lambda done: say("child", done.result()))
    await gathering
    await sleep(0)
