"""tutorial.py PORT QUEUE: the tutorial's program. A thread asks the list for a task; where there is none, it asks again in a second."""
import asyncio
import json
import sys
import threading
import time

import redis

stamps = []


async def work(seconds):
    stamps.append(time.monotonic_ns())
    await asyncio.sleep(seconds)


def consume(client, queue, loop):
    while True:
        task = client.rpop(queue)
        if not task:
            time.sleep(1)
            continue
        asyncio.run_coroutine_threadsafe(work(int(task)), loop)


loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()
client = redis.Redis(host="127.0.0.1", port=int(sys.argv[1]))
client.ping()
threading.Thread(target=consume, args=(client, sys.argv[2], loop), daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
print(json.dumps(stamps), flush=True)
