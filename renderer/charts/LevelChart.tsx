/** Curves under the lanes, on the time axis of the lanes: how long a queue was. */
import type { ComponentChildren } from 'preact'
import { curveOf, levelNames } from '../model/levels'
import type { RunStore } from '../model/runStore'
import { headWidth, rightSpace } from './layout'
import { SmallChart, type SmallConfiguration } from './smallChart'

export interface LevelChartProps {
  /** What follows the pointer, over the curves. */
  readonly children?: ComponentChildren
  readonly store: RunStore
  readonly view: { readonly t0: number; readonly t1: number; readonly width: number }
  readonly theme: string
  readonly version: number
  readonly words: LevelWords
}

export interface LevelWords {
  /** Beside the curve: "queue: length". */
  readonly name: (level: string) => string
  /** For a screen reader: "Length of queue: now 3, at most 10." */
  readonly picture: (level: string, now: number, most: number) => string
}

/** Dashes tell several curves apart without colour. */
const dashes = [[], [6, 3], [2, 2]]

export function LevelChart({ store, view, theme, version, words, children }: LevelChartProps) {
  const { levels } = store
  const names = levelNames(levels)
  const most = levels.reduce((highest, { value }) => Math.max(highest, value), 1)
  const configure = (colours: Readonly<Record<'ink' | 'ink-2' | 'grid', string>>, font: string): SmallConfiguration => ({
    type: 'line',
    data: {
      datasets: names.map((name, index) => ({
        label: name,
        data: curveOf(levels, name, view.t0, view.t1, view.width, store.now),
        stepped: 'before',
        borderColor: colours.ink,
        borderWidth: 1.5,
        borderDash: dashes[index % dashes.length]!,
        pointRadius: 0,
        parsing: false,
        normalized: true,
      })),
    },
    options: {
      layout: { padding: { top: 6, right: rightSpace, bottom: 4, left: 0 } },
      scales: {
        x: { type: 'linear', display: false, min: view.t0, max: view.t1 },
        y: {
          type: 'linear',
          min: 0,
          max: most,
          border: { display: false },
          grid: { color: colours.grid, drawTicks: false },
          ticks: { color: colours['ink-2'], font: { family: font, size: 11 }, precision: 0, padding: 6 },
          afterBuildTicks: (scale) => {
            scale.ticks = [{ value: 0 }, { value: most }]
          },
          // The curve stands exactly under the lanes.
          afterFit: (scale) => {
            scale.width = headWidth
          },
        },
      },
    },
  })
  return (
    <div class="levels">
      <p class="levels-name" aria-hidden="true">
        {names.map(words.name).join(', ')}
      </p>
      <SmallChart
        configure={configure}
        changes={[store, version, theme, view.t0, view.t1, view.width]}
        label={names
          .map((name) => words.picture(name, levels.filter((level) => level.name === name).at(-1)?.value ?? 0, most))
          .join(' ')}
      />
      {children}
    </div>
  )
}
