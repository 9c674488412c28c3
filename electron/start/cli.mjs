/** `npm run -s cli -- …`: sets up, then runs the built command line with the same arguments and the same exit code. */
import { join } from 'node:path'
import { endEverythingOnSignal, runNode } from './run.mjs'
import { root, setUp } from './setup.mjs'

endEverythingOnSignal()
await setUp()
const { code } = await runNode([join(root, 'out/main/cli.cjs'), ...process.argv.slice(2)])
process.exitCode = code
