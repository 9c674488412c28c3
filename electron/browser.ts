/** Entry of the browser host: what `npm start` runs where there is no Electron, and what the tests run. */
import { readBrowserHostOptions, startBrowserHost } from './browserHost'
import { UsageError } from './usage'

async function main(): Promise<void> {
  const { closed } = await startBrowserHost(readBrowserHostOptions(process.argv.slice(2)))
  await closed
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error('Loopscope:', error instanceof UsageError ? error.message : error)
    process.exit(error instanceof UsageError ? 2 : 1)
  },
)
