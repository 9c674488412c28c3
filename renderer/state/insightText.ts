/** An insight in words. */
import { unreachable } from '#protocol/unreachable'
import { t } from '../locales'
import { exact } from '../model/format'
import type { Insight } from '../model/insights/insight'

const time = (seconds: number) => exact(seconds, t().units)

export function insightText(task: string, insight: Insight): string {
  const words = t().insights
  switch (insight.kind) {
    case 'loopBlocked': {
      const { other, ready, started, seconds, others } = insight.values
      return started === null
        ? words.stillBlocked(task, time(ready), other)
        : words.loopBlocked(task, time(ready), time(started), other, time(seconds), others)
    }
    case 'waitedForJoin': {
      const { other, start, end } = insight.values
      return end === null
        ? words.waitsForJoin(task, time(start), other)
        : words.waitedForJoin(task, time(start), time(end - start), other)
    }
    case 'waitedForLoop': {
      const { other, stopped, start, end } = insight.values
      if (end === null) return words.waitsForLoop(task, time(start))
      const waited = time(end - start)
      if (other === '') return words.waitedForLoop(task, time(start), waited)
      return stopped
        ? words.waitedForLoopStoppedBy(task, time(start), waited, other)
        : words.waitedForLoopUntil(task, time(start), waited, other)
    }
    case 'startedAfterJoin': {
      const { other, maker, started, until } = insight.values
      return words.startedAfterJoin(task, time(started), maker, other, time(until))
    }
    case 'waitedForItem': {
      const { other, start, end } = insight.values
      if (end === null) return words.waitsForItem(task, time(start))
      const waited = time(end - start)
      return other === ''
        ? words.waitedForItem(task, time(start), waited)
        : words.waitedForItemOf(task, time(start), waited, other)
    }
    case 'leftPending': {
      const { other, state, stopped } = insight.values
      const doing = t().timeline.states[state]
      if (stopped === null) return words.leftPending(task, doing)
      return other === ''
        ? words.leftPendingAtStop(task, doing, time(stopped))
        : words.leftPendingBy(task, doing, time(stopped), other)
    }
    case 'killedWithMain':
      return words.killedWithMain(task, time(insight.values.at), time(insight.values.mainEnd))
    case 'serverBusy': {
      const { other, start, seconds } = insight.values
      return words.serverBusy(task, time(start), time(seconds), other)
    }
    case 'neverSuspended':
      return words.neverSuspended(task, time(insight.values.seconds), insight.values.ready)
    case 'neverScheduled': {
      const { created, ready } = insight.values
      return ready === null ? words.notScheduled(task, time(created)) : words.neverScheduled(task, time(created), time(ready))
    }
    case 'onTime': {
      const { started, finished, first } = insight.values
      if (finished === null) return words.begun(task, time(started))
      return first ? words.firstOnTime(task, time(started), time(finished)) : words.onTime(task, time(started), time(finished))
    }
    case 'unexplained': {
      const { ready, started } = insight.values
      return words.unexplained(task, time(ready), time(started))
    }
    default:
      return unreachable(insight)
  }
}
