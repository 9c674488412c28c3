/** What the test runners' JSON reports say, in one form. A report that is missing or torn is for the caller: the runner crashed. */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * @typedef {{ passed: number, failed: number, skips: { file: string, count: number, reason: string | null }[] }} Report
 */

/** @returns {Report | null} */
export function readVitest(file, root) {
  const json = readJson(file)
  if (!json) return null
  /** @type {Report} */
  const report = { passed: json.numPassedTests, failed: json.numFailedTests, skips: [] }
  for (const suite of json.testResults) {
    const tests = suite.assertionResults
    // A file that does not even load has no tests, and is a failure nevertheless.
    if (suite.status === 'failed' && !tests.some(({ status }) => status === 'failed')) report.failed++
    const count = tests.filter(({ status }) => status !== 'passed' && status !== 'failed').length
    if (count > 0) report.skips.push({ file: relative(root, suite.name), count, reason: null })
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
    skips: [],
  }
  const specs = json.suites.flatMap(specsOf)
  for (const { file: name, tests } of specs) {
    for (const { status, annotations } of tests) {
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
