/**
 * Frames of the feed → what each worker did, on our clock. A lane for each worker: a process, whatever its connections; its tasks go by their
 * number in the queue. What cannot be true is counted and not drawn:
 * - a record from the future of its own frame, or from more than a day before it;
 * - a frame that is missing (a gap in the numbers of one connection): what was open then ends *pending* on the chart, for nobody knows how it went on;
 * - a task that another worker takes over ends *killed* where it was: its first worker lost it.
 */
import type { FeedFrame, FeedRecord } from '#protocol/feedRecords'
import type { End } from '#protocol/vocabulary'
import { mostWorkers } from '#protocol/watchReport'

/** Where bars are drawn. Times are ns on the recorder's clock. */
export interface FleetSink {
  /** Makes one; returns its number. */
  lane(name: string): number
  /** A task that is ready; returns its number. */
  task(lane: number, name: string, time: number): number
  run(task: number, lane: number, time: number): void
  end(task: number, lane: number, end: End, time: number, why: string): void
  /** So many frames of that lane are missing between two moments. */
  missing(lane: number, from: number, until: number, count: number): void
}

/** When and how a frame came. */
interface Arrival {
  /** µs on the server's clock. */
  readonly written: number
  /** It was there before we came. */
  readonly isPast: boolean
  /** ns. */
  readonly now: number
  /** µs on the server's clock → ns here. */
  toHere(server: number): number
  /** Of that, µs; Infinity: nobody knows. */
  readonly error: number
}

/** What the consumers say of themselves, by sid. */
export interface KnownWorker {
  readonly name: string
  readonly host: string | null
  readonly pid: number | null
  readonly concurrency: number | null
}

type Registered = readonly { readonly sid: string; readonly lease: number }[]

interface Open {
  readonly worker: Worker
  readonly task: number
  started: boolean
  /** ns of its last record. */
  at: number
  readonly placed: Placing
}

/** How a time of a worker was put on our clock, in µs: what is added to it, and how far off that may be. */
interface Placing {
  readonly shift: number
  readonly error: number
}

interface Worker {
  readonly id: string
  name: string
  lane: number | null
  about: KnownWorker | null
  /** Number of the next frame of each of its connections. */
  readonly next: Map<string, number>
  running: number
  finished: number
  failed: number
  lostFrames: number
  /** µs, the server's clock minus its own, and how far off that may be. */
  offset: number | null
  error: number | null
  /** ns of its last frame or beat. */
  heard: number
  /** ns at which its last frame was written; 0: it sent none. */
  framed: number
  /** Its lease, as the server last said it. */
  lease: number
  /** Looks in a row that did not find it among the consumers. */
  missed: number
  /** It was missed too often, and began nothing since. Its counts go on, should it come back. */
  gone: boolean
}

/** µs that a record may be ahead of the moment at which its frame was written, beside the errors of both clocks. */
const aheadMicros = 1e6
/** µs. A frame holds what happened since the one before. */
const behindMicros = 86_400e6
/** Anybody who may write to the feed can invent workers, tasks that never end, and connections. */
export const mostKnown = 2000
const mostOpen = 200_000
/** Of one worker; it uses one after another. */
const mostConnections = 20
/** Workers beyond share one lane. */
const mostLanes = 500
const otherWorkers = 'others'
/** Two looks apart: the last frames of a worker that left are read meanwhile. */
const missedLooks = 3

/** Name and process of a consumer: what of its sid outlives a connection. */
export const workerOf = (sid: string) => sid.replace(/\.\d+\.[0-9a-f]+$/, '')

export class Fleet {
  readonly #workers = new Map<string, Worker>()
  readonly #open = new Map<number, Open>()
  /** By worker, also of those that have gone. */
  readonly #lanes = new Map<string, { readonly lane: number; readonly name: string }>()
  readonly #names = new Set<string>()
  /** The last look found all that are registered. */
  #areAllKnown = false
  lostFrames = 0
  refusedRecords = 0
  started = 0
  finished = 0
  failed = 0

  constructor(private readonly sink: FleetSink) {}

  frame(frame: FeedFrame, { written, isPast, now, toHere, error }: Arrival): void {
    const isKnown = this.#workers.has(workerOf(frame.sid))
    // Who told something before we came and is not among the consumers had left: nothing of it is in what is shown.
    if (isPast && this.#areAllKnown && !isKnown) return
    if (!isKnown && !this.#hasRoom()) {
      this.refusedRecords += frame.records.length
      return
    }
    const worker = this.#worker(frame.sid)
    if (worker.gone && frame.records.some(({ kind }) => kind === 'claimed' || kind === 'started')) {
      worker.gone = false
      worker.missed = 0
    }
    worker.offset = frame.offset
    worker.error = frame.error
    const at = Math.min(now, Math.max(toHere(written), worker.framed))
    if (!this.#follows(worker, frame, isPast, at)) return
    worker.heard = now
    worker.framed = at
    // A worker that has not measured its clock: its frame was written when its last record was.
    const newest = frame.records.reduce((latest, { time }) => Math.max(latest, time), 0)
    const offset = frame.offset ?? written - newest
    const slack = aheadMicros + (frame.error ?? 0)
    for (const record of frame.records) {
      const server = record.time + offset
      if (server > written + slack || server < written - behindMicros) this.#refuse(worker)
      else
        this.#record(
          worker,
          record,
          { shift: toHere(server) / 1000 - record.time, error: error + (frame.error ?? Number.POSITIVE_INFINITY) },
          now,
        )
    }
  }

  /**
   * Those that are registered now, with the end of each lease; `whole`: all of them, so that who is not among them has gone. `about`: what is known
   * of a sid.
   */
  looked(sids: Registered, whole: boolean, about: (sid: string) => KnownWorker | null, now: number): void {
    this.#areAllKnown = whole
    const present = new Set<string>()
    for (const { sid, lease } of sids) {
      if (!this.#workers.has(workerOf(sid)) && !this.#hasRoom()) continue
      const worker = this.#worker(sid)
      present.add(worker.id)
      worker.gone = false
      const known = about(sid)
      if (known) this.#know(worker, known)
      if (lease > worker.lease) worker.heard = now
      worker.lease = Math.max(worker.lease, lease)
    }
    for (const worker of this.#workers.values()) {
      worker.missed = present.has(worker.id) ? 0 : worker.missed + (whole ? 1 : 0)
      if (worker.missed < missedLooks || worker.gone) continue
      this.#endAll(worker, 'killed', now, 'its worker is gone')
      worker.gone = true
    }
  }

  /** The watcher leaves, or the server came back empty: how it goes on is not known. */
  close(now: number): void {
    for (const worker of this.#workers.values()) {
      this.#endAll(worker, 'pending', now, '')
      worker.next.clear()
    }
  }

  /** Those heard last come first where they are too many to be listed. */
  get workers(): readonly Readonly<Worker>[] {
    const here = [...this.#workers.values()].filter(({ gone }) => !gone)
    return here.length > mostWorkers ? here.sort((a, b) => b.heard - a.heard) : here
  }

  /** One that has gone makes room for one that comes. */
  #hasRoom(): boolean {
    if (this.#workers.size < mostKnown) return true
    const gone = [...this.#workers.values()].find((worker) => worker.gone)
    return gone !== undefined && this.#workers.delete(gone.id)
  }

  #worker(sid: string): Worker {
    const id = workerOf(sid)
    const known = this.#workers.get(id)
    if (known) return known
    const made: Worker = {
      id,
      name: id,
      lane: null,
      about: null,
      next: new Map(),
      running: 0,
      finished: 0,
      failed: 0,
      lostFrames: 0,
      offset: null,
      error: null,
      heard: 0,
      framed: 0,
      lease: 0,
      missed: 0,
      gone: false,
    }
    this.#workers.set(id, made)
    return made
  }

  /** A lane keeps the name that it was made with. */
  #know(worker: Worker, about: KnownWorker): void {
    worker.about = about
    if (worker.lane === null) worker.name = about.name
  }

  /** Made with the first thing that is drawn on it. */
  #laneOf(worker: Worker): number {
    if (worker.lane !== null) return worker.lane
    const { lane, name } = this.#lanes.get(worker.id) ?? this.#newLane(worker)
    worker.lane = lane
    worker.name = name
    return lane
  }

  #newLane({ id, name }: Worker): { readonly lane: number; readonly name: string } {
    const others = this.#lanes.get(otherWorkers)
    if (others) return others
    const isLast = this.#lanes.size >= mostLanes
    const called = isLast ? otherWorkers : this.#names.has(name) ? `${name} (${id})` : name
    const made = { lane: this.sink.lane(called), name: called }
    this.#names.add(called)
    this.#lanes.set(isLast ? otherWorkers : id, made)
    return made
  }

  /** False for a frame that was read before. Before we came, gaps are nobody's loss. */
  #follows(worker: Worker, { sid, number, records }: FeedFrame, isPast: boolean, at: number): boolean {
    const missing = number - (worker.next.get(sid) ?? number)
    if (missing < 0) {
      this.refusedRecords += records.length
      return false
    }
    // The latest stands last.
    worker.next.delete(sid)
    worker.next.set(sid, number + 1)
    if (worker.next.size > mostConnections) worker.next.delete([...worker.next.keys()][0]!)
    if (missing === 0 || isPast) return true
    worker.lostFrames += missing
    this.lostFrames += missing
    this.sink.missing(this.#laneOf(worker), worker.framed, at, missing)
    this.#endAll(worker, 'pending', worker.framed, '')
    return true
  }

  #refuse(worker: Worker): void {
    this.refusedRecords += 1
    this.sink.missing(this.#laneOf(worker), worker.framed, worker.framed, 1)
  }

  #record(worker: Worker, { kind, ord, time, text }: FeedRecord, placing: Placing, now: number): void {
    const found = this.#open.get(ord)
    if (!found && this.#open.size >= mostOpen && (kind === 'claimed' || kind === 'started')) {
      this.#refuse(worker)
      return
    }
    const own = found?.worker === worker ? found : undefined
    const placed = own && agree(own.placed, placing) ? own.placed : placing
    const at = Math.max(Math.min(now, (time + placed.shift) * 1000), own?.at ?? 0)
    switch (kind) {
      case 'claimed':
        this.#begin(worker, ord, text, at, placed, found)
        break
      case 'started': {
        const open = own ?? this.#begin(worker, ord, `#${ord}`, at, placed, found)
        this.started += 1
        if (!open.started) worker.running += 1
        open.started = true
        open.at = at
        this.sink.run(open.task, this.#laneOf(worker), at)
        break
      }
      case 'finished':
        worker.finished += 1
        this.finished += 1
        this.#end(ord, own, 'finished', at, '')
        break
      case 'failed':
        worker.failed += 1
        this.failed += 1
        this.#end(ord, own, 'failed', at, text)
        break
      case 'buried':
        this.#end(ord, own, 'failed', at, text)
        break
      case 'lost':
        this.#end(ord, own, 'killed', at, 'its lease was over: it may run again elsewhere')
        break
      case 'givenBack':
        this.#end(ord, own, 'cancelled', at, 'given back to the queue')
        break
    }
  }

  #begin(worker: Worker, ord: number, name: string, at: number, placed: Placing, before: Open | undefined): Open {
    if (before) this.#end(ord, before, 'killed', at, 'another worker took it over')
    const open = { worker, task: this.sink.task(this.#laneOf(worker), name, at), started: false, at, placed }
    this.#open.set(ord, open)
    return open
  }

  #end(ord: number, open: Open | undefined, end: End, at: number, why: string): void {
    if (!open) return
    if (open.started) open.worker.running -= 1
    this.#open.delete(ord)
    this.sink.end(open.task, open.worker.lane!, end, Math.max(at, open.at), why)
  }

  #endAll(worker: Worker, end: End, at: number, why: string): void {
    for (const [ord, open] of this.#open) if (open.worker === worker) this.#end(ord, open, end, at, why)
  }
}

/**
 * Two placings that may both be true: then a task keeps the one it began with, so that it lasts as long as its worker measured, though the clocks
 * were compared anew meanwhile.
 */
const agree = (a: Placing, b: Placing) => Math.abs(a.shift - b.shift) <= a.error + b.error

/** Of frames from before we came: those of tasks that are still open, so that nothing is drawn that had ended. */
export function stillOpen(frames: readonly FeedFrame[]): FeedFrame[] {
  const over = new Map<number, number>()
  for (const [index, { records }] of frames.entries())
    for (const { kind, ord } of records) if (kind !== 'claimed' && kind !== 'started') over.set(ord, index)
  return frames.map((frame, index) => ({
    ...frame,
    records: frame.records.filter(
      ({ kind, ord }) => (kind === 'claimed' || kind === 'started') && !((over.get(ord) ?? -1) >= index),
    ),
  }))
}
