/** What the programmes of group F have in common. */
import type { ParameterInfo } from '#protocol/parameters'

/** `requests=5 delay=3`: the server answers each request after `delay` seconds. */
export type HttpParameters = { readonly requests: number; readonly delay: number }

const requests = (count: number): ParameterInfo => ({ name: 'requests', kind: 'integer', default: count, min: 1, max: 1000 })
const delay: ParameterInfo = { name: 'delay', kind: 'seconds', default: 3, min: 0, max: 86_400 }

/** `requestCount`: by default. */
export const httpGroup = (requestCount: number, ...others: readonly ParameterInfo[]) =>
  ({ group: 'http', parameters: [requests(requestCount), ...others, delay], endless: false, source: null }) as const

/** Ideal total where one request waits for the other. To the nanosecond: the rest is noise of the arithmetic. */
export const oneAfterAnother = {
  ideal: ({ requests, delay }: HttpParameters) => Math.round(requests * delay * 1e9) / 1e9,
  formula: ({ requests, delay }: HttpParameters) => `${requests} × ${delay}`,
}
