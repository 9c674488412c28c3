import { EventLoop, gather } from '../loop'
import { unrecorded } from '../threads/context'
import { HttpClient } from './httpClient'
import { rehearsalPage } from './messages'

const blockingRounds = 20
const awaitingRounds = 12
/** Requests at once in an awaiting round. */
const mostAtOnce = 50

/** Makes requests as a programme does, blocking and awaited: the server answers them at once, and nothing is charted. */
export function rehearseRequests(url: string, connections: number): void {
  unrecorded(() => {
    const client = new HttpClient()
    const page = `${url}/${rehearsalPage}`
    for (let round = 0; round < blockingRounds; round++) client.blockingGet(page)
    const loop = new EventLoop()
    const tasks = () =>
      Array.from({ length: Math.min(connections, mostAtOnce) }, () => loop.createTask(client.get(page), { name: rehearsalPage }))
    for (let round = 0; round < awaitingRounds; round++) loop.runUntilComplete(gather(...tasks()))
    loop.close()
  })
}
