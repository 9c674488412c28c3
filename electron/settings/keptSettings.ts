/** Settings while the app runs, wherever they are kept afterwards. */
import type { LocalText } from '#protocol/catalogue'
import type { Undo } from '#protocol/channel'
import type { Parameters } from '#protocol/parameters'
import { changed, defaultSettings, publicChange, type Settings, type SettingsChange } from '#protocol/settings'
import type { SettingsStore } from '../engine/engine'
import { passwordNotKept } from './notices'
import { type Ciphertexts, type Keyring, Passwords } from './passwords'

export interface Kept {
  readonly settings: Settings
  readonly passwords: Ciphertexts
}

export class KeptSettings implements SettingsStore {
  #settings: Settings
  readonly #passwords: Passwords
  readonly #notices: LocalText[] = []
  readonly #noticeListeners = new Set<(notice: LocalText) => void>()
  readonly #changeListeners = new Set<() => void>()

  constructor({ settings, passwords }: Kept, keyring: Keyring | null) {
    this.#settings = settings
    this.#passwords = new Passwords({ keyring, ciphertexts: passwords, onNotKept: () => this.say(passwordNotKept) })
  }

  get settings(): Settings {
    return this.#settings
  }
  /** What may be written. */
  get kept(): Kept {
    return { settings: this.#settings, passwords: this.#passwords.ciphertexts }
  }

  change(change: SettingsChange): void {
    for (const [scenario, values] of Object.entries(change.parameters ?? {})) {
      this.#passwords.change(scenario, values, this.#settings.parameters[scenario] ?? {})
    }
    this.#settings = changed(this.#settings, publicChange(change))
    for (const listener of this.#changeListeners) listener()
  }

  withPasswords(scenario: string): Parameters {
    return this.#passwords.completed(scenario, this.#settings.parameters[scenario] ?? {})
  }

  onNotice(listener: (notice: LocalText) => void): Undo {
    for (const notice of this.#notices) listener(notice)
    this.#noticeListeners.add(listener)
    return () => this.#noticeListeners.delete(listener)
  }

  onChange(listener: () => void): Undo {
    this.#changeListeners.add(listener)
    return () => this.#changeListeners.delete(listener)
  }

  /** Each sentence once. */
  say(notice: LocalText): void {
    if (this.#notices.some(({ en }) => en === notice.en)) return
    this.#notices.push(notice)
    for (const listener of this.#noticeListeners) listener(notice)
  }
}

/** For tests and whatever else starts anew each time. */
export const memorySettings = (settings: Settings = defaultSettings) => new KeptSettings({ settings, passwords: {} }, null)
