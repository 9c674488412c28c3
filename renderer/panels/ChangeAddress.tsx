/** Stops the run and leads to the field with the address of its queue. */
import { t } from '../locales'
import type { RunView } from '../state'
import { changeAddress } from '../state/actions'

export function ChangeAddress({ run }: { readonly run: RunView }) {
  const words = t().redis
  const change = () => {
    changeAddress(run)
    const field = document.querySelector<HTMLInputElement>('input[name="url"]')
    field?.focus()
    field?.select()
  }
  return (
    <button type="button" class="button quiet" title={words.changeAddressTitle} onClick={change}>
      {words.changeAddress}
    </button>
  )
}
