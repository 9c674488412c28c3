/** The panel of dead letters: what the person does in it, and what the engine answers. A request looks through some thousands, so most take several. */
import {
  type DeadLetter,
  type DeadLetterAnswer,
  type DeadLetterChoice,
  type DeadLetterRequest,
  deadLetterLimits,
} from '#protocol/deadLetters'
import type { RunId } from '#protocol/messages'
import { local, t } from '../locales'
import { send } from './commands'
import { type DeadPanel, deadPanel, runs } from './index'

/** Letters of one page of the list. */
const pageOfList = 100
/** Real ms without another key before it is searched. */
const typingMillis = 200

type Answer = DeadLetterAnswer | null
type Whole = Extract<DeadLetterAnswer, { kind: 'export' }>['letters'][number]

let nextId = 1
const asked = new Map<number, (answer: Answer) => void>()
/** What is going on; whatever began before it no longer counts. */
let current = 0
let typing: ReturnType<typeof setTimeout> | undefined

/** Resolves with the engine's answer; null: the line to it was lost. */
function ask(run: RunId, request: DeadLetterRequest): Promise<Answer> {
  const id = nextId++
  return new Promise((resolve) => {
    asked.set(id, resolve)
    send({ type: 'dead', run, id, request })
  })
}

/** One that nobody waits for is of a line that was lost. */
export function deadLettersAnswered(id: number, answer: Answer): void {
  asked.get(id)?.(answer)
  asked.delete(id)
}

export function deadLettersLost(): void {
  for (const id of [...asked.keys()]) deadLettersAnswered(id, null)
}

function change(fields: Partial<DeadPanel>): void {
  const panel = deadPanel.value
  if (panel) deadPanel.value = { ...panel, ...fields }
}

export function openDeadLetters(run: RunId): void {
  const total = runs.value.get(run)?.source?.status.deadLetters ?? 0
  const nothing = { busy: null, confirming: false, said: null, problem: null }
  deadPanel.value = { run, find: '', letters: [], next: null, total, chosen: new Set(), ...nothing }
  void list()
}

export function closeDeadLetters(): void {
  current += 1
  clearTimeout(typing)
  deadPanel.value = null
}

export function findDeadLetters(text: string): void {
  change({ find: text.slice(0, deadLetterLimits.find), chosen: new Set(), confirming: false, said: null })
  clearTimeout(typing)
  typing = setTimeout(() => list(), typingMillis)
}

/** Their number has changed, or somebody asks: as many as there were in the list are looked at again. */
export function refreshDeadLetters(): void {
  if (isIdle()) void list()
}

export function chooseDeadLetter(digest: string, on: boolean): void {
  const chosen = new Set(deadPanel.value?.chosen)
  if (on) chosen.add(digest)
  else chosen.delete(digest)
  change({ chosen, confirming: false })
}

export function chooseAllDeadLetters(on: boolean): void {
  change({ chosen: new Set(on ? deadPanel.value?.letters.map(({ digest }) => digest) : []), confirming: false })
}

export function confirmClear(confirming: boolean): void {
  change({ confirming, said: null })
}

/** Looking through the list is broken off by whatever comes; nothing else is. */
const isIdle = () => deadPanel.value !== null && (deadPanel.value.busy?.kind ?? 'list') === 'list'

const list = () => fetchList([], null, Math.max(pageOfList, deadPanel.value?.letters.length ?? 0))

export async function moreDeadLetters(): Promise<void> {
  const panel = deadPanel.value
  if (panel?.next && !panel.busy) await fetchList(panel.letters, panel.next, panel.letters.length + pageOfList)
}

/** Goes on until so many were found. What is shown is replaced only then, so that the table does not shrink and grow. */
async function fetchList(known: readonly DeadLetter[], from: number | null, want: number): Promise<void> {
  if (!isIdle()) return
  const mine = ++current
  const { run, find } = deadPanel.value!
  // Where others were removed meanwhile, some come twice.
  const letters = new Map(known.map((letter) => [letter.digest, letter]))
  let before = from
  change({ busy: { kind: 'list', done: 0 } })
  do {
    const page = Math.min(deadLetterLimits.want, Math.max(1, want - letters.size))
    const answer = await ask(run, { kind: 'list', choice: { names: null, find, before }, want: page })
    if (mine !== current) return
    if (answer?.kind !== 'list') return change({ busy: null, problem: problemOf(answer) })
    for (const letter of answer.letters) letters.set(letter.digest, letter)
    before = answer.next
    change({ busy: { kind: 'list', done: answer.total - before }, total: answer.total })
  } while (before !== 0 && letters.size < want)
  const chosen = new Set([...deadPanel.value!.chosen].filter((digest) => letters.has(digest)))
  change({ busy: null, letters: [...letters.values()], chosen, next: before, problem: null })
}

export async function settleDeadLetters(kind: 'retry' | 'clear'): Promise<void> {
  const named = deadPanel.value?.chosen.size ?? 0
  let [done, kept] = [0, 0]
  const ended = await throughAll(kind, (answer) => {
    if (answer.kind !== 'settled') return null
    done += answer.done
    kept += answer.kept
    return done
  })
  if (ended === null) return
  const missing = ended && named > 0 ? named - done - kept : 0
  const said = () => t().dead[kind === 'retry' ? 'retried' : 'cleared'](done, missing, kept)
  if (ended || done > 0) change({ said })
  // What was refused can be tried again as it was chosen.
  if (!ended) return
  change({ chosen: new Set() })
  await list()
}

/** Takes every letter that is meant, with its whole payload. True: all came. */
export async function readDeadLetters(take: (letters: readonly Whole[]) => void): Promise<boolean> {
  let done = 0
  const ended = await throughAll('export', (answer) => {
    if (answer.kind !== 'export') return null
    take(answer.letters)
    done += answer.letters.length
    return done
  })
  if (ended) change({ said: () => t().dead.exported(done) })
  return ended === true
}

/**
 * Asks until everything that is meant was gone through. `count` takes an answer and gives how many were done so far, or null where it is of another
 * kind. True: to the end; false: there was a problem; null: the panel was closed, or something is going on.
 */
async function throughAll(
  kind: 'export' | 'retry' | 'clear',
  count: (answer: DeadLetterAnswer) => number | null,
): Promise<boolean | null> {
  const panel = deadPanel.value
  if (!panel || !isIdle()) return null
  const mine = ++current
  change({ busy: { kind, done: 0 }, confirming: false, said: null, problem: null })
  for (const choice of choices(panel)) {
    let { before } = choice
    while (before !== 0) {
      const answer = await ask(panel.run, { kind, choice: { ...choice, before } })
      if (mine !== current) return null
      const done = answer && count(answer)
      if (!answer || done === null || !('next' in answer)) {
        change({ busy: null, problem: problemOf(answer) })
        return false
      }
      before = answer.next
      change({ busy: { kind, done } })
    }
  }
  change({ busy: null })
  return true
}

/** What the buttons are about: the chosen ones; where none is, all that were found. In parts of as many as one request may name. */
function choices({ letters, chosen, find, total }: DeadPanel): readonly DeadLetterChoice[] {
  // Only what was there when the list was last seen: nobody has seen what came since.
  if (chosen.size === 0) return [{ names: null, find, before: total }]
  const named = letters.filter(({ digest }) => chosen.has(digest))
  const before = 1 + Math.max(...named.map(({ place }) => place))
  const parts = Math.ceil(named.length / deadLetterLimits.names)
  return Array.from({ length: parts }, (_, part) => {
    const names = named.slice(part * deadLetterLimits.names, (part + 1) * deadLetterLimits.names).map(({ digest }) => digest)
    return { names, find: '', before }
  })
}

const problemOf = (answer: Answer) => () => {
  if (answer === null) return t().dead.engineGone
  // An answer of another kind than was asked for is the engine's fault.
  return answer.kind === 'problem' ? local(answer.problem) : t().dead.wrongAnswer
}
