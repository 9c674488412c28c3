/** The panel of dead letters without a window: what it asks the engine, part by part, and what it makes of the answers. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { DeadLetter, DeadLetterAnswer, DeadLetterRequest } from '#protocol/deadLetters'
import type { RunId } from '#protocol/messages'
import { deadPanel } from '../../renderer/state'
import {
  chooseDeadLetter,
  closeDeadLetters,
  findDeadLetters,
  openDeadLetters,
  readDeadLetters,
  settleDeadLetters,
} from '../../renderer/state/deadLetters'
import { type PlayedEngine, playEngine, runInfo, scenario, welcome } from '../support/page'
import { until } from '../support/until'

const run = 1 as RunId
const letter = (place: number): DeadLetter => ({
  digest: String(place).padStart(40, '0'),
  place,
  ord: place + 1,
  at: 1_700_000_000_000,
  reason: 'boom',
  consumer: 'c',
  deaths: 0,
  payload: 'p',
  bytes: 1,
})
const letters = (from: number, count: number) => Array.from({ length: count }, (_, i) => letter(from - i))

let engine: PlayedEngine
beforeEach(async () => {
  closeDeadLetters()
  engine = await playEngine()
  await engine.send(welcome({ catalogue: [scenario('redis-queue')], runs: [runInfo(1, 'redis-queue')] }))
})

const asked = () => engine.sent().flatMap((command) => (command.type === 'dead' ? [command] : []))
/** Waits for the n-th request, from 1, and answers it. */
const answer = async (n: number, what: DeadLetterAnswer): Promise<DeadLetterRequest> => {
  await until(() => asked().length >= n, `request ${n}`)
  const { id, request } = asked()[n - 1]!
  await engine.send({ type: 'dead', run, id, answer: what })
  return request
}
const opened = async (...first: DeadLetter[]) => {
  openDeadLetters(run)
  await answer(1, { kind: 'list', letters: first, next: 0, total: first.length })
  expect(deadPanel.value).toMatchObject({ busy: null, letters: first, next: 0 })
}

describe('the list', () => {
  test('goes on until a page is full, keeps each letter once, and says how far it has looked', async () => {
    openDeadLetters(run)
    await answer(1, { kind: 'list', letters: letters(999, 60), next: 500, total: 1000 })
    expect(deadPanel.value).toMatchObject({ letters: [], busy: { kind: 'list', done: 500 } })
    // Ten of them have moved meanwhile and come again.
    const request = await answer(2, { kind: 'list', letters: letters(949, 50), next: 400, total: 990 })
    expect(request).toEqual({ kind: 'list', choice: { names: null, find: '', before: 500 }, want: 40 })
    expect(deadPanel.value).toMatchObject({ busy: null, next: 400, total: 990 })
    expect(deadPanel.value!.letters.length).toBe(100)
  })

  test('an answer to what was asked before no longer counts', async () => {
    openDeadLetters(run)
    findDeadLetters('x')
    await until(() => asked().length === 2, 'the search')
    await answer(2, { kind: 'list', letters: letters(5, 1), next: 0, total: 6 })
    await answer(1, { kind: 'list', letters: letters(9, 3), next: 0, total: 10 })
    expect(deadPanel.value).toMatchObject({ letters: letters(5, 1), total: 6 })
  })
})

describe('what is done', () => {
  test('to all that were found: part by part, of those only that were there when it was looked', async () => {
    await opened(...letters(2, 3))
    const done = settleDeadLetters('retry')
    expect(await answer(2, { kind: 'settled', done: 2, kept: 0, next: 1, total: 1 })).toEqual({
      kind: 'retry',
      choice: { names: null, find: '', before: 3 },
    })
    expect(deadPanel.value!.busy).toEqual({ kind: 'retry', done: 2 })
    expect((await answer(3, { kind: 'settled', done: 0, kept: 1, next: 0, total: 1 })).choice.before).toBe(1)
    await answer(4, { kind: 'list', letters: [letter(0)], next: 0, total: 1 })
    await done
    expect(deadPanel.value!.said!()).toBe('2 went back into the queue. 1 cannot be retried, since Loopscope did not write it.')
  })

  test('to the chosen ones: who is not found any more was taken by somebody else', async () => {
    await opened(...letters(9, 10))
    for (const place of [7, 3]) chooseDeadLetter(letter(place).digest, true)
    const done = settleDeadLetters('clear')
    expect(await answer(2, { kind: 'settled', done: 1, kept: 0, next: 0, total: 8 })).toEqual({
      kind: 'clear',
      choice: { names: [letter(7).digest, letter(3).digest], find: '', before: 8 },
    })
    await answer(3, { kind: 'list', letters: letters(9, 8), next: 0, total: 8 })
    await done
    expect(deadPanel.value!.said!()).toBe('1 was deleted. 1 was already gone: another window or consumer was first.')
    expect(deadPanel.value!.chosen.size).toBe(0)
  })

  test('more than one request may name are named in parts', async () => {
    openDeadLetters(run)
    await answer(1, { kind: 'list', letters: letters(700, 501), next: 0, total: 701 })
    for (const { digest } of deadPanel.value!.letters) chooseDeadLetter(digest, true)
    const reading = readDeadLetters(() => undefined)
    for (const [n, count] of [
      [2, 500],
      [3, 1],
    ] as const) {
      const { choice } = await answer(n, { kind: 'export', letters: [], next: 0, total: 701 })
      expect(choice.names?.length).toBe(count)
    }
    expect(await reading).toBe(true)
  })

  test('a refusal stands there with its reason, and what was done before it is said', async () => {
    await opened(...letters(2, 3))
    const done = settleDeadLetters('retry')
    await answer(2, { kind: 'settled', done: 2, kept: 0, next: 1, total: 1 })
    await answer(3, { kind: 'problem', problem: { en: 'Full.', zh: '满。' } })
    await done
    expect(deadPanel.value!.problem!()).toBe('Full.')
    expect(deadPanel.value!.said!()).toBe('2 went back into the queue.')
  })

  test('when the engine is gone it is said, and half of an export is none', async () => {
    await opened(...letters(2, 3))
    const reading = readDeadLetters(() => undefined)
    engine.say({ phase: 'lost', attempt: 1, nextAttemptAt: 0 })
    expect(await reading).toBe(false)
    expect(deadPanel.value!.problem!()).toContain('The engine is gone')
  })
})
