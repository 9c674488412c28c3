/** Lets message ports cross among the arguments of a thread. */
import { MessagePort } from 'node:worker_threads'
import { registerHandle } from '../threads/handles'

registerHandle({
  kind: 'port',
  is: (value) => value instanceof MessagePort,
  encode: (port: MessagePort, transfer: MessagePort[]) => {
    transfer.push(port)
    return port
  },
  decode: (port: MessagePort) => port,
})
