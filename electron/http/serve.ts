/** The slow server, in its thread: Node's http on 127.0.0.1 and a free port. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MessagePort } from 'node:worker_threads'
import { here, ThreadContext } from '../threads/context'
import { createControl } from '../threads/controlBlock'
import { createRing } from '../threads/markRing'
import { Answering } from './answering'
import { rehearsalPage, type ServerReady } from './messages'
import { readTerms } from './terms'

/** Of connections that are not accepted yet: as many as a programme may open at once, and some to spare. */
const backlog = 1100
/** What a page may be called: the programmes number theirs. */
const pagePath = /^\/([\w-]{1,40})$/

/** Target of the server's thread; never resolves: the thread is a daemon and ends with its programme. */
export function serve(port: MessagePort, terms: SharedArrayBuffer): Promise<never> {
  const context = here()
  // Also for what comes before the programme has made its server.
  const rehearsal = new Answering(aside(context), { delay: 0, oneAtATime: false })
  let real: Answering | undefined
  const answering = (page: string) => {
    const agreed = page === rehearsalPage ? null : readTerms(terms)
    if (agreed && !real) {
      // With its first request: the lanes of those who ask stand above.
      context.lane(context.slot, 'server', 'server')
      real = new Answering(context, agreed)
    }
    return (agreed && real) ?? rehearsal
  }
  let host = ''
  const server = createServer((request, response) => {
    const page = pageOf(request, host)
    response.sendDate = false
    if (page === null) {
      response.writeHead(404, { 'content-length': 0 }).end()
      return
    }
    const text = `page ${page}`
    response.setHeader('content-type', 'text/plain')
    response.setHeader('content-length', text.length)
    response.once(
      'close',
      answering(page).take(`GET /${page}`, () => response.end(text)),
    )
  })
  // A request may wait for a day, and a connection that was opened before the programme began may be used late in it.
  server.keepAliveTimeout = 0
  server.requestTimeout = 0
  server.headersTimeout = 0
  server.on('connection', (socket) => socket.setNoDelay(true))
  const tell = (message: ServerReady) => port.postMessage(message)
  server.once('error', (error) => tell({ url: null, problem: `The HTTP server could not be opened: ${error.message}` }))
  server.listen({ host: '127.0.0.1', port: 0, backlog }, () => {
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    tell({ url: `http://${host}`, problem: null })
  })
  return new Promise(() => undefined)
}

/** Null for what no programme asks for: another method, another path, a page of a browser that was led here under another name. */
const pageOf = ({ method, url = '', headers }: IncomingMessage, host: string): string | null =>
  method === 'GET' && headers.host === host ? (pagePath.exec(url)?.[1] ?? null) : null

/** A context of the same thread whose marks nobody reads. */
const aside = ({ shares }: ThreadContext) => new ThreadContext({ ...shares, control: createControl(), ring: createRing(1024) })
