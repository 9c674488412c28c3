/** Our loop against CPython's: each programme of this folder is there twice, and both print the same lines. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { toDocument } from '../../../electron/engine/document'
import { hasPython } from '../../support/python'
import { type Bench, bench, lines, sleepMillis } from '../../support/runs'
import { heading, topics } from './scenario'

vi.mock('../../../electron/scenarios/index', () => import('../../support/programmes/index'))

/** What each programme of a topic printed. */
type Printed = Readonly<Record<string, readonly string[]>>

const folder = new URL('.', import.meta.url).pathname
const golden: Readonly<Record<string, Printed>> = Object.fromEntries(
  readdirSync(`${folder}golden`).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(`${folder}golden/${file}`, 'utf8')),
  ]),
)

describe('the loop does what CPython’s does', () => {
  let engine: Bench
  beforeAll(() => {
    engine = bench('test-workers')
  })
  afterAll(() => engine.close())

  /** A run that does not end is cut off: its last programme is the one that hangs. */
  async function printedBy(topic: string): Promise<Printed> {
    const run = engine.start('conformance-test', { what: topic })
    await Promise.race([run.over, sleepMillis(15_000)])
    await run.stop()
    const printed: Record<string, string[]> = {}
    let last: string[] = []
    for (const line of lines(toDocument(run))) {
      if (line.startsWith(heading)) printed[line.slice(heading.length)] = last = []
      else last.push(line)
    }
    return printed
  }

  it('has a golden file for each topic', () => {
    expect(Object.keys(golden).sort()).toEqual(Object.keys(topics).sort())
  })

  describe.each(Object.keys(topics))('%s', (topic) => {
    let printed: Printed
    beforeAll(async () => {
      printed = await printedBy(topic)
    }, 20_000)

    it('has the same programmes', () => {
      expect(Object.keys(topics[topic]!.programmes)).toEqual(Object.keys(golden[topic]!))
    })
    it.each(Object.keys(topics[topic]!.programmes))('%s', (name) => {
      expect(printed[name]?.join('\n')).toBe(golden[topic]![name]!.join('\n'))
    })
  })
})

describe.runIf(hasPython)('python3, this machine’s', () => {
  it('prints what the golden files hold', async () => {
    const { stdout } = await promisify(execFile)('python3', [`${folder}golden.py`, '--print'])
    expect(JSON.parse(stdout)).toEqual(golden)
  }, 60_000)
})
