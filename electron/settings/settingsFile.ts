/** Settings in a file of the app's folder: read once at the start, written soon after a change and at the end. */
import { join } from 'node:path'
import { writeWhole } from './atomicFile'
import { KeptSettings } from './keptSettings'
import { codeOf, load } from './load'
import { notWritable } from './notices'
import type { Keyring } from './passwords'
import { type KnownScenario, type WindowBounds, writeContent } from './schema'

/** Changes that come together are written together. */
const pauseMillis = 300

export interface SettingsFileOptions {
  /** Absolute; made when something is written. */
  readonly folder: string
  readonly scenarios: readonly KnownScenario[]
  /** Null: the host has none. */
  readonly keyring: Keyring | null
  /** Gets each sentence that belongs on the console. */
  readonly say: (sentence: string) => void
}

export class SettingsFile {
  readonly settings: KeptSettings
  readonly #file: string
  readonly #mayWrite: boolean
  #window: WindowBounds | null
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()
  #written = ''

  constructor({ folder, scenarios, keyring, say }: SettingsFileOptions) {
    this.#file = join(folder, 'settings.json')
    const { content, notice, isStale, mayWrite } = load(this.#file, scenarios)
    this.#mayWrite = mayWrite
    this.#window = content.window
    this.settings = new KeptSettings(content, keyring)
    this.settings.onNotice(({ en }) => say(en))
    this.settings.onChange(() => this.#writeSoon())
    if (notice) this.settings.say(notice)
    if (isStale) this.#writeSoon()
  }

  get window(): WindowBounds | null {
    return this.#window
  }
  set window(bounds: WindowBounds | null) {
    this.#window = bounds
    this.#writeSoon()
  }

  /** Resolves when everything is written, or was said to be impossible. */
  async close(): Promise<void> {
    if (this.#timer) this.#write()
    await this.#writing
  }

  #writeSoon(): void {
    if (this.#mayWrite) this.#timer ??= setTimeout(() => this.#write(), pauseMillis)
  }

  #write(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const text = writeContent({ ...this.settings.kept, window: this.#window })
    if (text === this.#written) return
    this.#written = text
    this.#writing = this.#writing
      .then(() => writeWhole(this.#file, text))
      .catch((error: unknown) => {
        this.#written = ''
        this.settings.say(notWritable(this.#file, codeOf(error)))
      })
  }
}
