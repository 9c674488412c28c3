import { HttpClient } from '../http/httpClient'
import { SlowServer } from '../http/slowServer'
import { EventLoop, gather } from '../loop'
import { print } from '../threads/time'
import { asyncClient, type HttpParameters, httpGroup, oneAfterAnother, withSlowServer } from './httpGroup'
import { defineScenario } from './scenario'

// #region programme
/** Awaits its page: meanwhile the loop is free for the others. */
export function* fetchPage(name: string, url: string, client: HttpClient) {
  const page = yield* client.get(url) // @fetchPage-suspended
  print(`${name}: ${page}`)
}

export function main({ requests, delay }: HttpParameters) {
  const server = new SlowServer({ delay, oneAtATime: true }) // @serve
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
  id: 'http-one-at-a-time',
  ...httpGroup(5),
  title: { en: 'A server that answers one at a time', zh: '一次只应答一个的服务器' },
  menu: { en: 'One at a time', zh: '一次一个' },
  lookFor: {
    en: 'The client is as asynchronous as can be: all its requests are sent at once. The staircase is on the server’s side, which answers one and lets the others wait, ready. No client makes a slow server fast.',
    zh: '客户端已经尽可能异步：所有请求一下子全部发出。阶梯出现在服务器一侧：它应答一个，其余的就绪等待。再好的客户端也不能让慢服务器变快。',
  },
  contrastNote: { en: 'the same client, a server that answers one at a time', zh: '同样的客户端，服务器一次只应答一个' },
  contrast: ['http-async', 'http-one-at-a-time'],
  reported: null,
  python: withSlowServer({
    imports: ['asyncio'],
    constants: ['REQUESTS = 5', 'DELAY = 3'],
    server: 'HTTPServer',
    program: asyncClient,
  }),
  main,
  threads: () => 0,
  connections: ({ requests }) => requests,
  ...oneAfterAnother,
})
