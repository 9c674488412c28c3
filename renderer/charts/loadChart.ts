/** Chart.js is a third of the page's code, and what is read and pressed first needs none of it: a file of its own, which the first chart asks for. */
type Library = typeof import('./chartJs')

let loading: Promise<Library | null> | null = null
let isMissed = false
let tell: () => void = () => undefined

/** `listener` is called when the file cannot be had, once until it can. */
export function whenChartIsMissing(listener: () => void): void {
  tell = listener
}

/** Null where the file cannot be had, such as in a browser whose server has ended; the next drawing tries again. */
export function loadChart(): Promise<Library | null> {
  loading ??= import('./chartJs').then(
    (library) => {
      isMissed = false
      return library
    },
    () => {
      loading = null
      if (!isMissed) tell()
      isMissed = true
      return null
    },
  )
  return loading
}
