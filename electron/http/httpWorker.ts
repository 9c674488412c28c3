/** Entry of the worker behind the server's thread and of the one that does the requests' socket work. */
import './ports'
import type { MessagePort } from 'node:worker_threads'
import { here } from '../threads/context'
import { registerFunctions } from '../threads/handles'
import { liveAsThread } from '../threads/nestedThread'
import { Requests } from './requests'
import { serve } from './serve'

/** Never resolves: the thread is a daemon and ends with its programme. */
function request(port: MessagePort, replies: number): Promise<never> {
  new Requests(here().control).connect(port, replies)
  return new Promise(() => undefined)
}

registerFunctions('http', { serve, request })
liveAsThread({ serves: true })
