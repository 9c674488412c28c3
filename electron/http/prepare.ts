/** Opens the server and the connections to it before a programme begins, so that the run measures its requests and not our start. */
import './ports'
import { once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { ThreadContext } from '../threads/context'
import { encodeArguments } from '../threads/handles'
import type { ThreadPool } from '../threads/pool'
import { setRequestLine } from './httpClient'
import { RequestLine } from './line'
import type { Answer, ServerReady, ToRequests } from './messages'
import { rehearseRequests } from './rehearse'
import { setServer } from './slowServer'
import { createTerms } from './terms'

/** Resolves to the server's address when so many connections to it are open; rejects with one sentence. */
export async function prepareHttp(context: ThreadContext, pool: ThreadPool, connections: number): Promise<string> {
  const terms = createTerms()
  const serving = new MessageChannel()
  start(context, pool, 'http/serve', [serving.port2, terms])
  const url = demand<ServerReady>(await message(serving.port1)).url!
  serving.port1.close()
  setServer({ url, terms })

  const requests = new MessageChannel()
  const replies = context.control.newResource()
  start(context, pool, 'http/request', [requests.port2, replies])
  requests.port1.postMessage({ type: 'warm', url, connections } satisfies ToRequests)
  demand<Answer>(await message(requests.port1))
  setRequestLine(new RequestLine({ port: requests.port1, replies }))
  rehearseRequests(url, connections)
  return url
}

/** Starts a parked thread that has no lane and no task. */
function start(context: ThreadContext, pool: ThreadPool, target: string, args: readonly unknown[]): void {
  const { slot, start: message } = pool.take('http')
  message.write({ target, task: -1, speed: context.speed }, encodeArguments(args))
  context.control.wakeThread(slot)
  context.control.setStarted(slot)
}

const message = async (port: MessagePort): Promise<unknown> => (await once(port, 'message'))[0]

function demand<T extends { readonly problem: string | null }>(told: unknown): T {
  const { problem } = told as T
  if (problem !== null) throw new Error(problem)
  return told as T
}
