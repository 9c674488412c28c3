/** A host of its own, to be killed: an engine whose run has moved to a private Redis. Argument: the folder for its data. Prints the address. */
import { closedPort } from './closedPort'
import { engineWithPage } from './enginePage'

const [dataDir = ''] = process.argv.slice(2)

async function live(): Promise<void> {
  const page = engineWithPage({ dataDir })
  const run = await page.startQueue({ url: `redis://127.0.0.1:${await closedPort()}` })
  await page.untilStatus(run, ({ phase }) => phase === 'unreachable', 'the refusal')
  page.send({ type: 'source', run, action: 'private' })
  const { address } = await page.untilStatus(run, ({ phase }) => phase === 'consuming', 'the private server')
  console.log(address)
}

live().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
