import { HttpClient } from '../http/httpClient'
import { SlowServer } from '../http/slowServer'
import { EventLoop, gather } from '../loop'
import { print } from '../threads/time'
import { type HttpParameters, httpGroup, oneAfterAnother, withSlowServer } from './httpGroup'
import { defineScenario, python } from './scenario'

// #region programme
/** An async wrapper: it has the form of a coroutine, and never suspends. */
export function* get(url: string, client: HttpClient) {
  return client.blockingGet(url) // @fetchPage-sleeping
}

export function* fetchPage(name: string, url: string, client: HttpClient) {
  const page = yield* get(url, client)
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
  id: 'http-await-blocking',
  ...httpGroup(5),
  title: { en: 'A blocking client behind await', zh: '用 await 包装的阻塞客户端' },
  menu: { en: 'Blocking, awaited', zh: '阻塞，用 await' },
  lookFor: {
    en: 'The same client behind an async wrapper, and every request is awaited: still a staircase, to the millisecond. An await on something that never suspends changes nothing. None of the client’s tasks is ever suspended.',
    zh: '还是那个客户端，外面包了一层 async，每个请求都被 await：依旧是阶梯，毫秒不差。await 一个从不挂起的东西，什么也不会改变。客户端的任务从未挂起过。',
  },
  contrastNote: { en: 'awaits a wrapper that never suspends', zh: 'await 一个从不挂起的包装' },
  contrast: ['http-await-blocking', 'http-async'],
  reported: { en: '15.0834 s', zh: '15.0834 秒' },
  python: withSlowServer({
    imports: ['asyncio', 'urllib.request'],
    constants: ['REQUESTS = 5', 'DELAY = 3'],
    program: python`
      async def get(url):
          with urllib.request.urlopen(url) as response:  # @fetchPage-sleeping
              return response.read().decode()


      async def fetch_page(name, url):
          page = await get(url)
          print(f"{name}: {page}")


      def main():
          port = start_server()
          loop = asyncio.new_event_loop()
          tasks = []
          for n in range(1, REQUESTS + 1):
              name = f"request-{n}"
              tasks.append(loop.create_task(fetch_page(name, f"http://127.0.0.1:{port}/{n}"), name=name))  # @fetchPage-ready
          loop.run_until_complete(asyncio.gather(*tasks))  # @main-waiting
          loop.close()


      main()
    `,
  }),
  main,
  threads: () => 0,
  connections: () => 1,
  ...oneAfterAnother,
})
