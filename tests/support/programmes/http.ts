import { HttpClient } from '../../../electron/http/httpClient'
import { SlowServer } from '../../../electron/http/slowServer'
import { EventLoop, gather, runCoroutineThreadsafe, sleep, type Task, wait } from '../../../electron/loop'
import { Thread } from '../../../electron/threads/thread'
import { blockingSleep, print } from '../../../electron/threads/time'
import { testScenario } from './programme'

function attempt(work: () => unknown) {
  try {
    print(String(work()))
  } catch (error) {
    print(`${(error as Error).name}: ${(error as Error).message}`)
  }
}

export function* fetchPage(url: string, client: HttpClient) {
  const page = yield* client.get(url)
  print(page)
  return page
}
export function* fetchTwo(url: string, client: HttpClient) {
  const pages = yield* gather(client.get(`${url}/a`), client.get(`${url}/b`))
  print(pages.join(', '))
}
export function* cancelled(url: string, client: HttpClient, loop: EventLoop) {
  const task: Task<string> = loop.createTask(fetchPage(`${url}/late`, client), { name: 'late' })
  yield* sleep(0.1)
  task.cancel()
  yield* wait([task])
  print(`cancelled ${task.cancelled()}`)
  print(yield* client.get(`${url}/next`))
}
export function fetchBlocking(url: string, client: HttpClient) {
  print(client.blockingGet(url))
}

const programmes = {
  pages() {
    const { url } = new SlowServer({ delay: 0.02 })
    const client = new HttpClient()
    attempt(() => client.blockingGet(`${url}/1`))
    attempt(() => new HttpClient().blockingGet(`${url}/two-2`))
  },
  refused() {
    const { url } = new SlowServer({ delay: 0 })
    const client = new HttpClient()
    attempt(() => client.blockingGet(`${url}/no/such/page`))
    attempt(() => client.blockingGet(`${url.replace('127.0.0.1', 'localhost')}/1`))
    attempt(() => client.blockingGet('http://127.0.0.1:1/1'))
    attempt(() => client.blockingGet('no address'))
    attempt(() => new EventLoop().runUntilComplete(client.get(`${url}/no/such/page`)))
    attempt(() => new SlowServer({ delay: 0 }))
    attempt(() => client.blockingGet(`${url}/1`))
  },
  many() {
    const { url } = new SlowServer({ delay: 0.3 })
    const client = new HttpClient()
    const loop = new EventLoop()
    const pages = Array.from({ length: 100 }, (_, n) => loop.createTask(fetchPage(`${url}/${n}`, client)))
    attempt(() => loop.runUntilComplete(gather(...pages)).length)
  },
  cancelling() {
    const { url } = new SlowServer({ delay: 0.4 })
    const loop = new EventLoop()
    attempt(() => loop.runUntilComplete(cancelled(url, new HttpClient(), loop)))
  },
  threads() {
    const { url } = new SlowServer({ delay: 0.1 })
    const client = new HttpClient()
    const loop = new EventLoop()
    new Thread(loop.runForever).start()
    const two = runCoroutineThreadsafe(loop, fetchTwo, url, client)
    const thread = new Thread(fetchBlocking, [`${url}/c`, client])
    thread.start()
    thread.join()
    two.result()
    loop.callSoonThreadsafe(loop.stop)
  },
  waiting() {
    const { url } = new SlowServer({ delay: 60 })
    print(url)
    attempt(() => new HttpClient().blockingGet(`${url}/1`))
  },
  awaiting() {
    const { url } = new SlowServer({ delay: 60, oneAtATime: true })
    const client = new HttpClient()
    const loop = new EventLoop()
    print(url)
    for (const n of [1, 2]) loop.createTask(fetchPage(`${url}/${n}`, client))
    loop.runForever()
  },
  open() {
    print(new SlowServer({ delay: 0.05 }).url)
    blockingSleep(60)
  },
}

export const scenario = { ...testScenario('http-test', 2, programmes), connections: () => 3 }
