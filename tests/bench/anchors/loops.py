"""loops.py WHAT LOOP: what programmes/loops.ts does, with asyncio's loop or uvloop's; prints one number."""
import asyncio
import statistics
import sys
import threading
import time

HOPS = 400
SUBMISSIONS = 50_000
SWITCHERS = 10
SWITCHES_EACH = 20_000
TIMERS = 100_000
LONGEST_TIMER = 0.1


def hop(loop):
    waits = []
    done = threading.Event()

    def arrive(sent):
        waits.append(time.perf_counter_ns() - sent)

    for _ in range(HOPS):
        time.sleep(0.002)
        loop.call_soon_threadsafe(arrive, time.perf_counter_ns())
    loop.call_soon_threadsafe(done.set)
    done.wait()
    return statistics.median(waits) / 1e3


async def nothing():
    return 0


def submit(loop):
    begin = time.perf_counter()
    for _ in range(SUBMISSIONS):
        last = asyncio.run_coroutine_threadsafe(nothing(), loop)
    last.result()
    return SUBMISSIONS / (time.perf_counter() - begin)


async def switcher():
    for _ in range(SWITCHES_EACH):
        await asyncio.sleep(0)


async def switching():
    begin = time.perf_counter()
    await asyncio.gather(*(switcher() for _ in range(SWITCHERS)))
    return SWITCHERS * SWITCHES_EACH / (time.perf_counter() - begin)


def spread(i):
    return i * 0.6180339887498949 % 1


async def timing():
    begin = time.perf_counter()
    tasks = [asyncio.ensure_future(asyncio.sleep(spread(i) * LONGEST_TIMER)) for i in range(TIMERS)]
    await asyncio.gather(*tasks)
    return (time.perf_counter() - begin) * 1e3


measures = {
    "hop": hop,
    "submit": submit,
    "switch": lambda loop: asyncio.run_coroutine_threadsafe(switching(), loop).result(),
    "timers": lambda loop: asyncio.run_coroutine_threadsafe(timing(), loop).result(),
}
if sys.argv[2] == "uvloop":
    import uvloop

    loop = uvloop.new_event_loop()
else:
    loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()
print(measures[sys.argv[1]](loop))
