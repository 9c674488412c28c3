/** The fields of a programme's parameters. What is wrong with a text stands below its field while it is wrong. */
import type { ScenarioInfo } from '#protocol/catalogue'
import { local, t } from '../locales'
import { keepParameter, resetParameters, setParameter } from '../state/actions'
import { concurrency, limited } from '../state/derived'
import { type Field, fieldsOf, isReset } from '../state/parameters'
import { ChevronIcon } from './icons'

export function Parameters({ scenario }: { readonly scenario: ScenarioInfo }) {
  const fields = fieldsOf(scenario)
  if (fields.length === 0) return null
  const wrong = fields.filter((field) => field.problem !== null)
  return (
    <form class="parameters" aria-label={t().heading.parameters} onSubmit={(event) => event.preventDefault()}>
      <div class="fields">
        {fields.map((field) => (
          <FieldInput key={field.info.name} scenario={scenario} field={field} />
        ))}
        {!isReset(scenario) && (
          <button
            type="button"
            class="button quiet reset"
            title={t().heading.resetTitle}
            onClick={() => resetParameters(scenario)}
          >
            {t().heading.reset}
          </button>
        )}
      </div>
      {wrong.map(({ info, problem }) => (
        <p key={info.name} class="problem" id={problemId(info.name)} role="alert">
          {problem && local(problem)}
        </p>
      ))}
    </form>
  )
}

const problemId = (name: string) => `problem-${name}`

/** Wide enough for its text, so that a short value does not get a long box; it grows while one types. */
const widthOf = (text: string) => `${Math.min(Math.max(text.length + 1, 4), 40)}ch`

function FieldInput({ scenario, field: { info, text, problem } }: { readonly scenario: ScenarioInfo; readonly field: Field }) {
  const holdsNow = info.name === concurrency && limited(scenario) !== undefined
  if (info.kind === 'choice')
    return (
      <label class="field">
        <span>{info.name}</span>
        <span class="chosen">
          <select
            name={info.name}
            value={text}
            onChange={(event) => {
              setParameter(scenario.id, info.name, event.currentTarget.value)
              keepParameter(scenario, info)
            }}
          >
            {(info.choices ?? []).map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
          <ChevronIcon />
        </span>
      </label>
    )
  return (
    <label class={problem ? 'field wrong' : 'field'} title={holdsNow ? t().limits.concurrencyTitle : undefined}>
      <span>{info.name}</span>
      <input
        name={info.name}
        value={text}
        size={1}
        style={{ width: `calc(${widthOf(text)} + 18px)` }}
        spellcheck={false}
        autocomplete="off"
        inputMode={info.kind === 'integer' || info.kind === 'seconds' ? 'decimal' : 'text'}
        aria-invalid={problem !== null}
        aria-describedby={problem ? problemId(info.name) : undefined}
        onInput={(event) => setParameter(scenario.id, info.name, event.currentTarget.value)}
        onChange={() => keepParameter(scenario, info)}
      />
    </label>
  )
}
