from asyncio import CancelledError, all_tasks, get_running_loop, new_event_loop, sleep

from events import outcome, programme, say


async def work(name):
    say(name, "starts")
    await sleep(0)
    say(name, "ends")
    return name


async def sleeper(name):
    try:
        await sleep(30)
    except CancelledError:
        say(name, "cancelled")
        raise
    finally:
        say(name, "leaves")


async def failing():
    await sleep(0)
    raise ValueError("no")


@programme
def run_until_complete_gives_the_result(loop):
    say(loop.run_until_complete(work("a")))
    say(loop.is_running(), loop.is_closed())


@programme
def run_until_complete_raises(loop):
    say(outcome(loop.run_until_complete, failing()))
    say(loop.is_running(), loop.is_closed())


@programme
def run_until_complete_takes_a_task(loop):
    task = loop.create_task(work("a"))
    say("made", task.done())
    say(loop.run_until_complete(task), task.done())


@programme
def run_until_complete_takes_a_future(loop):
    future = loop.create_future()
    loop.call_soon(future.set_result, 1)
    say(loop.run_until_complete(future))


@programme
def run_until_complete_twice(loop):
    say(loop.run_until_complete(work("a")))
    say(loop.run_until_complete(work("b")))


@programme
def the_same_task_twice(loop):
    task = loop.create_task(work("a"))
    say(loop.run_until_complete(task))
    say(loop.run_until_complete(task))


@programme
def others_are_left_where_they_are(loop):
    async def three_steps(name):
        for step in (1, 2, 3):
            say(name, step)
            await sleep(0)

    other = loop.create_task(three_steps("other"))
    loop.run_until_complete(work("a"))
    say("between", other.done())
    loop.run_until_complete(other)


@programme
def a_stopped_loop_has_no_result(loop):
    loop.call_soon(loop.stop)
    task = loop.create_task(sleep(30))
    say(outcome(loop.run_until_complete, task))
    say(task.done())
    task.cancel()
    say(outcome(loop.run_until_complete, task))


@programme
def stop_before_run_until_complete(loop):
    loop.stop()
    task = loop.create_task(work("a"))
    say(outcome(loop.run_until_complete, task))
    say(loop.run_until_complete(task))


@programme
def run_after_close(loop):
    coroutine = work("a")
    say(loop.run_until_complete(coroutine))
    loop.close()
    say(loop.is_closed())
    say(outcome(loop.run_forever))
    task = work("b")
    say(outcome(loop.run_until_complete, task))
    task.close()


@programme
def nothing_can_be_scheduled_after_close(loop):
    loop.close()
    say(outcome(loop.call_soon, say, "no"))
    say(outcome(loop.call_later, 1, say, "no"))
    say(outcome(loop.call_soon_threadsafe, say, "no"))
    coroutine = work("a")
    say(outcome(loop.create_task, coroutine))
    coroutine.close()


@programme
def close_twice(loop):
    loop.close()
    loop.close()
    say(loop.is_closed())


@programme
def close_with_calls_pending(loop):
    loop.call_soon(say, "never")
    loop.call_later(0.01, say, "never")
    loop.close()
    say("closed")


@programme
def close_with_a_task_pending(loop):
    task = loop.create_task(sleep(30))
    loop.call_soon(loop.stop)
    loop.run_forever()
    say(task.done(), task.cancelled())
    loop.close()


@programme
def close_while_it_runs(loop):
    loop.call_soon(lambda: say(outcome(loop.close)))
    loop.call_soon(loop.stop)
    loop.run_forever()
    say(loop.is_closed())


@programme
def run_while_it_runs(loop):
    loop.call_soon(lambda: say(outcome(loop.run_forever)))
    loop.call_soon(loop.stop)
    loop.run_forever()


@programme
def run_another_while_one_runs(loop):
    other = new_event_loop()
    loop.call_soon(lambda: say(outcome(other.run_forever)))
    loop.call_soon(loop.stop)
    loop.run_forever()
    other.close()


@programme
def run_until_complete_inside_the_loop(loop):
    async def nested():
        coroutine = work("inner")
        say(outcome(loop.run_until_complete, coroutine))
        coroutine.close()

    loop.run_until_complete(nested())


@programme
def who_is_running(loop):
    async def ask():
        say(get_running_loop() is loop, loop.is_running())

    say(outcome(get_running_loop))
    loop.run_until_complete(ask())
    say(outcome(get_running_loop))


@programme
def all_that_have_not_ended(loop):
    async def ask():
        loop.create_task(sleeper("left"), name="left")
        done = loop.create_task(work("done"), name="done")
        await done
        say(sorted(task.get_name() for task in all_tasks()))

    asking = loop.create_task(ask(), name="asking")
    loop.run_until_complete(asking)
    left = all_tasks(loop)
    for task in left:
        task.cancel()
    say(len(left), outcome(loop.run_until_complete, left.pop()))


@programme
def a_result_set_before_it_runs(loop):
    future = loop.create_future()
    future.set_result("there already")
    loop.call_soon(say, "callback")
    say(loop.run_until_complete(future))


@programme
def cleaning_up_before_close(loop):
    tasks = [loop.create_task(sleeper(name)) for name in "ab"]
    loop.run_until_complete(sleep(0.01))
    for task in tasks:
        task.cancel()
    for task in tasks:
        say(outcome(loop.run_until_complete, task))
    loop.close()
