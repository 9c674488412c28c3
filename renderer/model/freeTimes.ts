/** From when on each of many rows is free, and the first that is at a moment: a tree of least times, for a lane may have tens of thousands of rows. */
export class FreeTimes {
  /** Row `i` is at `room + i`; a node has the least time of the two below it. */
  private least: Float64Array
  private room = 1
  private used = 0

  constructor(times: readonly number[]) {
    while (this.room < times.length) this.room *= 2
    this.least = new Float64Array(2 * this.room).fill(Infinity)
    this.least.set(times, this.room)
    this.used = times.length
    for (let node = this.room - 1; node > 0; node--) this.gather(node)
  }

  push(time: number): void {
    if (this.used === this.room) {
      const times = this.least.slice(this.room)
      this.room *= 2
      this.least = new Float64Array(2 * this.room).fill(Infinity)
      this.least.set(times, this.room)
      for (let node = this.room - 1; node > 0; node--) this.gather(node)
    }
    this.set(this.used++, time)
  }

  set(row: number, time: number): void {
    let node = this.room + row
    this.least[node] = time
    for (node >>= 1; node > 0; node >>= 1) this.gather(node)
  }

  /** The first row that is free at that time; −1: none is. */
  first(time: number): number {
    if (!(this.least[1]! <= time)) return -1
    let node = 1
    while (node < this.room) node = this.least[2 * node]! <= time ? 2 * node : 2 * node + 1
    return node - this.room
  }

  private gather(node: number): void {
    this.least[node] = Math.min(this.least[2 * node]!, this.least[2 * node + 1]!)
  }
}
