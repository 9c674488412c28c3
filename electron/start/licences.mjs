/** `npm run -s licences`: the packages whose code is in the product, as the build noted them; `--json` with the texts of their licences. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { say } from './run.mjs'
import { root, setUp } from './setup.mjs'

const json = readOptions()
await setUp()
const text = readFileSync(join(root, 'out/licences.json'), 'utf8')
const line = ({ name, version, licence }) => `${name.padEnd(28)}${version.padEnd(12)}${licence}\n`
process.stdout.write(json ? text : JSON.parse(text).map(line).join(''))

function readOptions() {
  try {
    return parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: false }).values.json === true
  } catch {
    say('the only option is --json.')
    return process.exit(2)
  }
}
