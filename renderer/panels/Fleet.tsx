/** Who takes from a queue that is looked at, one row for each worker; below, every command that was sent for it. */
import type { SentCommand, WatchedWorker, WatchReport } from '#protocol/watchReport'
import { t } from '../locales'
import { brief, prose } from '../model/format'
import type { RunView } from '../state'
import { isLive } from '../state/derived'

export function Fleet({ run }: { readonly run: RunView | undefined }) {
  const words = t().watch
  const watch = run?.source?.status.watch
  if (!watch) return <p class="nothing">{run && isLive(run) ? words.fleetUnseen : words.fleetIdle}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by Tab
    <section class="fleet" tabIndex={0} aria-label={t().code.fleet}>
      {watch.fleet.length === 0 ? <p class="note">{words.nobody}</p> : <Workers watch={watch} />}
      <Sent receipt={watch.receipt} />
    </section>
  )
}

const count = (value: number) => value.toLocaleString('en')

function Workers({ watch: { fleet, moreWorkers } }: { readonly watch: WatchReport }) {
  const words = t().watch
  // Unless it was given a name, a worker goes by its host and process, and these are not said again.
  const named = fleet.some(({ name, host, pid }) => host !== null && name !== `${host.replace(/[^\w-]/g, '-')}-${pid}`)
  const columns = (['worker', 'host', 'running', 'finished', 'failed', 'lost', 'clock', 'heard'] as const).filter(
    (column) => column !== 'host' || named,
  )
  return (
    <>
      <table>
        <caption>{words.fleetCaption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" class={column === 'worker' || column === 'host' ? 'left' : undefined}>
                {words.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fleet.map((worker) => (
            <Row key={worker.id} worker={worker} named={named} />
          ))}
        </tbody>
      </table>
      {moreWorkers > 0 && <p class="note">{words.moreWorkers(moreWorkers)}</p>}
    </>
  )
}

/** `named`: some of them have a name of their own. */
function Row({ worker, named }: { readonly worker: WatchedWorker; readonly named: boolean }) {
  const words = t().watch
  const { name, host, pid, concurrency, running, finished, failed, lostFrames, heardSecondsAgo } = worker
  return (
    <tr data-worker={name}>
      <th scope="row">{name}</th>
      {named && <td class="left">{host === null ? words.unknown : pid === null ? host : `${host} · ${pid}`}</td>}
      <td>{concurrency === null ? count(running) : `${count(running)} / ${count(concurrency)}`}</td>
      <td>{count(finished)}</td>
      <td class={failed > 0 ? 'bad' : undefined}>{count(failed)}</td>
      <td class={lostFrames > 0 ? 'bad' : undefined}>{count(lostFrames)}</td>
      <td class="clock">
        <span>{clockOf(worker)}</span> <span>{errorOf(worker)}</span>
      </td>
      <td>{heardSecondsAgo === null ? words.unknown : heardSecondsAgo < 1 ? words.justNow : brief(heardSecondsAgo)}</td>
    </tr>
  )
}

/** `+12.0 ms`: ahead of the server's clock. */
function clockOf({ aheadSeconds }: WatchedWorker): string {
  if (aheadSeconds === null) return t().watch.notMeasured
  return `${aheadSeconds < 0 ? '−' : '+'}${prose(Math.abs(aheadSeconds))}`
}

const errorOf = ({ aheadSeconds, errorSeconds }: WatchedWorker) =>
  aheadSeconds === null || errorSeconds === null ? '' : `± ${prose(errorSeconds)}`

function Sent({ receipt }: { readonly receipt: readonly SentCommand[] }) {
  const words = t().watch
  const all = receipt.reduce((sum, { count: times }) => sum + times, 0)
  return (
    <details class="sent">
      <summary>{words.sent(all)}</summary>
      <p class="note">{words.sentText}</p>
      <table>
        <thead>
          <tr>
            <th scope="col" class="left">
              {words.sentColumns.command}
            </th>
            <th scope="col">{words.sentColumns.count}</th>
            <th scope="col">{words.sentColumns.refused}</th>
            <th scope="col">{words.sentColumns.mean}</th>
            <th scope="col">{words.sentColumns.longest}</th>
          </tr>
        </thead>
        <tbody>
          {receipt.map(({ command, count: times, refused, totalSeconds, longestSeconds }) => (
            <tr key={command}>
              <th scope="row">
                <code>{command}</code>
              </th>
              <td>{count(times)}</td>
              <td>{count(refused)}</td>
              <td>{prose(totalSeconds / times)}</td>
              <td>{prose(longestSeconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
