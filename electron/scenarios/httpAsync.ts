import { HttpClient } from '../http/httpClient'
import { SlowServer } from '../http/slowServer'
import { EventLoop, gather } from '../loop'
import { print } from '../threads/time'
import { asyncClient, type HttpParameters, httpGroup, withSlowServer } from './httpGroup'
import { defineScenario } from './scenario'

// #region programme
/** Awaits its page: meanwhile the loop is free for the others. */
export function* fetchPage(name: string, url: string, client: HttpClient) {
  const page = yield* client.get(url) // @fetchPage-suspended
  print(`${name}: ${page}`)
}

export function main({ requests, delay }: HttpParameters) {
  const server = new SlowServer({ delay }) // @serve
  const client = new HttpClient()
  const loop = new EventLoop()
  const tasks = []
  for (let n = 1; n <= requests; n++) {
    const name = `request-${n}`
    tasks.push(loop.createTask(fetchPage(name, `${server.url}/${n}`, client), { name })) // @fetchPage-ready
  }
  loop.runUntilComplete(gather(...tasks)) // @main-waiting
  loop.close()
}
// #endregion

export const scenario = defineScenario<HttpParameters>({
  id: 'http-async',
  ...httpGroup(5),
  title: { en: 'A non-blocking client', zh: '非阻塞客户端' },
  menu: { en: 'Non-blocking client', zh: '非阻塞客户端' },
  lookFor: {
    en: 'All requests are under way together: a task that awaits its page is suspended, and the loop sends the next. The total is one delay, for five requests and for a hundred.',
    zh: '所有请求同时在途：任务等待页面时处于挂起状态，事件循环接着发出下一个。总时间就是一次延迟，五个、一百个请求都如此。',
  },
  contrastNote: { en: 'coroutines with a client that awaits', zh: '协程配非阻塞客户端' },
  contrast: ['http-blocking', 'http-async'],
  reported: { en: '3.0569 s (5 requests), 3.4409 s (100)', zh: '3.0569 秒（5 个请求），3.4409 秒（100 个）' },
  reportedWith: { requests: 100 },
  python: withSlowServer({ imports: ['asyncio'], constants: ['REQUESTS = 5', 'DELAY = 3'], program: asyncClient }),
  main,
  threads: () => 0,
  connections: ({ requests }) => requests,
  ideal: ({ delay }) => delay,
  formula: ({ delay }) => String(delay),
})
