/**
 * A Redis of the app's own, for where none answers: one for all runs of an engine. It listens on loopback only, on a port that was free, keeps its
 * data in the host's folder and ends with the process that started it, however that ends. Nothing here is loaded into a worker, and no Redis client.
 */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { LocalText } from '#protocol/catalogue'
import { failure, type Result, success } from '#protocol/result'
import { claimFolder, type Folder } from './privateFolder'
import { answered, end, freePort, launch, type Running } from './privateProcess'

const programs = ['redis-server', 'valkey-server']
/** An app that was not started from a shell does not get its PATH on macOS. */
const beyondPath = process.platform === 'darwin' ? ['/opt/homebrew/bin', '/usr/local/bin'] : []
/** A program that is installed meanwhile is found after so long. */
const lookAgainMs = 2000

export class PrivateServer {
  #running: Running | null = null
  #starting: Promise<Result<string, LocalText>> | null = null
  #closed = false
  #program: string | null = null
  #lookedAt = Number.NEGATIVE_INFINITY

  /** `onEnd` is called when the server ended by itself. */
  constructor(
    private readonly dataDir: string,
    private readonly onEnd: () => void,
    private readonly path = process.env['PATH'] ?? '',
  ) {}

  /** `127.0.0.1:40123`; null while it does not run. */
  get address(): string | null {
    return this.#running && !this.#starting ? `127.0.0.1:${this.#running.port}` : null
  }

  /** Whether there is a program that could be started. */
  get available(): boolean {
    if (performance.now() - this.#lookedAt > lookAgainMs) {
      this.#lookedAt = performance.now()
      this.#program = process.platform === 'win32' ? null : findProgram(this.path)
    }
    return this.#program !== null
  }

  /** Resolves to its address when it answers; at once where it runs already. The problem is one sentence. */
  start(): Promise<Result<string, LocalText>> {
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null
    })
    return this.#starting
  }

  /** Resolves when it is gone, within some two seconds; it cannot be started again. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#starting
    const running = this.#running
    if (running) await end(running)
  }

  async #start(): Promise<Result<string, LocalText>> {
    const { address } = this
    if (this.#running) return success(address ?? `127.0.0.1:${this.#running.port}`)
    if (!this.available || !this.#program)
      return failure({
        en: `Neither ${programs.join(' nor ')} is on the PATH.`,
        zh: `PATH 中没有 ${programs.join('，也没有 ')}。`,
      })
    let folder: Folder
    try {
      mkdirSync(this.dataDir, { recursive: true, mode: 0o700 })
      folder = claimFolder(this.dataDir)
    } catch (error) {
      const { message } = error as Error
      return failure({
        en: `The data of a private Redis cannot be kept in ${this.dataDir}: ${message}.`,
        zh: `私有 Redis 的数据无法保存在 ${this.dataDir}：${message}。`,
      })
    }
    const port = await freePort()
    const running = launch(this.#program, port, folder)
    this.#running = running
    void running.ended.then(() => {
      this.#running = null
      folder.release()
      if (!this.#closed) this.onEnd()
    })
    const answers = await Promise.race([answered(running), running.ended.then(() => false)])
    if (answers && !this.#closed) return success(`127.0.0.1:${port}`)
    await end(running)
    const log = join(folder.path, 'redis.log')
    return failure({
      en: `${this.#program} was started and did not answer; it wrote why into ${log}.`,
      zh: `${this.#program} 已启动，但没有回答；原因写在 ${log} 里。`,
    })
  }
}

function findProgram(path: string): string | null {
  const folders = [...path.split(delimiter).filter(Boolean), ...(path ? beyondPath : [])]
  const files = programs.flatMap((name) => folders.map((folder) => join(folder, name)))
  return files.find(isExecutable) ?? null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Not there, or not for us: both mean that it cannot be started.
    return false
  }
}
