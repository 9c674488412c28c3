/** What was typed on a command line: read by node:util's parser, refused in our words. */
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** What was typed cannot be done: one sentence, exit code 2, no stack. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** What each option takes; completes “--speed: … is not” and “--speed takes”. */
export const optionTakes = {
  scenario: 'the id of a programme',
  set: 'name=value',
  speed: 'a number from 1 to 100',
  for: 'a number of seconds from 0 to 86,400',
  spans: 'a whole number from 1 to 5,000,000',
  lanes: 'a whole number from 1 to 10,000',
  seed: 'a whole number from 0 to 4,294,967,295',
  out: 'the name of a file',
  width: 'a whole number of pixels from 400 to 8,000',
  scale: '1, 2 or 4',
  port: 'a whole number from 0 to 65,535',
  url: 'the address of a Redis server',
  queue: 'the name of a list',
  concurrency: 'a whole number from 1 to 10,000',
  exec: 'a command',
  timeout: 'a number of seconds from 0.1 to 86,400',
  grace: 'a number of seconds from 0 to 3,600',
} as const

/** `parseArgs`; throws UsageError with a sentence that names the option and what is allowed. */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    const joined: T = { ...config, args: joinNegatives(config.args ?? []) }
    return parseArgs(joined)
  } catch (error) {
    throw refusal(error as Error & { code?: string }, config)
  }
}

/** `--speed -1` → `--speed=-1`, which the parser would otherwise take for an option named 1. */
export const joinNegatives = (args: readonly string[]): string[] =>
  args.reduce<string[]>((joined, arg) => {
    const before = joined.at(-1)
    if (/^-[\d.]/.test(arg) && before !== undefined && /^--[a-z-]+$/.test(before)) joined[joined.length - 1] = `${before}=${arg}`
    else joined.push(arg)
    return joined
  }, [])

/** Of what was given only the option's name is shown again: the rest may hold a password. */
function refusal(error: Error & { code?: string }, { options = {} }: ParseArgsConfig): Error {
  const name = /'--?([\w-]*)/.exec(error.message)?.[1] ?? ''
  const known = Object.keys(options).map((option) => `--${option}`)
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return new UsageError(`There is no option “${name}” here, only ${known.join(', ')}.`)
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return new UsageError(`Only options are taken here, no other words: ${known.join(', ')}.`)
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      if (options[name]?.type === 'boolean') return new UsageError(`--${name} takes no value.`)
      return new UsageError(`--${name} takes ${optionTakes[name as keyof typeof optionTakes]}; none was given.`)
    default:
      return error
  }
}
