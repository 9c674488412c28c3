/** What the test runners' JSON reports say, in one form. A report that is missing or torn is for the caller: the runner crashed. */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/**
 * @typedef {{ file: string, test: string, reason: string }} Failure `reason`: the first line of what the runner says
 * @typedef {{ file: string, count: number, reason: string | null }} Skip
 * @typedef {{ passed: number, failed: number, failures: Failure[], skips: Skip[] }} Report
 */

/** @returns {Report | null} */
export function readVitest(file, root) {
  const json = readJson(file)
  if (!json) return null
  /** @type {Report} */
  const report = { passed: json.numPassedTests, failed: json.numFailedTests, failures: [], skips: [] }
  for (const suite of json.testResults) {
    const tests = suite.assertionResults
    const failed = tests.filter(({ status }) => status === 'failed')
    const file = relative(root, suite.name)
    for (const { fullName, failureMessages } of failed)
      report.failures.push({ file, test: fullName, reason: firstLine(failureMessages?.[0]) })
    // A file that does not even load has no tests, and is a failure nevertheless.
    if (suite.status === 'failed' && failed.length === 0) {
      report.failed++
      report.failures.push({ file, test: 'the whole file', reason: firstLine(suite.message) })
    }
    const count = tests.filter(({ status }) => status !== 'passed' && status !== 'failed').length
    if (count > 0) report.skips.push({ file, count, reason: null })
  }
  return report
}

/** @returns {Report | null} */
export function readPlaywright(file) {
  const json = readJson(file)
  if (!json) return null
  const { expected, unexpected, flaky, skipped } = json.stats
  // A test that passes only sometimes has failed once too often; an error outside any test is a failure, too.
  /** @type {Report} */
  const report = {
    passed: expected,
    failed: unexpected + flaky + (unexpected + flaky === 0 && json.errors.length > 0 ? 1 : 0),
    failures: json.errors.map(({ message }) => ({ file: 'end-to-end', test: 'outside any test', reason: firstLine(message) })),
    skips: [],
  }
  const specs = json.suites.flatMap(specsOf)
  for (const { file: name, title, tests } of specs) {
    for (const { status, annotations, results } of tests) {
      if (status === 'unexpected' || status === 'flaky') {
        const errors = (results ?? []).flatMap(({ errors }) => errors)
        report.failures.push({ file: name, test: title, reason: firstLine(errors[0]?.message) })
      }
      if (status !== 'skipped') continue
      const reason = annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? null
      const same = report.skips.find((skip) => skip.file === name && skip.reason === reason)
      if (same) same.count++
      else report.skips.push({ file: name, count: 1, reason })
    }
  }
  const listed = report.skips.reduce((sum, { count }) => sum + count, 0)
  if (listed < skipped) report.skips.push({ file: 'end-to-end', count: skipped - listed, reason: null })
  return report
}

// Playwright colours its messages, report or not.
const firstLine = (text) =>
  stripVTControlCharacters(text ?? '')
    .match(/.*/)?.[0]
    .trim() ?? ''

const specsOf = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]

function readJson(file) {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
