/** `npm run -s bench -- …`: sets up, bundles the benchmarks and runs them with the arguments. */
import { bundleBench } from './bundleBench.mjs'
import { endEverythingOnSignal, runNode } from './run.mjs'
import { root, setUp } from './setup.mjs'

endEverythingOnSignal()
await setUp()
const file = await bundleBench(root)
const { code } = await runNode(['--enable-source-maps', file, ...process.argv.slice(2)], { cwd: root })
process.exitCode = code
