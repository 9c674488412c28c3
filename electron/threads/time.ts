import { here } from './context'
import { noResource } from './controlBlock'

/** `time.sleep`: holds the calling thread for so many programme seconds. On a loop's thread it holds the loop. */
export function blockingSleep(seconds: number): void {
  here().block('sleeping', '', noResource, () => false, seconds)
}

/** `print`: a line in the run's output, tied to the moment and the lane. */
export function print(text: string): void {
  here().output(text)
}
