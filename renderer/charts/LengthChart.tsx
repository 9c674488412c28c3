/** Finish order against length: of tasks that only await, a rising line. */
import type { TaskRow } from '../model/runStore'
import { SmallChart, type SmallConfiguration } from './smallChart'

export interface LengthWords {
  /** Axes: "length, s" and "finished as number". */
  readonly length: string
  readonly place: string
  /** For a screen reader: "first, 2.0 s, finished as number 3." */
  readonly point: (task: string, seconds: string, place: number) => string
}

interface LengthChartProps {
  readonly tasks: readonly TaskRow[]
  readonly theme: string
  readonly version: number
  readonly words: LengthWords
}

export function LengthChart({ tasks, theme, version, words }: LengthChartProps) {
  const finished = tasks
    .filter(({ end, started, finished }) => end === 'finished' && started !== null && finished !== null)
    .sort((a, b) => a.finished! - b.finished!)
  const lengthOf = (task: TaskRow) => task.finished! - task.started!
  const configure = (colours: Readonly<Record<'ink' | 'ink-2' | 'grid', string>>, font: string): SmallConfiguration => {
    const ticks = { color: colours['ink-2'], font: { family: font, size: 12 } }
    const title = (text: string) => ({ display: true, text, color: colours['ink-2'], font: { family: font, size: 12 } })
    return {
      type: 'scatter',
      data: {
        datasets: [
          {
            label: words.place,
            data: finished.map((task, index) => ({ x: lengthOf(task), y: index + 1 })),
            pointRadius: 4,
            pointBackgroundColor: colours.ink,
            pointBorderColor: colours.ink,
          },
        ],
      },
      options: {
        layout: { padding: { top: 8, right: 16, bottom: 4, left: 8 } },
        scales: {
          x: {
            type: 'linear',
            min: 0,
            title: title(words.length),
            grid: { color: colours.grid },
            border: { display: false },
            ticks,
          },
          y: {
            type: 'linear',
            min: 0,
            suggestedMax: tasks.length,
            title: title(words.place),
            grid: { color: colours.grid },
            border: { display: false },
            ticks: { ...ticks, precision: 0, maxTicksLimit: 6 },
          },
        },
      },
    }
  }
  const label = finished.map((task, index) => words.point(task.name, lengthOf(task).toFixed(1), index + 1)).join(' ')
  return <SmallChart configure={configure} changes={[finished.length, theme, version, words]} label={label || words.place} />
}
