/**
 * The pieces of the design, each to be switched off in a consumer: what guards against a fault is taken out of the running code, and the test of
 * that fault must then fail. The product itself has no such switches.
 */
import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import { Commands } from '../../electron/sources/commands'
import { InFlight } from '../../electron/sources/inFlight'
import { Outage } from '../../electron/sources/outage'
import { beat } from '../../electron/sources/scripts/lease'
import { reap, sweep } from '../../electron/sources/scripts/recovery'
import type { Script } from '../../electron/sources/scripts/script'

const replaced = (script: Script, lua: string) =>
  void Object.assign(script, { lua, sha: createHash('sha1').update(lua).digest('hex') })

const pieces = {
  /** Nobody looks for consumers whose lease is over. */
  reaper: () => replaced(reap, 'return {0, 0}'),
  /** Nobody counts the deaths of items. */
  deaths: () => replaced(reap, reap.lua.replace('deaths = deaths + 1', '')),
  /** What may kill its consumers is taken as all others. */
  suspects: () => replaced(reap, reap.lua.replace('and suspects or retry', 'and retry or retry')),
  /** Nobody looks into the stages of names that are not used any more. */
  sweep: () => replaced(sweep, 'return 0'),
  /** The lease is not prolonged. */
  beat: () => replaced(beat, beat.lua.replace(/^redis\.call\('ZADD'[^\n]*/m, '')),
  /** Whoever comes back first after an outage declares the others dead. */
  outage: () => {
    Outage.prototype.mayJudge = () => true
  },
  /** What was claimed and never heard of is not looked for. */
  orphans: () => {
    const { reconcile } = InFlight.prototype
    InFlight.prototype.reconcile = function (view) {
      return { ...reconcile.call(this, view), orphans: [] }
    }
  },
  /** A server that came back empty is not told what is running. */
  reassert: () => {
    Commands.prototype.assertRunning = async () => undefined
  },
  /** An end does not wait for the booking of its item. */
  bookFirst: () => {
    const { takeEnds } = InFlight.prototype
    InFlight.prototype.takeEnds = function (withBurials) {
      if (this.staged !== null) this.booked(this.staged, 0)
      return takeEnds.call(this, withBurials)
    }
  },
  /** A connection that only the server still believes in is not ended. */
  killGhost: () => {
    const { client } = Redis.prototype
    const quiet = function (this: Redis, ...args: unknown[]) {
      return args[0] === 'KILL' ? Promise.resolve(0) : Reflect.apply(client, this, args)
    }
    Object.assign(Redis.prototype, { client: quiet })
  },
} satisfies Record<string, () => void>

export type Piece = keyof typeof pieces

export const switchOff = (piece: Piece) => pieces[piece]()
