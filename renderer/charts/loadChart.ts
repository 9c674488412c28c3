/** Chart.js is a third of the page's code, and what is read and pressed first needs none of it: a file of its own, which the first chart asks for. */
type Library = typeof import('./chartJs')

let loading: Promise<Library> | null = null

/** Rejects where the file cannot be had, such as a browser version whose server has ended; the next drawing tries again. */
export function loadChart(): Promise<Library> {
  loading ??= import('./chartJs').catch((error: unknown) => {
    loading = null
    throw error
  })
  return loading
}
