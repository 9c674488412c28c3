import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { type Coroutine, Door, EventLoop, gather, type Handle, sleep, wait, waitFor } from '../../electron/loop/index'
import { bundleChild } from '../support/bundleChild'
import { loopHere } from '../support/loopHere'

const hold = (millis: number) => {
  const end = performance.now() + millis
  while (performance.now() < end);
}
function* after<T>(seconds: number, value: T): Coroutine<T> {
  yield* sleep(seconds)
  return value
}
// biome-ignore lint/correctness/useYield: a coroutine may fail before it awaits anything
function* failing(): Coroutine<never> {
  throw new RangeError('no')
}

describe('the loop itself', () => {
  it('does not run a timer that was cancelled when it was due already', () => {
    const { loop } = loopHere()
    const ran: string[] = []
    const handles: Handle[] = []
    loop.callLater(0.001, () => {
      ran.push('first')
      handles[0]!.cancel()
    })
    handles.push(loop.callLater(0.002, () => ran.push('second')))
    loop.callSoon(() => hold(10))
    loop.callLater(0.02, loop.stop)
    loop.runForever()
    expect(ran).toEqual(['first'])
  })

  it('makes one turn where it was stopped before it ran, as asyncio', () => {
    const { loop } = loopHere()
    const ran: string[] = []
    loop.callSoon(() => {
      ran.push('this turn')
      loop.callSoon(() => ran.push('next turn'))
    })
    loop.stop()
    loop.runForever()
    expect(ran).toEqual(['this turn'])
    loop.callSoon(loop.stop)
    loop.runForever()
    expect(ran).toEqual(['this turn', 'next turn'])
  })

  it('never runs a timer early, however many turns it makes', () => {
    const { loop } = loopHere()
    const early: number[] = []
    let left = 20
    const timer = () => {
      const due = performance.now() + 3
      loop.callLater(0.003, () => {
        if (performance.now() < due) early.push(due - performance.now())
        if (--left === 0) loop.stop()
        else timer()
      })
    }
    const turn = () => loop.callSoon(turn)
    timer()
    turn()
    loop.runForever()
    expect(early).toEqual([])
  })

  it('goes on with its turn after a callback has thrown', () => {
    const { loop, printed } = loopHere()
    loop.callSoon(function broken() {
      throw new TypeError('no')
    })
    loop.callSoon(loop.stop)
    loop.runForever()
    expect(printed()).toEqual(['Exception in callback broken(): TypeError: no'])
  })

  it('refuses with asyncio’s own words', () => {
    const { loop } = loopHere()
    const words: string[] = []
    const refused = (call: () => unknown) => {
      try {
        call()
      } catch (error) {
        words.push(`${(error as Error).name}: ${(error as Error).message}`)
      }
    }
    loop.callSoon(() => {
      refused(() => loop.runForever())
      refused(() => new EventLoop().runForever())
      refused(() => loop.close())
      loop.stop()
    })
    const waiting = loop.createFuture()
    refused(() => loop.runUntilComplete(waiting))
    loop.close()
    refused(() => loop.runForever())
    refused(() => loop.createTask(after(1, 1)))
    refused(() => loop.callSoon(hold, 1))
    expect(words).toEqual([
      'RuntimeError: This event loop is already running',
      'RuntimeError: Cannot run the event loop while another loop is running',
      'RuntimeError: Cannot close a running event loop',
      'RuntimeError: Event loop stopped before Future completed.',
      'RuntimeError: Event loop is closed',
      'RuntimeError: Event loop is closed',
      'RuntimeError: Event loop is closed',
    ])
  })
})

describe('what runs on it', () => {
  it('returns the result of what it ran until complete, and throws what that threw', () => {
    const { loop } = loopHere()
    expect(loop.runUntilComplete(after(0.001, 'done'))).toBe('done')
    expect(() => loop.runUntilComplete(failing())).toThrow(RangeError)
  })

  it('gathers results in the order given', () => {
    const { loop } = loopHere()
    function* all() {
      const results = yield* gather(after(0.006, 'a'), after(0.001, 2), failing(), { returnExceptions: true })
      return results
    }
    expect(loop.runUntilComplete(all())).toEqual(['a', 2, new RangeError('no')])
  })

  it('waits for the first and lets the others go on', () => {
    const { loop } = loopHere()
    function* first() {
      const quick = loop.createTask(after(0.001, 1))
      const slow = loop.createTask(after(0.1, 2))
      const { done, pending } = yield* wait([slow, quick], { returnWhen: 'FIRST_COMPLETED' })
      return [done.size, done.has(quick), pending.has(slow), yield* slow]
    }
    expect(loop.runUntilComplete(first())).toEqual([1, true, true, 2])
  })

  it('cancels what does not come in time', () => {
    const { loop } = loopHere()
    function* late() {
      const task = loop.createTask(after(30, 1))
      try {
        yield* waitFor(task, 0.002)
      } catch (error) {
        return [(error as Error).name, task.cancelled()]
      }
      return []
    }
    expect(loop.runUntilComplete(late())).toEqual(['TimeoutError', true])
  })
})

describe('results from elsewhere', () => {
  it('completes futures from another worker, and drops what comes for a cancelled one', async () => {
    const { loop } = loopHere()
    const door = new Door(loop)
    const worker = new Worker(resolve(await bundleChild('tests/support/knocker.ts')), {
      workerData: door.wire,
      transferList: [door.wire.port],
    })
    function* work() {
      const given = [door.future<string>(), door.future<string>(), door.future<string>()]
      for (const [i, { ticket }] of given.entries()) worker.postMessage({ ticket, page: i === 2 ? null : `page ${i}` })
      given[0]!.future.cancel()
      const results = yield* gather(given[1]!.future, given[2]!.future, { returnExceptions: true })
      return results.map(String)
    }
    // The loop sleeps meanwhile: it holds this thread as it would a programme's.
    expect(loop.runUntilComplete(work())).toEqual(['page 1', 'RangeError: no page'])
    await worker.terminate()
  })
})
