import { toNanosecond } from '#protocol/units'
import { HttpClient } from '../http/httpClient'
import { SlowServer } from '../http/slowServer'
import { chunksOf, itemsInSequence } from '../processes/chunks'
import { Pool } from '../processes/pool'
import { print } from '../threads/time'
import { type HttpParameters, httpGroup, withSlowServer } from './httpGroup'
import { defineScenario, python } from './scenario'

type ProcessesParameters = HttpParameters & { readonly processes: number }

// #region programme
/** Runs in a process of the pool. */
export function fetchPage(url: string) {
  return new HttpClient().blockingGet(url) // @fetchPage-sleeping
}

export function main({ requests, processes, delay }: ProcessesParameters) {
  const pool = new Pool(processes)
  const server = new SlowServer({ delay }) // @serve
  const urls = Array.from({ length: requests }, (_, i) => `${server.url}/${i + 1}`)
  const pages = pool.map(fetchPage, urls) // @main-waiting @fetchPage-ready
  print(`${pages.length} pages, the last is ${pages[requests - 1]}`)
  pool.terminate()
}
// #endregion

/** `4 × 4 × 3`: rounds × requests of a chunk × delay; `(3 × 4 + 2) × 3` where the last round is only a shorter chunk. */
function formula({ requests, processes, delay }: ProcessesParameters): string {
  const { size, last, rounds, lastAlone } = chunksOf(requests, processes)
  if (!lastAlone || last === size) return `${rounds} × ${size} × ${delay}`
  return rounds === 1 ? `${last} × ${delay}` : `(${rounds - 1} × ${size} + ${last}) × ${delay}`
}

export const scenario = defineScenario<ProcessesParameters>({
  id: 'http-processes',
  ...httpGroup(100, { name: 'processes', kind: 'integer', default: 8, min: 1, max: 32 }),
  title: { en: 'A pool of processes', zh: '进程池' },
  menu: { en: 'Pool of processes', zh: '进程池' },
  lookFor: {
    en: 'The pool cuts the requests into chunks, about four for each process: 100 requests and 8 processes make 25 chunks of 4. A process works off a chunk one request after another and then takes the next. The 25th chunk is left for a last round of its own, in which one process works and the others have nothing to do.',
    zh: '进程池把请求切成块，每个进程大约四块：100 个请求、8 个进程，就是 25 块，每块 4 个。进程把一块里的请求逐个做完，再取下一块。第 25 块只能留到单独的最后一轮，那时一个进程在工作，其余的都无事可做。',
  },
  contrastNote: { en: 'a pool of processes, work handed out in chunks', zh: '进程池，工作按块分发' },
  contrast: ['http-single', 'http-processes'],
  reported: { en: '48.859 s', zh: '48.859 秒' },
  python: withSlowServer({
    imports: ['multiprocessing', 'urllib.request'],
    constants: ['REQUESTS = 100', 'PROCESSES = 8', 'DELAY = 3'],
    program: python`
      def fetch_page(url):
          with urllib.request.urlopen(url) as response:  # @fetchPage-sleeping
              return response.read().decode()


      def main():
          with multiprocessing.Pool(PROCESSES) as pool:
              port = start_server()
              urls = [f"http://127.0.0.1:{port}/{n}" for n in range(1, REQUESTS + 1)]
              pages = pool.map(fetch_page, urls)  # @main-waiting @fetchPage-ready
              print(f"{len(pages)} pages, the last is {pages[-1]}")


      if __name__ == "__main__":
          main()
    `,
  }),
  main,
  threads: () => 0,
  connections: () => 1,
  processes: ({ processes }) => processes,
  ideal: ({ requests, processes, delay }) => toNanosecond(itemsInSequence(requests, processes) * delay),
  formula,
})
