import { EventLoop, Queue, sleep } from '../loop'
import { print } from '../threads/time'
import { defineScenario, loopGroup, python, seconds } from './scenario'

type ProducerParameters = { readonly items: number; readonly highWater: number; readonly work: number }

// #region programme
export function* produce(queue: Queue<number>, { items, highWater }: ProducerParameters) {
  for (let item = 1; item <= items; item++) {
    yield* queue.put(item)
    if (queue.qsize() < highWater) continue
    yield* queue.join() // @produce-suspended
    print(`drained after ${item} items`)
  }
  yield* queue.join() // @produce-suspended
  print(`all ${items} items are done`)
}

export function* consume(queue: Queue<number>, seconds: number) {
  for (;;) {
    yield* queue.get() // @consume-suspended
    yield* sleep(seconds) // @consume-suspended
    queue.taskDone()
  }
}

export function main(parameters: ProducerParameters) {
  const loop = new EventLoop()
  const queue = new Queue<number>()
  loop.createTask(produce(queue, parameters), { name: 'producer' }) // @produce-ready
  loop.createTask(consume(queue, parameters.work), { name: 'consumer' }) // @consume-ready
  loop.runForever() // @main-waiting
}
// #endregion

export const scenario = defineScenario<ProducerParameters>({
  id: 'producer-consumer',
  ...loopGroup,
  title: { en: 'Producer and consumer', zh: '生产者与消费者' },
  menu: { en: 'Producer, consumer', zh: '生产者与消费者' },
  lookFor: {
    en: 'The producer fills the queue up to the high-water mark and waits until it is drained; the consumer takes one item after another. The queue’s length draws a saw-tooth, and when nothing is left to do, the consumer is still waiting. Stop ends it.',
    zh: '生产者把队列填到高水位，然后等它被取空；消费者一个接一个地取。队列长度画出锯齿；一切做完之后，消费者仍在等待。按“停止”结束。',
  },
  contrastNote: { en: 'a queue between two coroutines', zh: '两个协程之间的队列' },
  endless: true,
  parameters: [
    { name: 'items', kind: 'integer', default: 100, min: 1, max: 1000 },
    { name: 'highWater', kind: 'integer', default: 10, min: 1, max: 1000 },
    seconds('work', 0.05),
  ],
  contrast: [],
  python: python`
    import asyncio

    SPEED = 1
    ITEMS = 100
    HIGH_WATER = 10
    WORK = 0.05


    async def produce(queue):
        for item in range(1, ITEMS + 1):
            await queue.put(item)
            if queue.qsize() < HIGH_WATER:
                continue
            await queue.join()  # @produce-suspended
            print(f"drained after {item} items")
        await queue.join()  # @produce-suspended
        print(f"all {ITEMS} items are done")


    async def consume(queue):
        while True:
            await queue.get()  # @consume-suspended
            await asyncio.sleep(WORK / SPEED)  # @consume-suspended
            queue.task_done()


    def main():
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        queue = asyncio.Queue()
        tasks = [
            loop.create_task(produce(queue), name="producer"),  # @produce-ready
            loop.create_task(consume(queue), name="consumer"),  # @consume-ready
        ]
        loop.run_forever()  # @main-waiting
        print(tasks)


    main()
  `,
  main,
  ideal: () => null,
  formula: () => null,
})
