/** Draws at most once per animation frame, and only when something asked for it. */
export class Frame {
  private pending: number | null = null

  constructor(private readonly draw: (time: number) => void) {}

  request(): void {
    this.pending ??= requestAnimationFrame((time) => {
      this.pending = null
      this.draw(time)
    })
  }

  cancel(): void {
    if (this.pending !== null) cancelAnimationFrame(this.pending)
    this.pending = null
  }
}
