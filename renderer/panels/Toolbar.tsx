/** The row on top: what starts, stops and paces a run, and what changes the window. */

import { local, locale, locales, t } from '../locales'
import { connection, panelsOpen, place, speed, themeSetting } from '../state'
import {
  chooseLocale,
  chooseSpeed,
  nextThemeSetting,
  run,
  speeds,
  stop,
  toggleContrast,
  togglePanels,
  toggleSidebar,
} from '../state/actions'
import { chosen, contrastOn, contrastSet, isOver, shown, shownLive, sidebarOpen, whyNoRun } from '../state/derived'
import { ExportMenu } from './ExportMenu'
import { ChevronIcon, ContrastIcon, PanelsIcon, PlayIcon, SidebarIcon, StopIcon, ThemeIcon } from './icons'

export function Toolbar() {
  const words = t().toolbar
  return (
    <header class="toolbar">
      {!sidebarOpen.value && (
        <button
          type="button"
          class="button quiet icon-only"
          title={words.openSidebar}
          aria-label={words.openSidebar}
          onClick={toggleSidebar}
        >
          <SidebarIcon />
        </button>
      )}
      <RunButton />
      <StopButton />
      <label class="speed">
        <span>{words.speed}</span>
        <span class="chosen">
          <select value={String(speed.value)} onChange={(event) => chooseSpeed(Number(event.currentTarget.value))}>
            {[...new Set([...speeds, speed.value])]
              .sort((a, b) => a - b)
              .map((factor) => (
                <option key={factor} value={String(factor)}>
                  {words.speedOf(factor)}
                </option>
              ))}
          </select>
          <ChevronIcon />
        </span>
      </label>
      <ContrastButton />
      <span class="gap" />
      <ExportMenu />
      {place.value.kind === 'programme' && (
        <button
          type="button"
          class="button quiet worded"
          aria-pressed={panelsOpen.value}
          title={panelsOpen.value ? words.hidePanels : words.showPanels}
          onClick={togglePanels}
        >
          <PanelsIcon />
          <span>{words.panels}</span>
        </button>
      )}
      {locales.length > 1 && <LanguageButton />}
      <button
        type="button"
        class="button quiet icon-only"
        title={t().theme[themeSetting.value]}
        aria-label={t().theme[themeSetting.value]}
        onClick={nextThemeSetting}
      >
        <ThemeIcon setting={themeSetting.value} />
      </button>
    </header>
  )
}

/** Each language calls itself by its own name, so that it is found by whoever reads only that one. */
function LanguageButton() {
  const next = locales[(locales.indexOf(locale.value) + 1) % locales.length]!
  const title = t().toolbar.language
  return (
    <button type="button" class="button quiet" title={title} aria-label={title} onClick={() => chooseLocale(next)}>
      中 / EN
    </button>
  )
}

function RunButton() {
  const words = t().toolbar
  const why = whyNoRun.value
  return (
    <button
      type="button"
      class={why ? 'button run' : 'button run primary'}
      aria-keyshortcuts="Space"
      disabled={why !== null}
      title={why ?? undefined}
      onClick={run}
    >
      <PlayIcon />
      <span>{isOver.value ? words.runAgain : words.run}</span>
      {!why && (
        <span class="keycap" aria-hidden="true">
          {words.space}
        </span>
      )}
    </button>
  )
}

function StopButton() {
  const words = t().toolbar
  const live = shownLive.value
  const stopping = live && shown.value.every((one) => one.info.phase === 'stopping')
  return (
    <button
      type="button"
      class="button stop"
      aria-keyshortcuts="Space"
      disabled={!live || stopping || connection.value.phase !== 'connected'}
      onClick={stop}
    >
      <StopIcon />
      <span>{stopping ? words.stopping : words.stop}</span>
      {live && !stopping && (
        <span class="keycap" aria-hidden="true">
          {words.space}
        </span>
      )}
    </button>
  )
}

/** Stays where it is for every programme, so that the row does not jump; where there is nothing to contrast it says so. */
function ContrastButton() {
  const words = t().toolbar
  const set = contrastSet.value
  const names = set.map((scenario) => local(scenario.title)).join(t().sentence.list)
  const why = !chosen.value
    ? words.whyNot.nothingChosen
    : set.length === 0
      ? words.contrastNone
      : shownLive.value
        ? words.whyNot.busy
        : null
  return (
    <button
      type="button"
      class={contrastOn.value ? 'button contrast on' : 'button contrast'}
      aria-pressed={contrastOn.value}
      disabled={why !== null}
      title={why ?? words.contrastTitle(names)}
      onClick={toggleContrast}
    >
      <ContrastIcon />
      <span>{words.contrast}</span>
    </button>
  )
}
