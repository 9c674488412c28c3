/** Pages see addresses without their password. What a page sends back is given its password again, so that it can be run, and run again. */
import type { StartRequest } from '#protocol/messages'
import type { Parameters } from '#protocol/parameters'
import { publicParameters } from './run'

/**
 * `known`: what was started or opened with its passwords, the latest last. Only a value that is the whole public form of a known one is replaced,
 * host and all: a password never goes to another server than the one it was typed for.
 */
export function withSecrets(request: StartRequest, known: readonly StartRequest[]): StartRequest {
  const entries = Object.entries(request.parameters).map(([name, value]) => {
    const origin = [...known]
      .reverse()
      .find(({ scenario, parameters }) => scenario === request.scenario && isPublicFormOf(parameters, name, value))
    return [name, origin?.parameters[name] ?? value]
  })
  return { ...request, parameters: Object.fromEntries(entries) }
}

const isPublicFormOf = (parameters: Parameters, name: string, value: unknown) =>
  typeof value === 'string' && parameters[name] !== value && publicParameters(parameters)[name] === value
