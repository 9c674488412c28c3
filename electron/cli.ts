/** The command line: `list`, `run`, `synthetic`, `export`, `worker`, `serve`. A contract; what it prints on stdout is for programs, what on stderr for people. */
import { withoutPassword } from '#protocol/parameters'
import { listScenarios, print, runScenario } from './commands'
import { exportKinds, exportRun } from './exportRun'
import { serve } from './serve'
import { readArguments, UsageError } from './usage'
import { runWorker } from './worker/runWorker'

const usage = `usage:
  npm run -s cli -- list [--json]
  npm run -s cli -- run <scenario> [--set name=value]… [--speed N] [--for SECONDS] [--json]
  npm run -s cli -- synthetic [--spans N] [--lanes N] [--seed N] [--json]
  npm run -s cli -- export <run.json> --csv|--json [--out FILE]
  npm run -s cli -- export <run.json> --png|--svg [--width N] [--scale 1|2|4] [--out FILE]
  npm run -s cli -- worker --url URL --queue NAME [--concurrency N] [--exec COMMAND [--timeout SECONDS]] [--grace SECONDS] [--for SECONDS] [--no-feed]
  npm run -s cli -- serve [--port N] [--no-open]`

async function command(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  switch (name) {
    case 'list': {
      const { values } = options(rest, { json: { type: 'boolean' } }, 0)
      return listScenarios(values['json'] === true)
    }
    case 'run': {
      const { values, positionals } = options(
        rest,
        {
          set: { type: 'string', multiple: true },
          speed: { type: 'string' },
          for: { type: 'string' },
          json: { type: 'boolean' },
        },
        1,
      )
      return runScenario({
        scenario: positionals[0] ?? '',
        sets: (values['set'] as string[] | undefined) ?? [],
        speed: values['speed'] as string | undefined,
        seconds: values['for'] as string | undefined,
        json: values['json'] === true,
      })
    }
    case 'synthetic': {
      const names = ['spans', 'lanes', 'seed'] as const
      const text = { type: 'string' } as const
      const { values } = options(rest, { spans: text, lanes: text, seed: text, json: { type: 'boolean' } }, 0)
      return runScenario({
        scenario: 'synthetic',
        sets: names.filter((name) => values[name] !== undefined).map((name) => `${name}=${values[name]}`),
        speed: undefined,
        seconds: undefined,
        json: values['json'] === true,
      })
    }
    case 'export': {
      const { values, positionals } = options(
        rest,
        {
          csv: { type: 'boolean' },
          json: { type: 'boolean' },
          png: { type: 'boolean' },
          svg: { type: 'boolean' },
          width: { type: 'string' },
          scale: { type: 'string' },
          out: { type: 'string' },
        },
        1,
      )
      return exportRun({
        file: positionals[0] ?? '',
        kinds: exportKinds.filter((kind) => values[kind] === true),
        out: values['out'] as string | undefined,
        width: values['width'] as string | undefined,
        scale: values['scale'] as string | undefined,
      })
    }
    case 'worker': {
      const names = ['url', 'queue', 'concurrency', 'exec', 'timeout', 'grace', 'for'] as const
      const types = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]))
      const { values } = options(rest, { ...types, 'no-feed': { type: 'boolean' } }, 0)
      const typed = Object.fromEntries(names.map((name) => [name, values[name] as string | undefined]))
      return runWorker({ ...(typed as Record<(typeof names)[number], string | undefined>), noFeed: values['no-feed'] === true })
    }
    case 'serve':
      return serve(rest)
    case 'help':
    case '--help':
      await print(`${usage}\n`)
      return 0
    case undefined:
      throw new UsageError('Say what to do: list, run, synthetic, export, worker or serve; --help shows how.')
    default:
      throw new UsageError(`There is no command “${name}”; there are list, run, synthetic, export, worker and serve.`)
  }
}

type OptionTypes = Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>

function options(args: readonly string[], types: OptionTypes, positionals: number) {
  const parsed = readArguments({ args: [...args], options: types, allowPositionals: true })
  if (parsed.positionals.length > positionals)
    throw new UsageError(`“${parsed.positionals[positionals]}” is one word too many; --help shows what is taken.`)
  return parsed as { values: Record<string, unknown>; positionals: string[] }
}

// Whoever reads our output may leave before its end, as `head` does; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

command(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(`loopscope: ${withoutPassword(message)}\n`)
    process.exit(error instanceof UsageError ? 2 : 1)
  },
)
