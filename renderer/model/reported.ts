/** Whether a run may be held against the figure that others reported: it must have been run with the values of that figure. */
import type { ScenarioInfo } from '#protocol/catalogue'
import { formatParameter, type Parameters } from '#protocol/parameters'

export const isAsReported = (scenario: Pick<ScenarioInfo, 'parameters' | 'reportedWith'>, ran: Parameters): boolean =>
  [{}, scenario.reportedWith ?? {}].some((reported: Parameters) =>
    scenario.parameters.every(({ name, default: standard }) => {
      const value = ran[name]
      return value !== undefined && formatParameter(value) === formatParameter(reported[name] ?? standard)
    }),
  )
