import { EventLoop, type Handle, ValueError } from '../../../electron/loop/index'
import { blockingSleep } from '../../../electron/threads/time'
import { type Programmes, say } from './events'

function fail(): never {
  throw new ValueError('no')
}

export const programmes = {
  callsRunInOrder(loop) {
    for (const name of 'abc') loop.callSoon(say, name)
    loop.callSoon(loop.stop)
    say('scheduled')
    loop.runForever()
  },

  aCallbackSchedulesCallbacks(loop) {
    const first = () => {
      say('first')
      loop.callSoon(second)
      loop.callSoon(loop.stop)
    }
    const second = () => {
      say('second')
      loop.callSoon(say, 'not in this run')
    }
    loop.callSoon(first)
    loop.callSoon(say, 'scheduled before the second')
    loop.runForever()
    say('stopped')
  },

  aChainOfCallbacksTakesTurnsWithAnother(loop) {
    const chain = (name: string, left: number) => {
      say(name, left)
      if (left > 1) loop.callSoon(chain, name, left - 1)
      else loop.stop()
    }
    loop.callSoon(chain, 'a', 3)
    loop.callSoon(chain, 'b', 3)
    loop.runForever()
  },

  soonBeforeLaterZero(loop) {
    loop.callLater(0, say, 'later 0')
    loop.callSoon(say, 'soon')
    loop.callLater(0.02, loop.stop)
    loop.runForever()
  },

  timersFireByDeadline(loop) {
    for (const delay of [0.6, 0.1, 0.3]) loop.callLater(delay, say, delay)
    loop.callLater(0.7, loop.stop)
    loop.runForever()
  },

  timersAtATimeOfTheLoop(loop) {
    const now = loop.time()
    for (const delay of [3, 1, 2]) {
      const timer = loop.callAt(now + delay / 1000, say, delay)
      say(timer.when() === now + delay / 1000)
    }
    loop.callAt(now + 0.01, loop.stop)
    loop.runForever()
    say(loop.time() >= now + 0.01)
  },

  timersThatAreLateStillFireByDeadline(loop) {
    const now = loop.time()
    for (const delay of [3, 1, 2]) loop.callAt(now + delay / 1000, say, delay)
    loop.callAt(now + 0.01, loop.stop)
    loop.callSoon(blockingSleep, 0.02)
    loop.runForever()
  },

  aReadyCallBeforeATimerThatIsDue(loop) {
    const hold = () => {
      loop.callLater(0.01, say, 'timer')
      loop.callLater(0.02, loop.stop)
      loop.callSoon(say, 'soon')
      blockingSleep(0.03)
    }
    loop.callSoon(hold)
    loop.runForever()
  },

  aNegativeDelayIsDueAtOnce(loop) {
    loop.callLater(-1, say, 'negative')
    loop.callSoon(say, 'soon')
    loop.callLater(0.02, loop.stop)
    loop.runForever()
  },

  aCancelledCallDoesNotRun(loop) {
    const handle = loop.callSoon(say, 'cancelled')
    const timer = loop.callLater(0.01, say, 'cancelled timer')
    say(handle.cancelled(), timer.cancelled())
    handle.cancel()
    handle.cancel()
    timer.cancel()
    say(handle.cancelled(), timer.cancelled())
    loop.callLater(0.02, loop.stop)
    loop.runForever()
  },

  aCallbackCancelsTheNext(loop) {
    const handles: Handle[] = []
    const first = () => {
      say('first')
      handles[0]!.cancel()
    }
    loop.callSoon(first)
    handles.push(loop.callSoon(say, 'cancelled'))
    loop.callSoon(say, 'third')
    loop.callSoon(loop.stop)
    loop.runForever()
  },

  aFailingCallbackIsReported(loop) {
    const failing = () => {
      throw new ValueError('no')
    }
    loop.callSoon(failing)
    loop.callSoon(say, 'next')
    loop.callLater(0.01, failing)
    loop.callLater(0.02, say, 'after the timer')
    loop.callLater(0.03, loop.stop)
    loop.runForever()
  },

  stopLetsTheTurnEnd(loop) {
    const stopping = () => {
      say('stopping')
      loop.stop()
      say('still in the callback', loop.isRunning())
      loop.callSoon(say, 'next turn')
    }
    loop.callSoon(stopping)
    loop.callSoon(say, 'same turn')
    loop.runForever()
    say('stopped', loop.isRunning())
    loop.callSoon(loop.stop)
    loop.runForever()
    say('stopped again')
  },

  stopBeforeRunForever(loop) {
    const first = () => {
      say('this turn')
      loop.callSoon(say, 'next turn')
    }
    loop.callSoon(first)
    loop.stop()
    loop.runForever()
    say('stopped')
    loop.callSoon(loop.stop)
    loop.runForever()
  },

  twoStopsAreOne(loop) {
    loop.callSoon(loop.stop)
    loop.callSoon(loop.stop)
    loop.runForever()
    say('stopped')
    loop.callLater(0.01, say, 'timer')
    loop.callLater(0.02, loop.stop)
    loop.runForever()
    say('stopped again')
  },

  aStopLeavesTheTimers(loop) {
    const first = () => {
      loop.callLater(0.01, say, 'left over')
      loop.stop()
    }
    loop.callSoon(first)
    loop.runForever()
    say('stopped')
    loop.callLater(0.02, loop.stop)
    loop.runForever()
  },

  twoLoopsOneAfterTheOther(loop) {
    const other = new EventLoop()
    other.callSoon(say, 'in the other')
    other.callSoon(other.stop)
    loop.callSoon(say, 'in the first')
    loop.callSoon(loop.stop)
    loop.runForever()
    other.runForever()
    other.close()
  },

  aHandlerOfOnesOwn(loop) {
    loop.setExceptionHandler((told, { exception }) => say(told === loop, exception))
    loop.callSoon(fail)
    loop.callSoon(loop.stop)
    loop.runForever()
  },

  aHandlerIsToldByHand(loop) {
    loop.setExceptionHandler((_told, context) => say(context.message, 'exception' in context))
    loop.callExceptionHandler({ message: 'something' })
  },

  theLoopSurvivesItsHandler(loop) {
    const handler = () => {
      say('handler')
      throw new ValueError('in the handler')
    }
    loop.setExceptionHandler(handler)
    loop.callSoon(fail)
    loop.callSoon(say, 'next')
    loop.callSoon(loop.stop)
    loop.runForever()
    loop.setExceptionHandler(undefined)
  },

  aCallbackFailsAfterItHasStoppedTheLoop(loop) {
    const stopping = () => {
      loop.stop()
      fail()
    }
    loop.callSoon(stopping)
    loop.callSoon(say, 'same turn')
    loop.runForever()
    say('stopped')
  },
} satisfies Programmes
