from asyncio import new_event_loop
from time import sleep as blocking_sleep

from events import programme, say


@programme
def calls_run_in_order(loop):
    for name in "abc":
        loop.call_soon(say, name)
    loop.call_soon(loop.stop)
    say("scheduled")
    loop.run_forever()


@programme
def a_callback_schedules_callbacks(loop):
    def first():
        say("first")
        loop.call_soon(second)
        loop.call_soon(loop.stop)

    def second():
        say("second")
        loop.call_soon(say, "not in this run")

    loop.call_soon(first)
    loop.call_soon(say, "scheduled before the second")
    loop.run_forever()
    say("stopped")


@programme
def a_chain_of_callbacks_takes_turns_with_another(loop):
    def chain(name, left):
        say(name, left)
        if left > 1:
            loop.call_soon(chain, name, left - 1)
        else:
            loop.stop()

    loop.call_soon(chain, "a", 3)
    loop.call_soon(chain, "b", 3)
    loop.run_forever()


@programme
def soon_before_later_zero(loop):
    loop.call_later(0, say, "later 0")
    loop.call_soon(say, "soon")
    loop.call_later(0.02, loop.stop)
    loop.run_forever()


@programme
def timers_fire_by_deadline(loop):
    for delay in (0.6, 0.1, 0.3):
        loop.call_later(delay, say, delay)
    loop.call_later(0.7, loop.stop)
    loop.run_forever()


@programme
def timers_at_a_time_of_the_loop(loop):
    now = loop.time()
    for delay in (3, 1, 2):
        timer = loop.call_at(now + delay / 1000, say, delay)
        say(timer.when() == now + delay / 1000)
    loop.call_at(now + 0.01, loop.stop)
    loop.run_forever()
    say(loop.time() >= now + 0.01)


@programme
def timers_that_are_late_still_fire_by_deadline(loop):
    now = loop.time()
    for delay in (3, 1, 2):
        loop.call_at(now + delay / 1000, say, delay)
    loop.call_at(now + 0.01, loop.stop)
    loop.call_soon(blocking_sleep, 0.02)
    loop.run_forever()


@programme
def a_ready_call_before_a_timer_that_is_due(loop):
    def hold():
        loop.call_later(0.01, say, "timer")
        loop.call_later(0.02, loop.stop)
        loop.call_soon(say, "soon")
        blocking_sleep(0.03)

    loop.call_soon(hold)
    loop.run_forever()


@programme
def a_negative_delay_is_due_at_once(loop):
    loop.call_later(-1, say, "negative")
    loop.call_soon(say, "soon")
    loop.call_later(0.02, loop.stop)
    loop.run_forever()


@programme
def a_cancelled_call_does_not_run(loop):
    handle = loop.call_soon(say, "cancelled")
    timer = loop.call_later(0.01, say, "cancelled timer")
    say(handle.cancelled(), timer.cancelled())
    handle.cancel()
    handle.cancel()
    timer.cancel()
    say(handle.cancelled(), timer.cancelled())
    loop.call_later(0.02, loop.stop)
    loop.run_forever()


@programme
def a_callback_cancels_the_next(loop):
    handles = []

    def first():
        say("first")
        handles[0].cancel()

    loop.call_soon(first)
    handles.append(loop.call_soon(say, "cancelled"))
    loop.call_soon(say, "third")
    loop.call_soon(loop.stop)
    loop.run_forever()


@programme
def a_failing_callback_is_reported(loop):
    def failing():
        raise ValueError("no")

    loop.call_soon(failing)
    loop.call_soon(say, "next")
    loop.call_later(0.01, failing)
    loop.call_later(0.02, say, "after the timer")
    loop.call_later(0.03, loop.stop)
    loop.run_forever()


@programme
def stop_lets_the_turn_end(loop):
    def stopping():
        say("stopping")
        loop.stop()
        say("still in the callback", loop.is_running())
        loop.call_soon(say, "next turn")

    loop.call_soon(stopping)
    loop.call_soon(say, "same turn")
    loop.run_forever()
    say("stopped", loop.is_running())
    loop.call_soon(loop.stop)
    loop.run_forever()
    say("stopped again")


@programme
def stop_before_run_forever(loop):
    def first():
        say("this turn")
        loop.call_soon(say, "next turn")

    loop.call_soon(first)
    loop.stop()
    loop.run_forever()
    say("stopped")
    loop.call_soon(loop.stop)
    loop.run_forever()


@programme
def two_stops_are_one(loop):
    loop.call_soon(loop.stop)
    loop.call_soon(loop.stop)
    loop.run_forever()
    say("stopped")
    loop.call_later(0.01, say, "timer")
    loop.call_later(0.02, loop.stop)
    loop.run_forever()
    say("stopped again")


@programme
def a_stop_leaves_the_timers(loop):
    def first():
        loop.call_later(0.01, say, "left over")
        loop.stop()

    loop.call_soon(first)
    loop.run_forever()
    say("stopped")
    loop.call_later(0.02, loop.stop)
    loop.run_forever()


@programme
def two_loops_one_after_the_other(loop):
    other = new_event_loop()
    other.call_soon(say, "in the other")
    other.call_soon(other.stop)
    loop.call_soon(say, "in the first")
    loop.call_soon(loop.stop)
    loop.run_forever()
    other.run_forever()
    other.close()


def fail():
    raise ValueError("no")


@programme
def a_handler_of_ones_own(loop):
    loop.set_exception_handler(lambda told, context: say(told is loop, context["exception"]))
    loop.call_soon(fail)
    loop.call_soon(loop.stop)
    loop.run_forever()


@programme
def a_handler_is_told_by_hand(loop):
    loop.set_exception_handler(lambda told, context: say(context["message"], "exception" in context))
    loop.call_exception_handler({"message": "something"})


@programme
def the_loop_survives_its_handler(loop):
    def handler(told, context):
        say("handler")
        raise ValueError("in the handler")

    loop.set_exception_handler(handler)
    loop.call_soon(fail)
    loop.call_soon(say, "next")
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.set_exception_handler(None)


@programme
def a_callback_fails_after_it_has_stopped_the_loop(loop):
    def stopping():
        loop.stop()
        fail()

    loop.call_soon(stopping)
    loop.call_soon(say, "same turn")
    loop.run_forever()
    say("stopped")
