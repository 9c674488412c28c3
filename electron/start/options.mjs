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
      problem: `${firstSentence(error.message)} Known: ${Object.keys(flags)
        .map((name) => `--${name}`)
        .join(', ')}.`,
    }
  }
  const { scenario, set = [], speed, port, browser = false, install = false } = values
  if (scenario === undefined && (set.length > 0 || speed !== undefined)) return { problem: '--set and --speed need --scenario.' }
  // What was given is not shown again: it may hold a password.
  if (set.some((setting) => !/^[^=]+=/.test(setting))) return { problem: '--set takes name=value.' }
  if (speed !== undefined && !(isDecimal(speed) && Number(speed) >= 1 && Number(speed) <= 100)) {
    return { problem: `--speed: “${speed}” is not a number from 1 to 100.` }
  }
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65535)) {
    return { problem: `--port: “${port}” is not a whole number from 0 to 65535.` }
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
const firstSentence = (text) => text.split(/(?<=\.)\s/)[0]
