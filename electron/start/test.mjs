/**
 * `npm test`: sets up what the tests need and runs every kind in turn, cheapest first. A kind whose runtime is missing is skipped with its
 * reason; `LOOPSCOPE_REQUIRE=electron,browser,redis,python` makes failures of such skips. `--long` adds the *.long.test.ts files, `--only
 * types,lint,unit,browser,electron,packed` leaves the others out.
 */
import { parseArgs } from 'node:util'
import { setUpCommands } from './commands.mjs'
import { endEverythingOnSignal, isStopping, say } from './run.mjs'
import { setUp } from './setup.mjs'
import { Tally } from './tally.mjs'
import { parts } from './testParts.mjs'

const { only, long } = readOptions()
endEverythingOnSignal()
await setUp()
await setUpCommands()
const tally = new Tally(process.env.LOOPSCOPE_REQUIRE ?? '')
tally.requirePython()
for (const [name, part] of Object.entries(parts)) {
  if (!only.includes(name)) continue
  process.stdout.write(`\n── ${part.title} ──\n`)
  const begin = Date.now()
  await part.run(tally, { long })
  say(`${part.title}: ${((Date.now() - begin) / 1000).toFixed(1)} s`)
  if (isStopping()) process.exit(130)
}
process.stdout.write(tally.summary())
process.exitCode = tally.failed > 0 ? 1 : 0

function readOptions() {
  const all = Object.keys(parts)
  const refuse = (sentence) => {
    say(`${sentence} Options: --long, --only with some of ${all.join(',')}.`)
    process.exit(2)
  }
  try {
    const { values } = parseArgs({ options: { only: { type: 'string' }, long: { type: 'boolean' } }, allowPositionals: false })
    const chosen = values.only?.split(',') ?? all
    const unknown = chosen.find((name) => !all.includes(name))
    return unknown === undefined ? { only: chosen, long: values.long === true } : refuse(`--only: there is no “${unknown}”.`)
  } catch (error) {
    return refuse(error.message.split(/(?<=\.)\s/)[0])
  }
}
