/** What may cross threads beside plain data: functions by name, and handles (thread queues, event loops) as what they share. */
import type { MessagePort } from 'node:worker_threads'

// biome-ignore lint/suspicious/noExplicitAny: a registry of functions of any signature; callers keep their own types
export type AnyFunction = (...args: any[]) => unknown

const functions = new Map<string, AnyFunction>()
const names = new WeakMap<AnyFunction, string>()
/** A generator remembers its function only by its prototype. */
const makers = new WeakMap<object, string>()

/** Makes functions known under `<group>/<name>`; every worker of a run does so with the same bundle. */
export function registerFunctions(group: string, module: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(module)) {
    if (typeof value !== 'function') continue
    functions.set(`${group}/${name}`, value as AnyFunction)
    names.set(value as AnyFunction, `${group}/${name}`)
    const made: unknown = value.prototype
    if (typeof made === 'object' && made !== null) makers.set(made, name)
  }
}

interface Bound {
  readonly name: string
  readonly args: readonly unknown[]
  readonly onSeat: (slot: number) => void
}
const bound = new WeakMap<AnyFunction, Bound>()

/**
 * Makes `target`, a method of a handle, something a Thread can run: under `name`, with `args` before its own. `onSeat` is told the slot of the
 * thread that was made for it.
 */
export function bindTarget(target: AnyFunction, binding: Bound): void {
  bound.set(target, binding)
  names.set(target, binding.name)
}

export const bindingOf = (target: AnyFunction): Bound | undefined => bound.get(target)

/** The name under which a function crosses threads. A closure has none. */
export function nameOf(target: AnyFunction): string {
  const name = names.get(target)
  if (name === undefined) {
    throw new Error(
      `${target.name || 'this function'} cannot cross threads: only functions that a scenario exports can, by their name`,
    )
  }
  return name
}

const plainNames = new Map<string, string>()
/** `work` of `sync-scheduling/work`: the name by which the text of the programme calls it. */
export function plainName(name: string): string {
  const known = plainNames.get(name)
  if (known !== undefined) return known
  const plain = name.slice(name.lastIndexOf('/') + 1)
  plainNames.set(name, plain)
  return plain
}

/** How the programme calls a function: a bundler may have given it another name. */
export const shownName = (target: AnyFunction) => plainName(names.get(target) ?? target.name.replace(/\$\d+$/, ''))

/** The name of the exported function that made a coroutine; '' for any other. */
export const makerOf = (coroutine: object): string => makers.get(Object.getPrototypeOf(coroutine)) ?? ''

export function functionNamed(name: string): AnyFunction {
  const found = functions.get(name)
  if (!found) throw new Error(`no function ${name} in this bundle`)
  return found
}

interface HandleKind {
  readonly kind: string
  readonly is: (value: unknown) => boolean
  /** What crosses; ports in it must be listed in `transfer`. */
  readonly encode: (value: never, transfer: MessagePort[]) => unknown
  readonly decode: (wire: never) => unknown
  /** Where a thread keeps what it has decoded: what tells one of the kind from the others, and the one of that id. */
  readonly kept?: { readonly idOf: (value: never) => number; readonly byId: (id: number) => unknown }
}
const kinds: HandleKind[] = []

/** Teaches threads a kind of handle; called once by the file that defines it. */
export function registerHandle(kind: HandleKind): void {
  kinds.push(kind)
}

export interface WireArguments {
  readonly values: readonly unknown[]
  readonly transfer: MessagePort[]
  /** No handle among them: their bytes alone are enough. */
  readonly plain: boolean
}
interface WireHandle {
  readonly handleKind: string
  readonly wire: unknown
}
/** One that has crossed to this thread before. */
export interface KnownHandle {
  readonly handleKind: string
  readonly id: number
}

/** By what a handle can be named to a thread that it has crossed to; undefined for what is none, or is not kept there. */
export function knownHandle(value: unknown): KnownHandle | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const kind = kinds.find((k) => k.is(value))
  return kind?.kept && { handleKind: kind.kind, id: kind.kept.idOf(value as never) }
}

export function encodeArguments(args: readonly unknown[]): WireArguments {
  const transfer: MessagePort[] = []
  let plain = true
  const values = args.map((value) => {
    const kind = kinds.find((k) => k.is(value))
    if (kind) plain = false
    return kind ? ({ handleKind: kind.kind, wire: kind.encode(value as never, transfer) } satisfies WireHandle) : value
  })
  return { values, transfer, plain }
}

export function decodeArguments(values: readonly unknown[]): unknown[] {
  return values.map((value) => {
    if (typeof value !== 'object' || value === null || !('handleKind' in value)) return value
    const handle = value as WireHandle | KnownHandle
    const kind = kinds.find((k) => k.kind === handle.handleKind)
    if (!kind) throw new Error(`this worker’s bundle does not know the handle ${handle.handleKind}`)
    return 'wire' in handle ? kind.decode(handle.wire as never) : kind.kept?.byId(handle.id)
  })
}
