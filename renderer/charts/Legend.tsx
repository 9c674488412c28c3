/** The legend: every word with its drawing in two lane sizes and merged, its meaning and its second cue. */
import '../style/timeline.css'
import { ends, states } from '#protocol/vocabulary'
import { drawDense, drawSample, type LegendItem, sampleHeight, sampleWidth } from './legendSamples'
import { Swatch } from './Swatch'
import type { LegendWords } from './words'

export interface LegendProps {
  readonly words: LegendWords
  readonly theme: string
}

const groups: readonly { readonly name: keyof LegendWords['groups']; readonly items: readonly LegendItem[] }[] = [
  { name: 'states', items: states },
  { name: 'ends', items: [...ends, 'loopBlocked'] },
  {
    name: 'marks',
    items: ['mainEnd', 'join', 'message', 'retry', 'push', 'stop', 'loopLife', 'callback', 'note', 'lost', 'uncertainty'],
  },
]
const denseItems: readonly LegendItem[] = [...states, 'failed', 'cancelled', 'killed', 'loopBlocked']

export function Legend({ words, theme }: LegendProps) {
  const { heads } = words
  return (
    <table class="legend">
      <thead>
        <tr>
          {[heads.word, heads.normal, heads.compact, heads.dense, heads.meaning, heads.cue].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(({ name, items }) => (
        <tbody key={name}>
          <tr>
            <th class="group" colSpan={6} scope="rowgroup">
              {words.groups[name]}
            </th>
          </tr>
          {items.map((item) => (
            <Row key={item} item={item} words={words} theme={theme} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Row({ item, words, theme }: LegendProps & { readonly item: LegendItem }) {
  const { word, meaning, cue } = words.rows[item]
  return (
    <tr>
      <th class="word" scope="row">
        {word}
      </th>
      {([28, 14] as const).map((lane) => (
        <td key={lane}>
          <Swatch
            width={sampleWidth}
            height={sampleHeight(item, lane)}
            lane={lane}
            theme={theme}
            draw={(pen, m) => drawSample(pen, m, item, words)}
          />
        </td>
      ))}
      <td>
        {denseItems.includes(item) && (
          <Swatch width={44} height={14} lane={14} theme={theme} draw={(pen, m) => drawDense(pen, m, item)} />
        )}
      </td>
      <td>{meaning}</td>
      <td class="cue">{cue}</td>
    </tr>
  )
}
