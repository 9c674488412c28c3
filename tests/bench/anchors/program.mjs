/** What the programs of a queue's benchmark have in common: they say when they are ready, and print their stamps when their input ends. */

/** The clock that all processes of the machine share, ns. */
export const stamp = () => Number(process.hrtime.bigint())

/** Calls `command` with each line of the input; prints `stamps` when the input has ended and what was commanded is done. */
export function serve(stamps, command = () => undefined) {
  let text = ''
  let done
  process.stdin.setEncoding('utf8')
  process.stdin.on('data', (piece) => {
    text += piece
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      done = command(text.slice(0, end))
      text = text.slice(end + 1)
    }
  })
  process.stdin.on('end', async () => {
    await done
    process.stdout.write(`${JSON.stringify(stamps)}\n`, () => process.exit())
  })
  process.stdout.write('ready\n')
}

/** Pushes at about `perSecond`, unevenly, as people and programs do; one that takes long delays no other. */
export async function pushUnevenly(count, perSecond, push) {
  let due = performance.now()
  for (let i = 0; i < count; i++) {
    due += (1000 / perSecond) * (0.5 + Math.random())
    // A timer takes a millisecond at least: what is due already goes at once.
    const early = due - performance.now()
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
    push()
  }
}
