/** `npm run -s cli -- …`: sets up, then runs the built command line with the same arguments and the same exit code. */
import { join } from 'node:path'
import { endEverythingOnSignal, runNode } from './run.mjs'
import { root, setUp } from './setup.mjs'

const args = process.argv.slice(2)
// A worker has a grace of its own for what it runs; a second signal ends it.
const worker = args[0] === 'worker'
endEverythingOnSignal(worker ? null : undefined)
await setUp()
const { code } = await runNode([join(root, 'out/main/cli.cjs'), ...args])
process.exitCode = code
