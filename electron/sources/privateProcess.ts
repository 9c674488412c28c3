/** The process of a private Redis: how it is started, told to have answered, and ended. */
import { type ChildProcess, spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { ownGroup, signalGroup } from '../processGroup'
import type { Folder } from './privateFolder'

/** Real ms within which a server must answer, and must have ended. */
const startMs = 5000
const endMs = 1000

/**
 * sh, with the host's pipe as its input. It ends the server when that pipe closes, which the system does even for a host that is killed; the server
 * itself does not inherit the pipe. It ends when the server does. There is no sh on Windows, and no Redis for it either.
 */
const keeper = `
exec 3<&0
"$@" 3<&- &
server=$!
{ read -r _ <&3; kill "$server"; sleep 1; kill -9 "$server"; } 2>/dev/null &
watch=$!
wait "$server"
kill "$watch" 2>/dev/null
`

/** Without a password anybody on this machine may connect; so whatever a client could turn into files or code of ours is taken away. */
const withheld = ['CONFIG', 'MODULE', 'DEBUG', 'REPLICAOF', 'SLAVEOF', 'MIGRATE']

export interface Running {
  readonly child: ChildProcess
  readonly port: number
  readonly folder: Folder
  readonly ended: Promise<void>
}

export function launch(program: string, port: number, folder: Folder): Running {
  const options = {
    port,
    bind: '127.0.0.1',
    'protected-mode': 'yes',
    dir: folder.path,
    pidfile: join(folder.path, folder.pidFile),
    logfile: 'redis.log',
    loglevel: 'warning',
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
  }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  for (const command of withheld) args.push('--rename-command', command, '')
  // A session of its own: Ctrl+C in the app's terminal is the app's to hear, which then ends the server in order.
  const child = spawn('/bin/sh', ['-c', keeper, 'sh', program, ...args, '--save', ''], {
    ...ownGroup,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    // No shell could be started; `exit` does not come then.
    child.once('error', () => resolve())
  })
  // Written to never; it breaks when the keeper ends first.
  child.stdin?.on('error', () => child.stdin?.destroy())
  return { child, port, folder, ended }
}

/** Closing its input ends it; what does not end in time is killed with its keeper. */
export async function end({ child, ended }: Running): Promise<void> {
  child.stdin?.destroy()
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), endMs)
  await ended
  clearTimeout(timer)
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Whether it says anything within its time. While it loads its data it answers LOADING, which is the consumer's to wait for. */
export async function answered({ child, port }: Running): Promise<boolean> {
  const until = performance.now() + startMs
  while (performance.now() < until && child.exitCode === null && child.signalCode === null) {
    if (await saysSomething(port)) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

const saysSomething = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const settle = (said: boolean) => {
      socket.destroy()
      resolve(said)
    }
    socket.setTimeout(500, () => settle(false))
    socket.once('data', (reply) => settle(/^(\+PONG|-LOADING)/.test(reply.toString())))
    socket.once('error', () => settle(false))
    socket.once('close', () => resolve(false))
  })
