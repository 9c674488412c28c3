/** What the programmes of group F have in common. */
import type { ParameterInfo } from '#protocol/parameters'
import { toNanosecond } from '#protocol/units'
import { python } from './scenario'

/** `requests=5 delay=3`: the server answers each request after `delay` seconds. */
export type HttpParameters = { readonly requests: number; readonly delay: number }

const requests = (count: number): ParameterInfo => ({ name: 'requests', kind: 'integer', default: count, min: 1, max: 1000 })
const delay: ParameterInfo = { name: 'delay', kind: 'seconds', default: 3, min: 0, max: 86_400 }

/** `requestCount`: by default. */
export const httpGroup = (requestCount: number, ...others: readonly ParameterInfo[]) =>
  ({ group: 'http', parameters: [requests(requestCount), ...others, delay], endless: false, source: null }) as const

/** Ideal total where one request waits for the other. */
export const oneAfterAnother = {
  ideal: ({ requests, delay }: HttpParameters) => toNanosecond(requests * delay),
  formula: ({ requests, delay }: HttpParameters) => `${requests} × ${delay}`,
}

interface PythonParts {
  /** Modules beside those of the server. */
  readonly imports: readonly string[]
  /** `REQUESTS = 5` and so on. */
  readonly constants: readonly string[]
  /** A class of http.server. */
  readonly server?: 'ThreadingHTTPServer' | 'HTTPServer'
  /** What follows the server. */
  readonly program: string
}

/** The whole Python program: every one of them begins with the same slow server. */
export const withSlowServer = ({ imports, constants, server = 'ThreadingHTTPServer', program }: PythonParts) =>
  [
    ...['http.server', 'threading', 'time', ...imports].sort().map((module) => `import ${module}`),
    '',
    'SPEED = 1',
    ...constants,
    '',
    '',
    slowServer.replace('ThreadingHTTPServer', server),
    '',
    program,
  ].join('\n')

const slowServer = python`
    class SlowServer(http.server.ThreadingHTTPServer):
        request_queue_size = 1000


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
        server = SlowServer(("127.0.0.1", 0), SlowPage)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_port
`

/** Of `http-async` and of the one whose server differs. */
export const asyncClient = python`
    async def fetch_page(name, port, n):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /{n} HTTP/1.0\r\n\r\n".encode())
        response = await reader.read()  # @fetchPage-suspended
        writer.close()
        page = response.decode().partition("\r\n\r\n")[2]
        print(f"{name}: {page}")


    def main():
        port = start_server()
        loop = asyncio.new_event_loop()
        tasks = []
        for n in range(1, REQUESTS + 1):
            name = f"request-{n}"
            tasks.append(loop.create_task(fetch_page(name, port, n), name=name))  # @fetchPage-ready
        loop.run_until_complete(asyncio.gather(*tasks))  # @main-waiting
        loop.close()


    main()
`
