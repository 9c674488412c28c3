/** Entry of the browser host: what `npm start` runs where there is no Electron, and what the tests run. */
import { serve } from './serve'

serve(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error('Loopscope: the browser host failed:', error)
    process.exit(1)
  },
)
