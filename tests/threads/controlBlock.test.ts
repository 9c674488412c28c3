import { describe, expect, it } from 'vitest'
import { Control, createControl, maxThreads, noResource, Stopped } from '../../electron/threads/controlBlock'

const slot = 3
const resource = 1000
const forMillis = (millis: number) => {
  const end = performance.now() + millis
  return () => end - performance.now()
}

describe('a wait', () => {
  it('loses no wake-up that comes between its look and its sleep', () => {
    const control = new Control(createControl())
    const before = performance.now()
    let looks = 0
    // What another thread does right after the first look: it changes the condition and wakes who waits for it.
    const got = control.wait(
      slot,
      resource,
      () => {
        if (++looks === 1) control.wake(resource)
        return looks > 1
      },
      forMillis(5000),
    )
    expect([got, looks]).toEqual([true, 2])
    expect(performance.now() - before).toBeLessThan(1000)
  })

  it('is left at once by a stop that comes between', () => {
    const control = new Control(createControl())
    control.setStarted(slot)
    const before = performance.now()
    const wait = () =>
      control.wait(
        slot,
        resource,
        () => {
          control.stopAll()
          return false
        },
        forMillis(5000),
      )
    expect(wait).toThrow(Stopped)
    expect(performance.now() - before).toBeLessThan(1000)
    expect(() => control.wait(slot, resource, () => true, forMillis(0))).toThrow(Stopped)
  })

  it.each([
    ['sleeps', noResource],
    ['waits for another', resource],
  ])('keeps a stop from being at rest until the woken thread is done: one that %s', (_what, waitsFor) => {
    const control = new Control(createControl())
    const slot = control.newSlot()
    control.setStarted(slot)
    const sleep = () => {
      control.wait(
        slot,
        waitsFor,
        () => {
          control.stopAll()
          return false
        },
        forMillis(5000),
      )
    }
    expect(control.atRest).toBe(true)
    expect(sleep).toThrow(Stopped)
    expect(control.atRest).toBe(false)
    control.setDone(slot)
    expect(control.atRest).toBe(true)
  })

  it('keeps a stop from being at rest until a thread that was loading is parked or done', () => {
    for (const parks of [true, false]) {
      const control = new Control(createControl())
      const slot = control.newSlot()
      expect(control.atRest).toBe(false)
      let parked = false
      const park = () => {
        parked = control.atRest
        return true
      }
      if (parks) control.wait(slot, resource, park, forMillis(0))
      else control.setDone(slot)
      expect(parks ? parked : control.atRest).toBe(true)
    }
  })

  it('is not at rest while a thread serves in its event loop, where nothing wakes it', () => {
    const control = new Control(createControl())
    const slot = control.newSlot()
    control.setStarted(slot)
    control.setServing(slot)
    control.stopAll()
    expect(control.atRest).toBe(false)
    control.setDone(slot)
    expect(control.atRest).toBe(true)
  })

  it('ends with its time, never before, and waits for nothing afterwards', () => {
    const control = new Control(createControl())
    const before = performance.now()
    expect(control.wait(slot, resource, () => false, forMillis(20))).toBe(false)
    expect(performance.now() - before).toBeGreaterThanOrEqual(20)
    const word = new Int32Array(control.shared)
    const woken = () => word.slice(16, 16 + maxThreads).reduce((sum, n) => sum + n, 0)
    const times = woken()
    control.wake(resource)
    expect(woken()).toBe(times)
  })

  it('finds the gate open when the run is stopped before it began', () => {
    const begun = new Control(createControl())
    begun.openGate()
    const stopped = new Control(createControl())
    stopped.stopAll()
    const gate = ({ shared }: Control) => new Int32Array(shared)[0]
    expect(gate(stopped)).toBe(gate(begun))
    expect(stopped.stopped).toBe(true)
  })
})

describe('a control block', () => {
  it('gives out as many threads as it has words for, and says so', () => {
    const control = new Control(createControl())
    for (let n = 1; n < maxThreads; n++) expect(control.newSlot()).toBe(n)
    expect(() => control.newSlot()).toThrow('a programme may have at most 128 threads')
  })
})
