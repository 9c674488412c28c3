/** Loops on the thread of the test itself: what they record and print is read back from their ring. */
import { EventLoop } from '../../electron/loop/index'
import { enterThread } from '../../electron/threads/context'
import { createControl } from '../../electron/threads/controlBlock'
import { createRing, type Mark, MarkReader } from '../../electron/threads/markRing'

export function loopHere() {
  const ring = createRing()
  const context = enterThread({ control: createControl(), ring, epoch: process.hrtime.bigint(), slot: 0, workersDir: '' })
  const reader = new MarkReader(ring)
  const marks = (): Mark[] => {
    const read: Mark[] = []
    reader.drain(read)
    return read
  }
  return {
    context,
    loop: new EventLoop(),
    /** What was recorded since the last call. */
    marks,
    /** Lines that were printed since the last call of this or `marks`. */
    printed: () => marks().flatMap(({ kind, text }) => (kind === 'output' ? [text] : [])),
  }
}
