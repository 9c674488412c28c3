/** The Python program of a scenario with the run's own parameters: the constants on top that bear their names. */
import type { Parameters, ParameterValue } from '#protocol/parameters'

/** `highWater` → `HIGH_WATER`. */
export const constantOf = (name: string) => name.replace(/([A-Z])/g, '_$1').toUpperCase()

export function withParameters(text: string, parameters: Parameters): string {
  return Object.entries(parameters).reduce(
    (lines, [name, value]) =>
      lines.replace(new RegExp(`^${constantOf(name)} = .*$`, 'm'), () => `${constantOf(name)} = ${literal(value)}`),
    text,
  )
}

function literal(value: ParameterValue): string {
  if (typeof value === 'string') return value === 'none' ? 'None' : JSON.stringify(value)
  return typeof value === 'number' ? String(value) : `[${value.join(', ')}]`
}
