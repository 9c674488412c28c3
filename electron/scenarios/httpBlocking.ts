import { HttpClient } from '../http/httpClient'
import { SlowServer } from '../http/slowServer'
import { createTask, EventLoop, runCoroutineThreadsafe } from '../loop/index'
import { Thread } from '../threads/thread'
import { print } from '../threads/time'
import { type HttpParameters, httpGroup, oneAfterAnother } from './httpGroup'
import { defineScenario, python } from './scenario'

// #region programme
/** A coroutine in name: its client blocks, so the loop's thread sleeps with it. */
export function* fetchPage(name: string, url: string, client: HttpClient) {
  const page = client.blockingGet(url) // @fetchPage-sleeping
  print(`${name}: ${page}`)
}

export function* fetchAll(requests: number, url: string, client: HttpClient) {
  const tasks = []
  for (let n = 1; n <= requests; n++) {
    tasks.push(createTask(fetchPage(`request-${n}`, `${url}/${n}`, client), { name: `request-${n}` })) // @fetchPage-ready
  }
  for (const task of tasks) yield* task // @fetchAll-suspended
}

export function main({ requests, delay }: HttpParameters) {
  const loop = new EventLoop()
  new Thread(loop.runForever).start()
  const server = new SlowServer({ delay }) // @serve
  const all = runCoroutineThreadsafe(loop, fetchAll, requests, server.url, new HttpClient()) // @fetchAll-ready
  all.result() // @main-waiting
  loop.callSoonThreadsafe(loop.stop)
}
// #endregion

export const scenario = defineScenario<HttpParameters>({
  id: 'http-blocking',
  ...httpGroup(5),
  title: { en: 'A blocking client in coroutines', zh: '协程里的阻塞客户端' },
  menu: { en: 'Blocking client', zh: '阻塞客户端' },
  lookFor: {
    en: 'Coroutines, and still a staircase: each request blocks the loop’s thread until its page is there, so the next one cannot even be sent. The server has never more than one to answer.',
    zh: '用了协程，却仍是阶梯：每个请求都占住事件循环的线程，直到页面到来，下一个请求甚至发不出去。服务器手上从来不超过一个请求。',
  },
  contrastNote: { en: 'coroutines with a client that blocks', zh: '协程配阻塞客户端' },
  contrast: ['http-blocking'],
  reported: { en: '15.0814 s', zh: '15.0814 s' },
  python: python`
    import asyncio
    import http.server
    import threading
    import time
    import urllib.request

    SPEED = 1
    REQUESTS = 5
    DELAY = 3


    class SlowPage(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # @serve
            time.sleep(DELAY / SPEED)  # @serve
            page = f"page {self.path[1:]}".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *args):
            pass


    def start_server():
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SlowPage)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"


    async def fetch_page(name, url):
        with urllib.request.urlopen(url) as response:  # @fetchPage-sleeping
            page = response.read().decode()
        print(f"{name}: {page}")


    async def fetch_all(url):
        tasks = []
        for n in range(1, REQUESTS + 1):
            tasks.append(asyncio.create_task(fetch_page(f"request-{n}", f"{url}/{n}")))  # @fetchPage-ready
        for task in tasks:
            await task  # @fetchAll-suspended


    def main():
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever).start()
        url = start_server()
        everything = asyncio.run_coroutine_threadsafe(fetch_all(url), loop)  # @fetchAll-ready
        everything.result()  # @main-waiting
        loop.call_soon_threadsafe(loop.stop)


    main()
  `,
  main,
  threads: () => 1,
  connections: () => 1,
  ...oneAfterAnother,
})
