import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPlaywright, readVitest } from '../../electron/start/reports.mjs'
import { Tally } from '../../electron/start/tally.mjs'

const lastLine = (tally: Tally) => tally.summary().trimEnd().split('\n').pop()

describe('the count of all tests', () => {
  test('stands alone on the last line, the skipped above it with their reasons', () => {
    const tally = new Tally('')
    tally.check('types', true)
    tally.add('unit', { passed: 10, failed: 0, failures: [], skips: [{ file: 'tests/a.test.ts', count: 2, reason: null }] }, 0)
    tally.skip('end-to-end on Electron', 'no runtime: set ELECTRON_OVERRIDE_DIST_PATH', 'electron')
    expect(tally.summary()).toContain('skipped: end-to-end on Electron: no runtime: set ELECTRON_OVERRIDE_DIST_PATH\n')
    expect(lastLine(tally)).toBe('11 passed, 0 failed, 3 skipped')
  })

  test('LOOPSCOPE_REQUIRE turns the skips it names into failures, and no others', () => {
    const tally = new Tally('electron,redis')
    tally.skip('Electron', 'no runtime', 'electron')
    tally.skip('browser', 'no Chromium', 'browser')
    tally.add(
      'unit',
      { passed: 1, failed: 0, failures: [], skips: [{ file: 'redis.test.ts', count: 4, reason: null }] },
      0,
      () => 'redis',
    )
    expect(lastLine(tally)).toBe('1 passed, 5 failed, 1 skipped')
  })

  test('a demand that nobody knows fails instead of being passed over', () => {
    expect(new Tally('electorn').failed).toBe(1)
  })

  test('a runner that crashed is a failure, with and without a report', () => {
    const tally = new Tally('')
    tally.add('unit', null, 134)
    tally.add('unit', { passed: 3, failed: 0, failures: [], skips: [] }, 1)
    expect(lastLine(tally)).toBe('3 passed, 2 failed, 0 skipped')
  })

  test('a runner’s failures are counted once, and named at the end, where a long output is looked at first', () => {
    const tally = new Tally('')
    const failures = [{ file: 'a.spec.ts', test: 'quits', reason: 'expected 1 to be 0' }]
    tally.add('unit', { passed: 3, failed: 2, failures, skips: [] }, 1)
    expect(tally.summary()).toContain('failed: unit: 2\n  a.spec.ts: quits: expected 1 to be 0\n')
    expect(lastLine(tally)).toBe('3 passed, 2 failed, 0 skipped')
  })
})

describe('the runners’ reports', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loopscope-reports-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const write = (content: unknown) => {
    const file = join(folder, 'report.json')
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  test('one that is missing or torn is none', () => {
    expect(readVitest(join(folder, 'none.json'), folder)).toBeNull()
    expect(readPlaywright(write('{"stats":'))).toBeNull()
  })

  test('a vitest file that does not load is a failure', () => {
    const tests = (...statuses: string[]) => statuses.map((status) => ({ status }))
    const file = write({
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [
        {
          name: join(folder, 'a.test.ts'),
          status: 'failed',
          assertionResults: [
            ...tests('passed'),
            { status: 'failed', fullName: 'a adds', failureMessages: ['expected 1 to be 2\n at a.test.ts:3'] },
          ],
        },
        { name: join(folder, 'b.test.ts'), status: 'failed', message: 'no such module', assertionResults: [] },
        { name: join(folder, 'c.test.ts'), status: 'passed', assertionResults: tests('passed', 'pending', 'todo') },
      ],
    })
    expect(readVitest(file, folder)).toEqual({
      passed: 2,
      failed: 2,
      failures: [
        { file: 'a.test.ts', test: 'a adds', reason: 'expected 1 to be 2' },
        { file: 'b.test.ts', test: 'the whole file', reason: 'no such module' },
      ],
      skips: [{ file: 'c.test.ts', count: 2, reason: null }],
    })
  })

  test('Playwright’s, with the reasons of its skips; a flaky test has failed', () => {
    const skip = { status: 'skipped', annotations: [{ type: 'skip', description: 'no runtime' }] }
    const failed = (status: string, message: string) => ({ status, annotations: [], results: [{ errors: [{ message }] }] })
    const file = write({
      stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [],
      suites: [
        {
          specs: [
            { file: 'a.spec.ts', title: 'a', tests: [skip] },
            { file: 'a.spec.ts', title: 'b', tests: [failed('unexpected', 'Error: \u001b[31mnot seen\u001b[39m\nCall log:')] },
          ],
          suites: [{ specs: [{ file: 'a.spec.ts', title: 'c', tests: [skip, failed('flaky', 'Error: late')] }] }],
        },
      ],
    })
    expect(readPlaywright(file)).toEqual({
      passed: 3,
      failed: 2,
      failures: [
        { file: 'a.spec.ts', test: 'b', reason: 'Error: not seen' },
        { file: 'a.spec.ts', test: 'c', reason: 'Error: late' },
      ],
      skips: [{ file: 'a.spec.ts', count: 2, reason: 'no runtime' }],
    })
  })

  test('Playwright’s errors outside any test', () => {
    const file = write({
      stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
      errors: [{ message: 'no tests' }],
      suites: [],
    })
    expect(readPlaywright(file)?.failed).toBe(1)
  })
})
