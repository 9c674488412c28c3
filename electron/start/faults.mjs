/**
 * `npm run faults [-- --schedules N]`: the long form of the fault matrix on every kind of Redis server that is here, and its table.
 * `LOOPSCOPE_SEED` repeats what was drawn by lot. Ends with 1 where a case fails, or a test does not notice that its piece is missing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { findCommand, setUpCommands } from './commands.mjs'
import { endEverythingOnSignal, isStopping, runNode, say } from './run.mjs'
import { root, setUp } from './setup.mjs'

const defaultSchedules = 200
const kinds = [
  { name: 'Redis', command: 'redis-server', debian: 'redis-server' },
  { name: 'Valkey', command: 'valkey-server', debian: 'valkey-server, from Debian 13 on' },
]

const schedules = readOptions()
const seed = process.env.LOOPSCOPE_SEED ?? String(Math.floor(Math.random() * 2 ** 31))
endEverythingOnSignal()
await setUp()
await setUpCommands()
const missing = []
let failed = false
for (const { name, command, debian } of kinds) {
  const server = findCommand(command)
  if (!server) missing.push(`${name}: skipped, ${command} is not on the PATH (Debian: ${debian})`)
  else if (!isStopping()) failed = (await runOn(server)) || failed
}
process.stdout.write(missing.map((line) => `${line}\n`).join(''))
process.exitCode = failed || missing.length === kinds.length ? 1 : 0

/** True if something failed. */
async function runOn(server) {
  const [version = server] = /v=\S+/.exec(spawnSync(server, ['--version'], { encoding: 'utf8' }).stdout) ?? []
  const title = `${server.endsWith('valkey-server') ? 'Valkey' : 'Redis'} ${version.replace('v=', '')}, seed ${seed}`
  process.stdout.write(`\n── ${title} ──\n`)
  const file = join(root, 'node_modules/.cache/reports/faults.jsonl')
  mkdirSync(dirname(file), { recursive: true })
  rmSync(file, { force: true })
  const env = {
    ...process.env,
    LOOPSCOPE_LONG: '1',
    LOOPSCOPE_SEED: seed,
    LOOPSCOPE_SCHEDULES: String(schedules),
    LOOPSCOPE_REDIS_SERVER: server,
    LOOPSCOPE_FAULTS_REPORT: file,
  }
  const args = ['run', '--config', 'tests/vitest.config.ts', 'tests/faults/', '--reporter=dot']
  const { code } = await runNode([join(root, 'node_modules/vitest/vitest.mjs'), ...args], { cwd: root, env })
  const lines = existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : []
  process.stdout.write(`\n${title}\n${table(lines)}\n`)
  return code !== 0
}

function table(lines) {
  const of = (kind) => lines.filter((line) => line.kind === kind)
  const head = ['', 'pushed', 'finished', 'dead', 'there', 'lost', 'again', 's']
  const counts = ({ name, said, pushed, finished, dead, there, lost, extra, seconds }) =>
    said ? [name, said] : [name, pushed, finished, dead, there, lost.length, extra, seconds.toFixed(1)]
  const good = of('schedule').filter(({ said }) => !said)
  const bad = of('schedule').filter(({ said }) => said)
  const sum = (key) => good.reduce((all, line) => all + (key === 'lost' ? line.lost.length : line[key]), 0)
  const all = ['pushed', 'finished', 'dead', 'there', 'lost', 'extra', 'seconds'].map(sum)
  const rows = [
    head,
    ...of('case').map(counts),
    [`${good.length} schedules by lot`, ...all.map((value) => Math.round(value))],
    ...bad.map(counts),
  ]
  const widths = head.map((_, i) => Math.max(...rows.filter((row) => row.length > 2).map((row) => String(row[i] ?? '').length)))
  const shown = rows.map((row) =>
    row.length === 2
      ? `${row[0]}: ${row[1]}`
      : row.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i] ?? 0) : String(cell).padStart(widths[i] ?? 0))).join('  '),
  )
  const bites = of('bite').map(({ name, said }) => `${name}: ${said}`)
  return [...shown, '', 'With a piece switched off (each must fail):', ...bites].join('\n')
}

function readOptions() {
  try {
    const { values } = parseArgs({ options: { schedules: { type: 'string' } }, allowPositionals: false })
    const count = values.schedules === undefined ? defaultSchedules : Number(values.schedules)
    if (Number.isInteger(count) && count >= 0) return count
    say(`--schedules: “${values.schedules}” is no whole number.`)
  } catch (error) {
    say(`${error.message.split(/(?<=\.)\s/)[0]} Options: --schedules N.`)
  }
  process.exit(2)
}
