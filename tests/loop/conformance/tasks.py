from asyncio import create_task, current_task, ensure_future, get_running_loop, new_event_loop, sleep

from events import outcome, programme, say


async def steps(name, count):
    for step in range(1, count + 1):
        say(name, step)
        await sleep(0)
    return name


@programme
async def nothing_runs_before_the_maker_awaits():
    coroutine = steps("a", 1)
    say("made a coroutine")
    task = create_task(coroutine)
    say("made a task", task.done())
    say("got", await task)


@programme
async def a_coroutine_that_is_awaited_runs_at_once():
    get_running_loop().call_soon(say, "callback")
    say("got", await steps("a", 2))
    say("end")


@programme
async def three_tasks_interleave():
    tasks = [create_task(steps(name, 3)) for name in "abc"]
    for task in tasks:
        say("got", await task)


@programme
async def tasks_and_callbacks_take_turns():
    loop = get_running_loop()

    async def work():
        say("step 1")
        loop.call_soon(say, "called by step 1")
        await sleep(0)
        say("step 2")
        loop.call_soon(say, "called by step 2")
        await sleep(0)
        say("step 3")

    loop.call_soon(say, "before")
    task = create_task(work())
    loop.call_soon(say, "after")
    await task


@programme
async def awaiting_a_task_twice():
    task = create_task(steps("a", 1))
    say(await task)
    say(await task)


@programme
async def awaiting_a_done_task_does_not_suspend():
    task = create_task(steps("a", 1))
    await sleep(0)
    await sleep(0)
    say(task.done())
    get_running_loop().call_soon(say, "callback")
    say("got", await task)
    await sleep(0)
    say("a turn later")


@programme
async def two_tasks_await_a_third():
    third = create_task(steps("third", 2))

    async def waiter(name):
        say(name, await third)

    first = create_task(waiter("first"))
    second = create_task(waiter("second"))
    await second
    await first


@programme
async def the_callback_runs_before_the_waiter_added_after_it():
    task = create_task(steps("a", 1))
    task.add_done_callback(lambda done: say("callback", done.result()))
    say("waiter", await task)


@programme
async def the_waiter_runs_before_the_callback_added_after_it():
    task = create_task(steps("a", 2))

    async def waiter():
        say("waiter", await task)

    waiting = create_task(waiter())
    await sleep(0)
    task.add_done_callback(lambda done: say("callback", done.result()))
    await waiting
    await sleep(0)


@programme
async def nested_tasks():
    async def inner(name):
        say(name, "starts")
        await sleep(0)
        say(name, "ends")
        return name

    async def outer(name):
        say(name, "starts")
        children = [create_task(inner(f"{name}.{child}")) for child in (1, 2)]
        results = [await child for child in children]
        say(name, "ends")
        return results

    first, second = create_task(outer("a")), create_task(outer("b"))
    say(await second, await first)


@programme
async def a_task_makes_a_task_that_outlives_it():
    children = []

    async def parent():
        children.append(create_task(steps("child", 3)))
        say("parent ends")

    await create_task(parent())
    say("parent is done", children[0].done())
    say(await children[0])


@programme
async def sleeps_end_by_length():
    async def sleeper(seconds):
        await sleep(seconds)
        say(seconds)

    for task in [create_task(sleeper(seconds)) for seconds in (0.6, 0.1, 0.3)]:
        await task


@programme
async def a_negative_sleep_is_one_turn():
    get_running_loop().call_soon(say, "first")
    await sleep(-1)
    say("second")


@programme
async def sleep_gives_its_result():
    say(await sleep(0, "at once"), await sleep(0.01, "later"))


@programme
async def the_current_task():
    async def work():
        say(current_task().get_name())
        get_running_loop().call_soon(lambda: say("in a callback", current_task()))
        await sleep(0)
        say(current_task().get_name())
        await inner()

    async def inner():
        say("inner", current_task().get_name())

    first, second = create_task(work(), name="first"), create_task(work(), name="second")
    await first
    await second
    say(current_task() is first)


@programme
async def a_task_sets_no_result_itself():
    task = create_task(steps("a", 1))
    say(outcome(task.set_result, 1))
    say(outcome(task.set_exception, ValueError("no")))
    say(await task)


@programme
async def a_task_needs_a_coroutine():
    say(outcome(create_task, 5))


@programme
async def a_task_cannot_await_itself():
    async def work():
        try:
            await tasks[0]
        except RuntimeError as error:
            say(str(error)[:27])

    tasks = [create_task(work())]
    await tasks[0]


@programme
async def ensuring_a_future():
    task = create_task(steps("a", 1))
    say(ensure_future(task) is task)
    say(await ensure_future(steps("b", 1)), await task)
    say(type(outcome(ensure_future, 5)).__name__)


@programme
async def a_coroutine_is_used_once():
    coroutine = steps("a", 1)
    await create_task(coroutine)
    try:
        await create_task(coroutine)
    except RuntimeError as error:
        say(error)


@programme
async def a_future_of_another_loop():
    other = new_event_loop()
    future = other.create_future()
    try:
        await future
    except RuntimeError as error:
        say(str(error)[-29:])
    other.close()


@programme
async def a_task_on_a_loop_that_is_named():
    loop = get_running_loop()
    task = loop.create_task(steps("a", 1), name="named")
    say(task.get_name(), await task)
