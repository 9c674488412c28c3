/** The options of `npm start`. Values that need the list of programmes (which scenario, which parameters) are judged by the host. */
import { parseArgs } from 'node:util'

const flags = /** @type {const} */ ({
  scenario: { type: 'string' },
  set: { type: 'string', multiple: true },
  speed: { type: 'string' },
  browser: { type: 'boolean' },
  install: { type: 'boolean' },
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
})

const takes = {
  scenario: 'the id of a programme',
  set: 'name=value',
  speed: 'a number from 1 to 100',
  port: 'a whole number from 0 to 65,535',
}

/**
 * @param {readonly string[]} argv
 * @returns {{ problem: string } | { problem?: undefined, browser: boolean, install: boolean, opening: string[], address: string[] }}
 */
export function readStartOptions(argv) {
  let values
  try {
    values = parseArgs({ args: [...argv], options: flags, allowPositionals: false }).values
  } catch (error) {
    return {
      problem: `${sentenceFor(error)} Known: ${Object.keys(flags)
        .map((name) => `--${name}`)
        .join(', ')}.`,
    }
  }
  const { scenario, set = [], speed, port, browser = false, install = false } = values
  if (scenario === undefined && (set.length > 0 || speed !== undefined)) return { problem: '--set and --speed need --scenario.' }
  if (set.some((setting) => !/^[^=]+=/.test(setting))) return { problem: needs('set') }
  if (speed !== undefined && !(isDecimal(speed) && Number(speed) >= 1 && Number(speed) <= 100)) {
    return { problem: needs('speed') }
  }
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65535)) {
    return { problem: needs('port') }
  }
  return {
    // An address is only of use to the browser version.
    browser: browser || port !== undefined || values['no-open'] === true,
    install,
    opening: [
      ...(scenario === undefined ? [] : [`--scenario=${scenario}`]),
      ...set.map((setting) => `--set=${setting}`),
      ...(speed === undefined ? [] : [`--speed=${speed}`]),
    ],
    address: [...(port === undefined ? [] : [`--port=${port}`]), ...(values['no-open'] ? ['--no-open'] : [])],
  }
}

const isDecimal = (text) => /^(\d+\.?\d*|\.\d+)$/.test(text)

const needs = (name) => `--${name} takes ${takes[name]}.`

/** Of what was given only an option's name is shown again: the rest may hold a password. */
function sentenceFor({ code, message }) {
  const name = /'--?([\w-]*)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option “${name}”.`
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return 'Only options are taken, and no other words.'
  return flags[name]?.type === 'boolean' ? `--${name} takes no value.` : needs(name)
}
