"""What other threads may do: the loop runs in a thread of its own, and the main thread submits to it."""
from asyncio import CancelledError, get_running_loop, run_coroutine_threadsafe, sleep
from queue import SimpleQueue
from threading import Thread

from coroutines import turns as some_turns
from events import outcome, programme, report, say


async def add(a, b):
    await sleep(0.01)
    return a + b


async def failing():
    await sleep(0.01)
    raise ValueError("no")


async def sleeper(name):
    try:
        await sleep(30)
    except CancelledError:
        say(name, "sees it")
        raise


async def stubborn():
    try:
        await sleep(30)
    except CancelledError:
        say("swallowed")
    return "stayed"


async def turns(name):
    for turn in (1, 2, 3):
        say(name, turn)
        await sleep(0)


async def soon_inside():
    loop = get_running_loop()
    loop.call_soon(say, "soon")
    loop.call_soon_threadsafe(say, "threadsafe")
    loop.call_soon(say, "soon again")
    await sleep(0.01)


def report_here():
    get_running_loop().set_exception_handler(report)


def fail():
    raise ValueError("no")


def calling(loop, name):
    loop.call_soon_threadsafe(say, name)
    loop.call_soon_threadsafe(loop.stop)


def closed(reached, gate):
    reached.put("here")
    gate.get()


def hold(loop):
    """When it returns the loop's thread stands at a gate: what is submitted now is ready before any of it runs."""
    reached, gate = SimpleQueue(), SimpleQueue()
    loop.call_soon_threadsafe(closed, reached, gate)
    reached.get()
    return gate


def let_go(gate):
    gate.put("open")


def on_a_thread(loop):
    thread = Thread(target=loop.run_forever)
    thread.start()
    return thread


def stop(loop, thread):
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


def settle(loop):
    """Returns when what was submitted before has had its turns."""
    run_coroutine_threadsafe(some_turns(10), loop).result()


@programme
def a_result(loop):
    thread = on_a_thread(loop)
    future = run_coroutine_threadsafe(add(1, 2), loop)
    say(future.result())
    say(future.done(), future.cancelled(), future.exception(), future.result())
    stop(loop, thread)


@programme
def an_exception(loop):
    thread = on_a_thread(loop)
    future = run_coroutine_threadsafe(failing(), loop)
    say(outcome(future.result))
    say(future.done(), future.cancelled(), future.exception())
    stop(loop, thread)


@programme
def a_result_that_is_late(loop):
    thread = on_a_thread(loop)
    gate = hold(loop)
    future = run_coroutine_threadsafe(add(1, 2), loop)
    say(type(outcome(future.result, 0.01)).__name__)
    say(future.done())
    let_go(gate)
    say(future.result())
    stop(loop, thread)


@programme
def cancel_from_outside(loop):
    thread = on_a_thread(loop)
    future = run_coroutine_threadsafe(sleeper("a"), loop)
    settle(loop)
    gate = hold(loop)
    say(future.cancel(), future.cancelled(), future.done())
    say(outcome(future.result))
    let_go(gate)
    settle(loop)
    stop(loop, thread)


@programme
def cancel_before_the_first_step(loop):
    thread = on_a_thread(loop)
    gate = hold(loop)
    future = run_coroutine_threadsafe(sleeper("never"), loop)
    say(future.cancel())
    say(outcome(future.result))
    let_go(gate)
    settle(loop)
    stop(loop, thread)


@programme
def a_cancellation_that_is_swallowed(loop):
    thread = on_a_thread(loop)
    future = run_coroutine_threadsafe(stubborn(), loop)
    settle(loop)
    gate = hold(loop)
    say(future.cancel(), future.cancelled())
    say(outcome(future.result))
    let_go(gate)
    settle(loop)
    say(future.cancelled())
    stop(loop, thread)


@programme
def cancel_what_is_done(loop):
    thread = on_a_thread(loop)
    future = run_coroutine_threadsafe(add(1, 2), loop)
    future.result()
    say(future.cancel(), future.cancelled(), future.result())
    stop(loop, thread)


@programme
def cancel_twice(loop):
    thread = on_a_thread(loop)
    future = run_coroutine_threadsafe(sleeper("a"), loop)
    settle(loop)
    gate = hold(loop)
    say(future.cancel(), future.cancel())
    let_go(gate)
    settle(loop)
    stop(loop, thread)


@programme
def calls_run_in_the_order_submitted(loop):
    thread = on_a_thread(loop)
    for name in "abc":
        loop.call_soon_threadsafe(say, name)
    stop(loop, thread)
    say("joined")


@programme
def calls_and_coroutines_share_one_queue(loop):
    thread = on_a_thread(loop)
    gate = hold(loop)
    loop.call_soon_threadsafe(say, "first")
    future = run_coroutine_threadsafe(turns("task"), loop)
    loop.call_soon_threadsafe(say, "last")
    let_go(gate)
    future.result()
    stop(loop, thread)


@programme
def three_coroutines_interleave(loop):
    thread = on_a_thread(loop)
    gate = hold(loop)
    futures = [run_coroutine_threadsafe(turns(name), loop) for name in "abc"]
    let_go(gate)
    for future in futures:
        future.result()
    stop(loop, thread)


@programme
def a_call_cancelled_in_time(loop):
    thread = on_a_thread(loop)
    gate = hold(loop)
    loop.call_soon_threadsafe(say, "cancelled").cancel()
    loop.call_soon_threadsafe(say, "kept")
    let_go(gate)
    stop(loop, thread)


@programme
def a_call_that_fails(loop):
    thread = on_a_thread(loop)
    loop.call_soon_threadsafe(report_here)
    loop.call_soon_threadsafe(fail)
    loop.call_soon_threadsafe(say, "next")
    stop(loop, thread)


@programme
def threadsafe_from_inside_is_soon(loop):
    thread = on_a_thread(loop)
    run_coroutine_threadsafe(soon_inside(), loop).result()
    stop(loop, thread)


@programme
def a_call_right_behind_a_stop(loop):
    thread = on_a_thread(loop)
    gate = hold(loop)
    loop.call_soon_threadsafe(loop.stop)
    loop.call_soon_threadsafe(say, "in the last turn")
    let_go(gate)
    thread.join()
    say("stopped", loop.is_running())


@programme
def submitted_after_it_has_stopped(loop):
    stop(loop, on_a_thread(loop))
    loop.call_soon_threadsafe(say, "never")
    future = run_coroutine_threadsafe(sleeper("never"), loop)
    say(future.done(), loop.is_running(), loop.is_closed())
    say(type(outcome(future.result, 0.01)).__name__)


@programme
def close_after_the_thread_has_ended(loop):
    stop(loop, on_a_thread(loop))
    loop.close()
    say(loop.is_closed(), outcome(loop.call_soon_threadsafe, say, "no"))


@programme
def close_while_it_runs_elsewhere(loop):
    thread = on_a_thread(loop)
    gate = hold(loop)
    say(outcome(loop.close), loop.is_closed())
    let_go(gate)
    stop(loop, thread)


@programme
def another_thread_calls_the_loop_of_main(loop):
    thread = Thread(target=calling, args=(loop, "from the thread"))
    loop.call_soon(thread.start)
    loop.run_forever()
    thread.join()
    say("stopped by the thread")
