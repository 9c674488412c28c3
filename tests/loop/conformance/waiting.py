from asyncio import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, CancelledError, create_task, get_running_loop, sleep, wait

from coroutines import failing, work
from events import outcome, programme, say


def tell(done, pending):
    """Sets have no order."""
    say("done", sorted(task.get_name() for task in done), "pending", sorted(task.get_name() for task in pending))


def tasks_of(*turns):
    return [create_task(work(name, count), name=name) for name, count in zip("abc", turns)]


@programme
async def until_all_are_done():
    tell(*await wait(tasks_of(3, 1, 2)))


@programme
async def all_completed_does_not_mind_a_failure():
    tasks = [*tasks_of(3), create_task(failing("bad", 1), name="bad")]
    done, pending = await wait(tasks, return_when=ALL_COMPLETED)
    tell(done, pending)
    say(tasks[0].result(), tasks[1].exception())


@programme
async def until_the_first_is_done():
    tasks = tasks_of(9, 2, 9)
    tell(*await wait(tasks, return_when=FIRST_COMPLETED))
    tell(*await wait(tasks))


@programme
async def a_failure_is_a_first_too():
    tasks = [*tasks_of(9), create_task(failing("bad", 1), name="bad")]
    done, pending = await wait(tasks, return_when=FIRST_COMPLETED)
    tell(done, pending)
    say(tasks[1].exception())
    await tasks[0]


@programme
async def until_the_first_exception():
    tasks = [*tasks_of(1, 9), create_task(failing("bad", 4), name="bad")]
    done, pending = await wait(tasks, return_when=FIRST_EXCEPTION)
    tell(done, pending)
    say(tasks[2].exception())
    await tasks[1]


@programme
async def without_an_exception_until_all_are_done():
    tell(*await wait(tasks_of(3, 1, 2), return_when=FIRST_EXCEPTION))


@programme
async def a_cancelled_task_is_no_exception():
    tasks = tasks_of(5, 1, 30)
    get_running_loop().call_soon(tasks[2].cancel)
    tell(*await wait(tasks, return_when=FIRST_EXCEPTION))


@programme
async def until_the_timeout():
    future = get_running_loop().create_future()

    async def waiting():
        return await future

    slow = create_task(waiting(), name="slow")
    tell(*await wait([*tasks_of(1), slow], timeout=0.01))
    say(slow.done(), slow.cancelled())
    future.set_result("goes on")
    say("the pending", await slow)


@programme
async def a_timeout_with_nothing_done():
    slow = create_task(sleep(30), name="slow")
    tell(*await wait([slow], timeout=0.01))
    slow.cancel()


@programme
async def a_timeout_that_is_not_needed():
    tell(*await wait(tasks_of(2, 1), timeout=30))


@programme
async def a_timeout_of_zero():
    tasks = tasks_of(0, 9)
    tell(*await wait(tasks, timeout=0))
    tell(*await wait(tasks))


@programme
async def what_is_done_already():
    tasks = tasks_of(0, 0)
    await sleep(0)
    await sleep(0)
    get_running_loop().call_soon(say, "callback")
    tell(*await wait(tasks))
    await sleep(0)


@programme
async def one_is_done_already():
    tasks = tasks_of(0, 5)
    await sleep(0)
    await sleep(0)
    get_running_loop().call_soon(say, "callback")
    tell(*await wait(tasks, return_when=FIRST_COMPLETED))
    await tasks[1]


@programme
async def the_same_task_twice():
    tasks = tasks_of(1)
    tell(*await wait([*tasks, *tasks]))


@programme
async def cancelling_the_waiter_leaves_the_tasks():
    tasks = tasks_of(4)

    async def waiter():
        try:
            await wait(tasks)
        except CancelledError:
            say("waiter cancelled", tasks[0].done(), tasks[0].cancelled())
            raise

    task = create_task(waiter())
    await sleep(0)
    await sleep(0)
    task.cancel()
    say(await tasks[0], task.cancelled())


@programme
async def two_waiters_for_the_same_tasks():
    tasks = tasks_of(2, 4)

    async def waiter(name, return_when):
        done, pending = await wait(tasks, return_when=return_when)
        say(name)
        tell(done, pending)

    await wait([create_task(waiter("all", ALL_COMPLETED)), create_task(waiter("first", FIRST_COMPLETED))])


@programme
async def wait_for_nothing():
    try:
        await wait([])
    except ValueError as error:
        say(type(error).__name__)


@programme
async def a_condition_that_does_not_exist():
    tasks = tasks_of(0)
    try:
        await wait(tasks, return_when="soon")
    except ValueError as error:
        say(error)
    await tasks[0]


@programme
async def neither_list_nor_set():
    task = tasks_of(0)[0]
    try:
        await wait(task)
    except TypeError as error:
        say(type(error).__name__)
    say(outcome(task.cancel))
