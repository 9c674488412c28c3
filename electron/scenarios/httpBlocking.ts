import { HttpClient } from '../http/httpClient'
import { SlowServer } from '../http/slowServer'
import { EventLoop, gather } from '../loop'
import { print } from '../threads/time'
import { type HttpParameters, httpGroup, oneAfterAnother, withSlowServer } from './httpGroup'
import { defineScenario, python } from './scenario'

// #region programme
/** A coroutine in name: its client blocks, so the loop's thread sleeps with it. */
export function* fetchPage(name: string, url: string, client: HttpClient) {
  const page = client.blockingGet(url) // @fetchPage-sleeping
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
  id: 'http-blocking',
  ...httpGroup(5),
  title: { en: 'A blocking client in coroutines', zh: '协程里的阻塞客户端' },
  menu: { en: 'Blocking client', zh: '阻塞客户端' },
  lookFor: {
    en: 'Coroutines, and still a staircase: each request blocks the loop’s thread until its page is there, so the next one cannot even be sent. The server never has more than one to answer.',
    zh: '用了协程，却仍是阶梯：每个请求都占住事件循环的线程，直到页面到来，下一个请求甚至发不出去。服务器手上从来不超过一个请求。',
  },
  contrastNote: { en: 'coroutines with a client that blocks', zh: '协程配阻塞客户端' },
  contrast: ['http-blocking', 'http-async'],
  reported: { en: '15.0814 s', zh: '15.0814 秒' },
  python: withSlowServer({
    imports: ['asyncio', 'urllib.request'],
    constants: ['REQUESTS = 5', 'DELAY = 3'],
    program: python`
      async def fetch_page(name, url):
          with urllib.request.urlopen(url) as response:  # @fetchPage-sleeping
              page = response.read().decode()
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
