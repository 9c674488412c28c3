from asyncio import CancelledError, create_task, get_running_loop, sleep

from events import outcome, programme, say


@programme
async def callback_on_a_done_future():
    future = get_running_loop().create_future()
    future.set_result(1)
    future.add_done_callback(lambda done: say("callback", done.result()))
    say("added")
    await sleep(0)
    say("a turn later")


@programme
async def callbacks_in_the_order_they_were_added():
    future = get_running_loop().create_future()
    for name in "abc":
        future.add_done_callback(lambda done, name=name: say(name, done.result()))
    future.set_result(1)
    say("set")
    await sleep(0)


@programme
async def a_callback_added_twice_runs_twice():
    future = get_running_loop().create_future()

    def callback(done):
        say("callback")

    future.add_done_callback(callback)
    future.add_done_callback(callback)
    future.set_result(1)
    await sleep(0)


@programme
async def a_removed_callback_does_not_run():
    future = get_running_loop().create_future()

    def removed(done):
        say("removed")

    future.add_done_callback(removed)
    future.add_done_callback(lambda done: say("kept"))
    future.add_done_callback(removed)
    say(future.remove_done_callback(removed), "removed")
    say(future.remove_done_callback(removed), "removed")
    future.set_result(1)
    await sleep(0)


@programme
async def removing_a_scheduled_callback_is_too_late():
    future = get_running_loop().create_future()

    def callback(done):
        say("callback")

    future.add_done_callback(callback)
    future.set_result(1)
    say(future.remove_done_callback(callback), "removed")
    await sleep(0)


@programme
async def a_callback_adds_a_callback():
    future = get_running_loop().create_future()

    def first(done):
        say("first")
        done.add_done_callback(lambda same: say("added by the first"))

    future.add_done_callback(first)
    future.add_done_callback(lambda done: say("second"))
    future.set_result(1)
    await sleep(0)
    say("a turn later")
    await sleep(0)
    say("two turns later")


@programme
async def a_result_set_twice():
    future = get_running_loop().create_future()
    future.set_result(1)
    say(outcome(future.set_result, 2))
    say(outcome(future.set_exception, ValueError("no")))
    say(future.result())


@programme
async def a_result_that_is_not_ready():
    future = get_running_loop().create_future()
    say(future.done(), future.cancelled())
    say(outcome(future.result))
    say(outcome(future.exception))


@programme
async def an_exception_instead_of_a_result():
    future = get_running_loop().create_future()
    future.set_exception(ValueError("no"))
    say(future.done(), future.cancelled())
    say(outcome(future.result))
    say(future.exception())
    finished = get_running_loop().create_future()
    finished.set_result(1)
    say(finished.exception())


@programme
async def a_cancelled_future():
    future = get_running_loop().create_future()
    future.add_done_callback(lambda done: say("callback", done.cancelled()))
    say(future.cancel(), future.cancel())
    say(future.done(), future.cancelled())
    say(outcome(future.result))
    say(outcome(future.exception))
    say(outcome(future.set_result, 1))
    await sleep(0)


@programme
async def a_done_future_cannot_be_cancelled():
    future = get_running_loop().create_future()
    future.set_result(1)
    say(future.cancel(), future.cancelled(), future.result())


@programme
async def waiters_wake_in_the_order_they_waited():
    future = get_running_loop().create_future()

    async def waiter(name):
        say(name, "waits")
        say(name, await future)

    tasks = [create_task(waiter(name)) for name in "abc"]
    await sleep(0)
    future.set_result(1)
    say("set")
    for task in tasks:
        await task


@programme
async def a_done_future_does_not_suspend():
    future = get_running_loop().create_future()
    future.set_result(1)
    get_running_loop().call_soon(say, "callback")
    say("got", await future)
    await sleep(0)
    say("a turn later")


@programme
async def awaiting_a_cancelled_future():
    future = get_running_loop().create_future()
    future.cancel()
    try:
        await future
    except CancelledError as error:
        say("caught", error)


@programme
async def cancelling_a_future_cancels_its_waiter():
    future = get_running_loop().create_future()

    async def waiter():
        try:
            await future
        except CancelledError:
            say("waiter sees it")
            raise

    task = create_task(waiter())
    await sleep(0)
    future.cancel()
    say(task.done())
    await sleep(0)
    say(task.done(), task.cancelled())


@programme
async def a_failed_future_raises_in_each_waiter():
    future = get_running_loop().create_future()

    async def waiter(name):
        try:
            await future
        except ValueError as error:
            say(name, error)

    tasks = [create_task(waiter(name)) for name in "ab"]
    await sleep(0)
    future.set_exception(ValueError("no"))
    for task in tasks:
        await task
