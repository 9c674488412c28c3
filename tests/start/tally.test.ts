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
    tally.add('unit', { passed: 10, failed: 0, skips: [{ file: 'tests/a.test.ts', count: 2, reason: null }] }, 0)
    tally.skip('end-to-end on Electron', 'no runtime: set ELECTRON_OVERRIDE_DIST_PATH', 'electron')
    expect(tally.summary()).toContain('skipped: end-to-end on Electron: no runtime: set ELECTRON_OVERRIDE_DIST_PATH\n')
    expect(lastLine(tally)).toBe('11 passed, 0 failed, 3 skipped')
  })

  test('LOOPSCOPE_REQUIRE turns the skips it names into failures, and no others', () => {
    const tally = new Tally('electron,redis')
    tally.skip('Electron', 'no runtime', 'electron')
    tally.skip('browser', 'no Chromium', 'browser')
    tally.add('unit', { passed: 1, failed: 0, skips: [{ file: 'redis.test.ts', count: 4, reason: null }] }, 0, () => 'redis')
    expect(lastLine(tally)).toBe('1 passed, 5 failed, 1 skipped')
  })

  test('a demand that nobody knows fails instead of being passed over', () => {
    expect(new Tally('electorn').failed).toBe(1)
  })

  test('a runner that crashed is a failure, with and without a report', () => {
    const tally = new Tally('')
    tally.add('unit', null, 134)
    tally.add('unit', { passed: 3, failed: 0, skips: [] }, 1)
    expect(lastLine(tally)).toBe('3 passed, 2 failed, 0 skipped')
  })

  test('a runner’s failures are counted once', () => {
    const tally = new Tally('')
    tally.add('unit', { passed: 3, failed: 2, skips: [] }, 1)
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
        { name: join(folder, 'a.test.ts'), status: 'failed', assertionResults: tests('passed', 'failed') },
        { name: join(folder, 'b.test.ts'), status: 'failed', assertionResults: [] },
        { name: join(folder, 'c.test.ts'), status: 'passed', assertionResults: tests('passed', 'pending', 'todo') },
      ],
    })
    expect(readVitest(file, folder)).toEqual({ passed: 2, failed: 2, skips: [{ file: 'c.test.ts', count: 2, reason: null }] })
  })

  test('Playwright’s, with the reasons of its skips; a flaky test has failed', () => {
    const skip = { status: 'skipped', annotations: [{ type: 'skip', description: 'no runtime' }] }
    const file = write({
      stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [],
      suites: [{ specs: [{ file: 'a.spec.ts', tests: [skip] }], suites: [{ specs: [{ file: 'a.spec.ts', tests: [skip] }] }] }],
    })
    expect(readPlaywright(file)).toEqual({ passed: 3, failed: 2, skips: [{ file: 'a.spec.ts', count: 2, reason: 'no runtime' }] })
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
