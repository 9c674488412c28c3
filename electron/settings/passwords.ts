/**
 * Passwords of addresses, by scenario and parameter, each as the whole address. All are known for this run of the app; of the last ones the
 * ciphertexts may be kept, where the system can encrypt for this user alone.
 */
import { type Parameters, withoutPassword } from '#protocol/parameters'

/** The system's keyring. It may ask the person, so it is used only when there is a password. Its functions throw where it fails. */
export interface Keyring {
  isAvailable(): boolean
  encrypt(text: string): Buffer
  decrypt(bytes: Buffer): string
}

/** Base64, by scenario and parameter. */
export type Ciphertexts = Readonly<Record<string, Readonly<Record<string, string>>>>

interface Password {
  /** Null: not yet read from its ciphertext, or it cannot be. */
  address: string | null
  /** Null: for this run only. */
  readonly ciphertext: string | null
}

export interface PasswordsOptions {
  /** Null: this host has none. */
  readonly keyring: Keyring | null
  readonly ciphertexts: Ciphertexts
  /** A password was given that will be forgotten with this run. */
  readonly onNotKept: () => void
}

export class Passwords {
  readonly #options: PasswordsOptions
  readonly #all: Map<string, Map<string, Password>>

  constructor(options: PasswordsOptions) {
    this.#options = options
    const scenarios = Object.entries(options.ciphertexts).map(([scenario, names]) => {
      const passwords = Object.entries(names).map(([name, ciphertext]) => [name, { address: null, ciphertext }] as const)
      return [scenario, new Map<string, Password>(passwords)] as const
    })
    this.#all = new Map(scenarios)
  }

  /** Null: all of the scenario go. A value that stands as it stood, without its password, keeps the one that is known. */
  change(scenario: string, values: Parameters | null, before: Parameters): void {
    if (values === null) this.#all.delete(scenario)
    const names = this.#all.get(scenario) ?? new Map<string, Password>()
    for (const [name, value] of Object.entries(values ?? {})) {
      if (typeof value !== 'string' || value === before[name] || value === names.get(name)?.address) continue
      if (withoutPassword(value) === value) names.delete(name)
      else names.set(name, { address: value, ciphertext: this.#encrypt(value) })
    }
    if (names.size > 0) this.#all.set(scenario, names)
  }

  /** `values` with the passwords that are known of them. */
  completed(scenario: string, values: Parameters): Parameters {
    const entries = Object.entries(values).map(([name, value]) => {
      const address = this.#addressOf(scenario, name)
      return [name, address !== null && withoutPassword(address) === value ? address : value] as const
    })
    return Object.fromEntries(entries)
  }

  get ciphertexts(): Ciphertexts {
    const scenarios = [...this.#all].map(([scenario, names]) => {
      const kept = [...names].flatMap(([name, { ciphertext }]) => (ciphertext === null ? [] : [[name, ciphertext] as const]))
      return [scenario, Object.fromEntries(kept)] as const
    })
    return Object.fromEntries(scenarios.filter(([, kept]) => Object.keys(kept).length > 0))
  }

  #addressOf(scenario: string, name: string): string | null {
    const password = this.#all.get(scenario)?.get(name)
    if (!password) return null
    if (password.ciphertext !== null) password.address ??= this.#decrypt(password.ciphertext)
    return password.address
  }

  #encrypt(address: string): string | null {
    const { keyring } = this.#options
    try {
      if (keyring?.isAvailable()) return keyring.encrypt(address).toString('base64')
    } catch {
      // As where there is none. What the error says is not passed on: it comes from where the password is.
    }
    this.#options.onNotKept()
    return null
  }

  /** Null where another user, another machine or a locked keyring cannot read it: then the engine asks for the password by its address. */
  #decrypt(ciphertext: string): string | null {
    const { keyring } = this.#options
    try {
      return keyring?.isAvailable() ? keyring.decrypt(Buffer.from(ciphertext, 'base64')) : null
    } catch {
      return null
    }
  }
}
