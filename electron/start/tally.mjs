/** The count of all kinds of tests together, and what was skipped and why. */
import { findCommand } from './commands.mjs'

const needs = ['electron', 'browser', 'redis', 'python']

export class Tally {
  passed = 0
  failed = 0
  skipped = 0
  #lines = []
  #required

  /** @param {string} required as in LOOPSCOPE_REQUIRE */
  constructor(required) {
    this.#required = required
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
    const unknown = this.#required.find((name) => !needs.includes(name))
    if (unknown !== undefined) this.fail(`LOOPSCOPE_REQUIRE names “${unknown}”, which is none of ${needs.join(', ')}`)
  }

  check(name, ok) {
    if (ok) this.passed++
    else this.fail(name)
  }

  fail(line) {
    this.failed++
    this.#lines.push(`failed: ${line}`)
  }

  /**
   * Tests that did not run.
   * @param {string} what for the reader
   * @param {string} reason what is missing and how to get it
   * @param {string | null} need which of `needs` was missing, if one was
   */
  skip(what, reason, need = null, count = 1) {
    if (need !== null && this.#required.includes(need)) {
      this.failed += count
      this.#lines.push(`failed: ${what}: ${reason}; LOOPSCOPE_REQUIRE demands ${need}`)
    } else {
      this.skipped += count
      this.#lines.push(`skipped: ${what}: ${reason}`)
    }
  }

  /** Tests of other programs' figures skip themselves one by one; without Python they could do so unseen. */
  requirePython() {
    if (this.#required.includes('python') && !findCommand('python3'))
      this.fail('python3 is missing; LOOPSCOPE_REQUIRE demands python')
  }

  /**
   * @param {string} title
   * @param {import('./reports.mjs').Report | null} report null: the runner left none
   * @param {number} code of the runner
   * @param {(file: string) => string | null} needOf what a file's tests need, where that is missing
   */
  add(title, report, code, needOf = () => null) {
    if (!report) {
      this.fail(`${title}: the runner ended with ${code} and left no report`)
      return
    }
    this.passed += report.passed
    this.failed += report.failed
    if (report.failed > 0) this.#lines.push(`failed: ${title}: ${report.failed}`)
    else if (code !== 0) this.fail(`${title}: the runner ended with ${code}`)
    for (const { file, test, reason } of report.failures) this.#lines.push(`  ${file}: ${test}: ${reason}`)
    for (const { file, count, reason } of report.skips) {
      const need = needOf(file)
      const tests = count === 1 ? '1 test' : `${count} tests`
      this.skip(`${title}, ${tests} of ${file}`, reason ?? (need ? `${need} is missing` : 'the test skips itself'), need, count)
    }
  }

  /** The counts alone on the last line. */
  summary() {
    return `\n${this.#lines.map((line) => `${line}\n`).join('')}${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped\n`
  }
}
