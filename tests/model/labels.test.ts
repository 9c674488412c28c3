import { expect, test } from 'vitest'
import { labelsOf, linesOf, unreachedLines, withoutLabels } from '../../renderer/model/labels'
import { withParameters } from '../../renderer/model/pythonText'

const typescript = `export function* fetchAll(n: number) {
  yield* sleep(n) // @fetchAll-suspended
}
new Thread(fetchAll).start() // @fetchAll-created @fetchAll-ready
// an ordinary comment, to a@b`
const python = `async def fetch_all(n):
    await asyncio.sleep(n)  # @fetchAll-suspended
threading.Thread(target=fetch_all).start()  # @fetchAll-created @fetchAll-ready`

test('labels stand in trailing comments, and a function’s line has its name', () => {
  expect(labelsOf(typescript)).toEqual([['fetchAll'], ['fetchAll-suspended'], [], ['fetchAll-created', 'fetchAll-ready'], []])
  expect(labelsOf(python)).toEqual([['fetchAll'], ['fetchAll-suspended'], ['fetchAll-created', 'fetchAll-ready']])
})

test('a bar’s lines are those of its state, else the function’s own', () => {
  expect(linesOf(typescript, 'fetchAll', 'suspended')).toEqual([1])
  expect(linesOf(typescript, 'fetchAll', 'running')).toEqual([0])
  expect(linesOf(python, 'fetchAll', 'ready')).toEqual([2])
  expect(linesOf(python, 'other', 'ready')).toEqual([])
})

test('a line that is never reached is told by its label', () => {
  expect(unreachedLines('loop.runForever()\nprint(1) // @never-reached')).toEqual([1])
  expect(unreachedLines(typescript)).toEqual([])
})

test('what is copied has no labels and keeps its comments', () => {
  expect(withoutLabels(typescript)).not.toContain('@fetchAll')
  expect(withoutLabels(typescript)).toContain('// an ordinary comment, to a@b')
})

test('the Python program gets the parameters of the run', () => {
  const text = 'SPEED = 1\nSLEEPS = [2, 2]\nHIGH_WATER = 10\nTIMEOUT = None\nURL = "x"\nprint(SLEEPS = 1)'
  expect(withParameters(text, { sleeps: [1, 0.5], highWater: 3, timeout: 'none', url: 'redis://$&"h' })).toBe(
    'SPEED = 1\nSLEEPS = [1, 0.5]\nHIGH_WATER = 3\nTIMEOUT = None\nURL = "redis://$&\\"h"\nprint(SLEEPS = 1)',
  )
})
