/**
 * Where a parked worker finds what it is to run. Plain messages go through shared memory: a port costs the starting and the started thread some
 * 25 µs each, a quarter of the whole start. Messages that carry
 * handles, or are long, take the port.
 */
import { deserialize, serialize } from 'node:v8'
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { WireArguments } from './handles'
import type { StartMessage } from './pool'

const bytes = 4096
const headerBytes = 8

export const createStartBuffer = () => new SharedArrayBuffer(headerBytes + bytes)

export class StartBuffer {
  readonly #length: Int32Array
  readonly #data: Uint8Array

  constructor(
    shared: SharedArrayBuffer,
    readonly port: MessagePort,
  ) {
    this.#length = new Int32Array(shared, 0, 1)
    this.#data = new Uint8Array(shared, headerBytes)
  }

  /** By the starting thread, once. */
  write(message: Omit<StartMessage, 'values'>, { values, transfer, plain }: WireArguments): void {
    const whole: StartMessage = { ...message, values }
    const packed = plain ? serialize(whole) : undefined
    if (packed && packed.length <= bytes) {
      this.#data.set(packed)
      Atomics.store(this.#length, 0, packed.length)
    } else this.port.postMessage(whole, transfer)
  }

  /** By the parked thread, after it was woken. */
  read(): StartMessage | undefined {
    const length = Atomics.load(this.#length, 0)
    if (length === 0) return receiveMessageOnPort(this.port)?.message as StartMessage | undefined
    // A copy: v8 reads no shared memory.
    return deserialize(this.#data.slice(0, length)) as StartMessage
  }
}
