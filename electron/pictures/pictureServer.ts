/**
 * Gives one page, in a hidden window of this machine, the run to draw, and takes the picture from it. As the browser host's server it listens on 127.0.0.1
 * alone and answers only who came with the token, which opens the page once.
 */
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as v from 'valibot'
import { type PictureRefusal, type PictureTask, refusalKinds } from '#protocol/pictureTask'
import { failure, type Result, success } from '#protocol/result'
import { type Door, makeDoor } from '../channels/door'
import { pageFile, securityHeaders } from '../channels/pageFiles'

/** Of a picture: more than its page can draw. */
const maxBytes = 1e9
const maxRefusalBytes = 10_000

export interface PictureServer {
  /** Opens the page once. Another user of the machine who reads it from our command line and is faster gets the run, and we no picture. */
  newAddress(): string
  /** The page is there and has asked what to draw. */
  readonly asked: Promise<void>
  /** The picture, or why there is none. */
  readonly picture: Promise<Result<Buffer, PictureRefusal>>
  close(): void
}

const refusal: v.GenericSchema<unknown, PictureRefusal> = v.object({
  kind: v.picklist(refusalKinds),
  text: v.pipe(v.string(), v.maxLength(maxRefusalBytes)),
})

export async function startPictureServer(task: PictureTask, pageFolder: string): Promise<PictureServer> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1', exclusive: true }, resolve)
  })
  const door = makeDoor((server.address() as AddressInfo).port, { onLock: () => undefined })
  const asking = new EventEmitter()
  const asked = once(asking, 'asked').then(() => undefined)
  const picture = new Promise<Result<Buffer, PictureRefusal>>((resolve) => {
    server.on('request', (request, response) => {
      answer(request, response, { door, task, pageFolder, ask: () => asking.emit('asked'), resolve }).catch((error: unknown) => {
        response.destroy()
        resolve(failure({ kind: 'fault', text: String(error) }))
      })
    })
  })
  return {
    newAddress: () => `${door.origin}/?token=${door.newOnceToken()}`,
    picture,
    asked,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

interface Desk {
  readonly door: Door
  readonly task: PictureTask
  readonly pageFolder: string
  readonly ask: () => void
  readonly resolve: (result: Result<Buffer, PictureRefusal>) => void
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { door, task, pageFolder, ask, resolve }: Desk,
): Promise<void> {
  const [path = '/', query] = (request.url ?? '/').split('?', 2)
  const token = new URLSearchParams(query).get('token')
  const say = (status: number, headers: Readonly<Record<string, string>> = {}, body: string | Buffer = '') =>
    void response.writeHead(status, { ...securityHeaders, 'cache-control': 'no-store', ...headers }).end(body)
  if (path === '/' && token !== null && door.mayBringToken(request) && door.judge(token).kind === 'right')
    return say(303, { 'set-cookie': door.cookie, location: '/picture.html' })
  if (!door.admits(request)) return say(403)
  switch (`${request.method} ${path}`) {
    case 'GET /task.json':
      ask()
      return say(200, { 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(task))
    case 'POST /picture': {
      const bytes = await bodyOf(request, maxBytes)
      say(204)
      return resolve(success(bytes))
    }
    case 'POST /refusal': {
      const said = v.parse(refusal, JSON.parse((await bodyOf(request, maxRefusalBytes)).toString('utf8')))
      say(204)
      return resolve(failure(said))
    }
  }
  if (request.method !== 'GET') return say(405)
  const { status, headers, body } = await pageFile(pageFolder, path, { theme: 'light', language: 'en' })
  say(status, headers, body)
}

/** Throws where there is more than `most` bytes. */
async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > most) throw new Error(`more than ${most} bytes came`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
