import { HttpClient } from '../http/httpClient'
import { SlowServer } from '../http/slowServer'
import { print } from '../threads/time'
import { type HttpParameters, httpGroup, oneAfterAnother, withSlowServer } from './httpGroup'
import { defineScenario, python } from './scenario'

// #region programme
export function main({ requests, delay }: HttpParameters) {
  const server = new SlowServer({ delay }) // @serve
  const client = new HttpClient()
  for (let n = 1; n <= requests; n++) {
    const page = client.blockingGet(`${server.url}/${n}`) // @main-sleeping
    print(page)
  }
}
// #endregion

export const scenario = defineScenario<HttpParameters>({
  id: 'http-single',
  ...httpGroup(100),
  title: { en: 'Requests one after another', zh: '请求逐个发出' },
  menu: { en: 'One after another', zh: '逐个请求' },
  lookFor: {
    en: 'No coroutines and no threads: main asks for a page, sleeps until it is there, and asks for the next. The total is the sum of all delays, though neither side has anything to do meanwhile.',
    zh: '没有协程，也没有线程：主线程请求一个页面，一直睡到页面到来，再请求下一个。总时间是所有延迟之和，尽管两边这时无事可做。',
  },
  contrastNote: { en: 'one process, one request at a time', zh: '一个进程，一次一个请求' },
  contrast: ['http-single', 'http-processes'],
  reported: { en: '301.17 s', zh: '301.17 秒' },
  python: withSlowServer({
    imports: ['urllib.request'],
    constants: ['REQUESTS = 100', 'DELAY = 3'],
    program: python`
      def main():
          port = start_server()
          for n in range(1, REQUESTS + 1):
              with urllib.request.urlopen(f"http://127.0.0.1:{port}/{n}") as response:  # @main-sleeping
                  page = response.read().decode()
              print(page)


      main()
    `,
  }),
  main,
  threads: () => 0,
  connections: () => 1,
  ...oneAfterAnother,
})
