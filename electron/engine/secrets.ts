/** Pages see addresses without their password. What a page sends back is given its password again, so that it can be run, and run again. */
import type { StartRequest } from '#protocol/messages'
import { hiddenPassword, type Parameters, publicParameters } from '#protocol/parameters'
import { findScenario } from '../scenarios/index'

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

/** The parameter that is an address whose password a page has never seen and nobody has put back; null: there is none. */
export function addressWithoutPassword({ scenario, parameters }: StartRequest): string | null {
  const addresses = findScenario(scenario)?.parameters.filter(({ kind }) => kind === 'url') ?? []
  const lacking = addresses.find(({ name }) => String(parameters[name]).includes(hiddenPassword))
  return lacking?.name ?? null
}
