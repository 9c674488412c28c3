/** What the page is told of the view: what is seen, at most once a second, and whether a live run goes on out of sight. */
import type { TimeView } from '../model/timeView'

export interface ViewNews {
  /** The view or what is in it changed; at most once a second. */
  picture(t0: number, t1: number): void
  /** The live run goes on where it is not seen, or it is seen again. */
  held(held: boolean): void
}

/** ms */
const pictureEvery = 1000

export class Told {
  private pictureAt = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | null = null
  private held = false

  constructor(
    private readonly view: TimeView,
    private readonly news: ViewNews,
  ) {}

  /** After each frame; `time` in ms. */
  tell(time: number, live: boolean): void {
    const held = live && !this.view.automatic
    if (held !== this.held) {
      this.held = held
      this.news.held(held)
    }
    this.tellPicture(time)
  }

  destroy(): void {
    if (this.timer !== null) clearTimeout(this.timer)
  }

  /** At once if the last time is long ago, else as soon as it is: the last view must not stay untold. */
  private tellPicture(time: number): void {
    const wait = this.pictureAt + pictureEvery - time
    if (wait > 0) {
      this.timer ??= setTimeout(() => {
        this.timer = null
        this.tellPicture(performance.now())
      }, wait)
      return
    }
    this.pictureAt = time
    this.news.picture(this.view.t0, this.view.t1)
  }
}
