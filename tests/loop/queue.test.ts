import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Coroutine, Event, Lock, Queue, QueueEmpty, QueueFull, sleep } from '../../electron/loop/index'
import { loopHere } from '../support/loopHere'

describe('a queue', () => {
  it('gives items in the order in which they were put, and never holds more than it may', () => {
    const pauses = fc.array(fc.nat(3), { maxLength: 12 })
    fc.assert(
      fc.property(
        fc.nat(3),
        fc.array(pauses, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        (size, plans, takers) => {
          const { loop } = loopHere()
          const queue = new Queue<string>(size)
          const put: string[] = []
          const got: string[] = []
          function* turns(count: number): Coroutine<void> {
            for (let turn = 0; turn < count; turn++) yield* sleep(0)
          }
          function* produce(name: number, plan: readonly number[]): Coroutine<void> {
            for (const [i, pause] of plan.entries()) {
              yield* turns(pause)
              while (queue.full()) yield* sleep(0)
              queue.putNowait(`${name}/${i}`)
              put.push(`${name}/${i}`)
              if (size > 0) expect(queue.qsize()).toBeLessThanOrEqual(size)
            }
          }
          function* consume(pause: number): Coroutine<void> {
            for (;;) {
              got.push(yield* queue.get())
              yield* turns(pause)
              queue.taskDone()
            }
          }
          function* all(): Coroutine<void> {
            for (let taker = 0; taker < takers; taker++) loop.createTask(consume(taker))
            for (const task of plans.map((plan, name) => loop.createTask(produce(name, plan)))) yield* task
            yield* queue.join()
          }
          loop.runUntilComplete(all())
          expect(got).toEqual(put)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('serves those who wait in the order in which they came, without one that was cancelled', () => {
    const { loop } = loopHere()
    const queue = new Queue<number>()
    const got: string[] = []
    function* take(name: string): Coroutine<void> {
      got.push(`${name} ${yield* queue.get()}`)
    }
    function* all(): Coroutine<void> {
      const [, second] = ['a', 'b', 'c'].map((name) => loop.createTask(take(name)))
      yield* sleep(0)
      second!.cancel()
      yield* sleep(0)
      for (const item of [1, 2]) queue.putNowait(item)
      yield* sleep(0)
    }
    loop.runUntilComplete(all())
    expect(got).toEqual(['a 1', 'c 2'])
  })

  it('hands the item of a getter that was woken and cancelled in one turn to the next', () => {
    const { loop } = loopHere()
    const queue = new Queue<number>()
    const got: string[] = []
    function* take(name: string): Coroutine<void> {
      got.push(`${name} ${yield* queue.get()}`)
    }
    function* all(): Coroutine<void> {
      const [first] = ['a', 'b'].map((name) => loop.createTask(take(name)))
      yield* sleep(0)
      queue.putNowait(1)
      first!.cancel()
      for (let turn = 0; turn < 4; turn++) yield* sleep(0)
    }
    loop.runUntilComplete(all())
    expect(got).toEqual(['b 1'])
  })

  it('refuses with asyncio’s own errors, and prints itself as Python does', () => {
    const { loop } = loopHere()
    const queue = new Queue<string>(1)
    expect(() => queue.getNowait()).toThrow(QueueEmpty)
    queue.putNowait('x')
    expect(() => queue.putNowait('y')).toThrow(QueueFull)
    loop.createTask(queue.put('y'))
    loop.callSoon(loop.stop)
    loop.runForever()
    expect(String(queue)).toBe("<Queue maxsize=1 _queue=['x'] _putters[1] tasks=1>")
    queue.taskDone()
    expect(() => queue.taskDone()).toThrow('task_done() called too many times')
  })

  it('tells its length as a level', () => {
    const { marks } = loopHere()
    const queue = new Queue<number>(0, { name: 'orders' })
    queue.putNowait(1)
    queue.putNowait(2)
    queue.getNowait()
    expect(marks().flatMap(({ kind, text, value }) => (kind === 'level' ? [`${text} ${value}`] : []))).toEqual([
      'orders 1',
      'orders 2',
      'orders 1',
    ])
  })
})

describe('a lock', () => {
  it('is held by one at a time, in the order in which they asked', () => {
    const { loop } = loopHere()
    const lock = new Lock()
    const held: string[] = []
    function* hold(name: string): Coroutine<void> {
      yield* lock.acquire()
      held.push(`${name} in`)
      yield* sleep(0)
      held.push(`${name} out`)
      lock.release()
    }
    function* all(): Coroutine<void> {
      for (const task of ['a', 'b', 'c'].map((name) => loop.createTask(hold(name)))) yield* task
    }
    loop.runUntilComplete(all())
    expect(held).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
    expect(() => lock.release()).toThrow('Lock is not acquired.')
  })
})

describe('an event', () => {
  it('wakes all who wait, and holds nobody while it is set', () => {
    const { loop } = loopHere()
    const event = new Event()
    const woken: string[] = []
    function* wait(name: string): Coroutine<void> {
      yield* event.wait()
      woken.push(name)
    }
    function* all(): Coroutine<void> {
      for (const name of ['a', 'b']) loop.createTask(wait(name))
      yield* sleep(0)
      woken.push('set')
      event.set()
      yield* sleep(0)
      yield* wait('late')
    }
    loop.runUntilComplete(all())
    expect(woken).toEqual(['set', 'a', 'b', 'late'])
  })
})
