/** The page on which nothing has run: words, three ways to begin, and the axis that will be filled. */

import { Key } from '../charts/Key'
import { Timeline } from '../charts/Timeline'
import { t } from '../locales'
import { catalogue, connection } from '../state'
import { chooseAndRun } from '../state/actions'
import { drawnTheme } from '../state/theme'
import { ContrastIcon, PlayIcon } from './icons'
import { Lost } from './Lost'
import { Rich } from './Rich'

/** The three starts, by what they run; one whose programme the engine does not have is left out. */
const starts = [
  { id: 'sync-scheduling', contrast: true, title: 'contrastTitle', text: 'contrastText', action: 'contrastRun' },
  { id: 'threads', contrast: false, title: 'threadsTitle', text: 'threadsText', action: 'threadsRun' },
  { id: 'redis-queue', contrast: false, title: 'redisTitle', text: 'redisText', action: 'redisRun' },
] as const

export function Empty() {
  const words = t().start
  const phase = connection.value.phase
  const there = starts.filter((start) => catalogue.value.some((scenario) => scenario.id === start.id))
  return (
    <>
      <div class="hello">
        <h1>{phase === 'connecting' ? t().connection.connecting : words.title}</h1>
        <p class="text">{phase === 'connecting' ? t().connection.connectingText : <Rich text={words.text} />}</p>
        {phase === 'lost' && <Lost />}
        <ul class="starts">
          {there.map((start) => (
            <li key={start.id}>
              <h2>{words[start.title]}</h2>
              <p>{words[start.text]}</p>
              <button
                type="button"
                class={start.contrast ? 'button primary' : 'button'}
                disabled={phase !== 'connected'}
                data-start={start.id}
                onClick={() => chooseAndRun(start.id, start.contrast)}
              >
                {start.contrast ? <ContrastIcon /> : <PlayIcon />}
                <span>{words[start.action]}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div class="chart" aria-hidden="true">
        <Timeline
          runs={[]}
          version={0}
          theme={drawnTheme.value}
          selection={null}
          onSelect={() => undefined}
          words={t().timeline}
          height={150}
          panelsOpen
          placeholder={['main', 'loop', 'task']}
        />
      </div>
      <div class="will-see">
        <span>{words.youWillSee}</span>
        <Key
          runs={[]}
          version={0}
          theme={drawnTheme.value}
          words={t().timeline}
          scale={0}
          items={['created', 'ready', 'running', 'sleeping', 'waiting', 'suspended']}
        />
      </div>
    </>
  )
}
