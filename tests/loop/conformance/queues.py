from asyncio import CancelledError, Queue, create_task, sleep

from events import outcome, programme, say


@programme
async def first_in_first_out():
    queue = Queue()
    for item in "abc":
        await queue.put(item)
    say(queue.qsize(), queue.empty(), queue.full())
    say(await queue.get(), await queue.get(), await queue.get())
    say(queue.qsize(), queue.empty(), queue.full())


@programme
async def putting_and_getting_do_not_suspend():
    async def other():
        say("other")

    queue = Queue(1)
    task = create_task(other())
    await queue.put(1)
    say("put", await queue.get())
    await task


@programme
async def the_getter_waits():
    queue = Queue()

    async def getter():
        say("waits")
        say("got", await queue.get())

    task = create_task(getter())
    await sleep(0)
    queue.put_nowait(1)
    say("put", queue.qsize())
    await task
    say(queue.qsize())


@programme
async def getters_are_served_in_turn():
    queue = Queue()

    async def getter(name):
        for _ in range(2):
            say(name, await queue.get())

    tasks = [create_task(getter(name)) for name in "abc"]
    await sleep(0)
    for item in range(6):
        await queue.put(item)
        await sleep(0)
    for task in tasks:
        await task


@programme
async def all_items_at_once_for_waiting_getters():
    queue = Queue()

    async def getter(name):
        for _ in range(2):
            say(name, await queue.get())

    tasks = [create_task(getter(name)) for name in "abc"]
    await sleep(0)
    for item in range(6):
        queue.put_nowait(item)
    for task in tasks:
        await task


@programme
async def a_full_queue_holds_the_producer():
    queue = Queue(2)

    async def producer():
        for item in range(5):
            await queue.put(item)
            say("put", item, queue.qsize())

    task = create_task(producer())
    await sleep(0)
    say("full", queue.full(), queue.maxsize)
    for _ in range(5):
        say("got", await queue.get())
        await sleep(0)
    await task


@programme
async def putters_are_served_in_turn():
    queue = Queue(1)

    async def putter(name):
        for item in (1, 2):
            await queue.put(f"{name}{item}")
            say("put", name, item)

    tasks = [create_task(putter(name)) for name in "abc"]
    await sleep(0)
    for _ in range(6):
        say("got", await queue.get())
        await sleep(0)
    for task in tasks:
        await task


@programme
async def producer_and_consumer():
    queue = Queue(3)

    async def producer():
        for item in range(7):
            await queue.put(item)
            say("put", item)
        await queue.put(None)

    async def consumer():
        while True:
            item = await queue.get()
            if item is None:
                return
            say("got", item)

    tasks = [create_task(producer()), create_task(consumer())]
    for task in tasks:
        await task


@programme
async def join_waits_for_task_done():
    queue = Queue()
    for item in range(3):
        queue.put_nowait(item)

    async def consumer():
        while True:
            item = await queue.get()
            await sleep(0.01)
            say("did", item)
            queue.task_done()

    task = create_task(consumer())
    await queue.join()
    say("joined", queue.qsize())
    task.cancel()


@programme
async def join_an_empty_queue():
    queue = Queue()
    await queue.join()
    say("at once")


@programme
async def an_emptied_queue_is_not_done():
    queue = Queue()
    queue.put_nowait(1)

    async def joiner():
        await queue.join()
        say("joined")

    task = create_task(joiner())
    say(await queue.get())
    await sleep(0.01)
    say("taken", task.done())
    queue.task_done()
    await task


@programme
async def several_join():
    queue = Queue()
    queue.put_nowait(1)

    async def joiner(name):
        await queue.join()
        say(name, "joined")

    tasks = [create_task(joiner(name)) for name in "ab"]
    await sleep(0)
    queue.get_nowait()
    queue.task_done()
    say("done")
    for task in tasks:
        await task


@programme
async def done_too_often():
    queue = Queue()
    queue.put_nowait(1)
    queue.get_nowait()
    queue.task_done()
    say(outcome(queue.task_done))


@programme
async def get_nowait_of_an_empty_queue():
    say(outcome(Queue().get_nowait))


@programme
async def put_nowait_to_a_full_queue():
    queue = Queue(1)
    queue.put_nowait(1)
    say(outcome(queue.put_nowait, 2))
    say(queue.get_nowait(), queue.qsize())


@programme
async def no_maximum():
    queue = Queue(0)
    for item in range(1000):
        queue.put_nowait(item)
    say(queue.qsize(), queue.full(), Queue(-1).full())


@programme
async def a_cancelled_getter_takes_nothing():
    queue = Queue()

    async def getter(name):
        try:
            say(name, await queue.get())
        except CancelledError:
            say(name, "cancelled")
            raise

    first, second = create_task(getter("first")), create_task(getter("second"))
    await sleep(0)
    first.cancel()
    await sleep(0)
    queue.put_nowait(1)
    await second
    say(queue.qsize())


@programme
async def a_getter_cancelled_as_its_item_comes():
    queue = Queue()

    async def getter(name):
        try:
            say(name, await queue.get())
        except CancelledError:
            say(name, "cancelled")
            raise

    first, second = create_task(getter("first")), create_task(getter("second"))
    await sleep(0)
    queue.put_nowait(1)
    first.cancel()
    await second
    say(queue.qsize(), first.cancelled())


@programme
async def a_putter_cancelled_as_there_is_room():
    queue = Queue(1)
    queue.put_nowait(0)

    async def putter(item):
        try:
            await queue.put(item)
            say("put", item)
        except CancelledError:
            say("cancelled", item)
            raise

    first, second = create_task(putter(1)), create_task(putter(2))
    await sleep(0)
    say(queue.get_nowait())
    first.cancel()
    await second
    say(queue.get_nowait(), queue.qsize())


@programme
async def an_item_put_by_a_newcomer_goes_first():
    queue = Queue()

    async def getter(name):
        say(name, await queue.get())

    waiting = create_task(getter("waiting"))
    await sleep(0)
    queue.put_nowait(1)
    say("newcomer", await queue.get())
    queue.put_nowait(2)
    await waiting
