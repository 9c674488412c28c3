/** The command that any Redis client understands, and beside it the button that does the same. */
import type { ScenarioInfo } from '#protocol/catalogue'
import { t } from '../locales'
import { pushText, type RunView } from '../state'
import { push, pushValues, typePush } from '../state/actions'
import { textOf } from '../state/parameters'
import { redisCommand } from '../state/redisCommand'
import { ChangeAddress } from './ChangeAddress'
import { CopyButton } from './CopyButton'
import { PushIcon } from './icons'

interface PushBoxProps {
  readonly scenario: ScenarioInfo
  /** Undefined while nothing runs: then the command can be read and copied, and nothing pushed. */
  readonly run: RunView | undefined
}

export function PushBox({ scenario, run }: PushBoxProps) {
  const words = t().redis
  const text = pushText.value ?? words.pushDefault
  const values = pushValues(text)
  const inMemory = run?.source?.status.phase === 'memory'
  const command = inMemory ? null : commandOf(scenario, run, values)
  const connected = ['consuming', 'paused', 'watching'].includes(run?.source?.status.phase ?? '') || inMemory
  const submit = (event: Event) => {
    event.preventDefault()
    if (run && connected) push(run, text)
  }
  const hint = !run ? words.hintIdle : command?.passwordLeftOut ? words.hintPassword : null
  return (
    <>
      <form class="push" onSubmit={submit}>
        {command && (
          <div class="command">
            <span class="prompt" aria-hidden="true">
              {words.prompt}
            </span>
            <code data-command>{command.line}</code>
            <CopyButton text={command.line} title={words.copyTitle}>
              {words.copy}
            </CopyButton>
          </div>
        )}
        <input
          class="values"
          value={text}
          aria-label={words.values}
          title={words.values}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={values.length === 0}
          onInput={(event) => typePush(event.currentTarget.value)}
        />
        <button
          type="submit"
          class="button push-button"
          disabled={!connected || values.length === 0}
          title={values.length === 0 ? words.badValues : undefined}
        >
          <PushIcon />
          <span>{words.push}</span>
        </button>
        {run && <ChangeAddress run={run} />}
      </form>
      {hint && <span class="hint">{hint}</span>}
    </>
  )
}

/** Of the run that goes on, else of what the fields say; no command where the address is no address. */
function commandOf(scenario: ScenarioInfo, run: RunView | undefined, values: readonly string[]) {
  const value = (name: string) => {
    const info = scenario.parameters.find((parameter) => parameter.name === name)
    return String(run?.info.parameters[name] ?? (info ? textOf(scenario.id, info) : ''))
  }
  const source = run?.source?.status
  const url = source?.privateServer === 'inUse' ? `redis://${source.address}` : value('url')
  const command = redisCommand(url, value('queue'), values)
  return command.ok ? command.value : null
}
