/** What keys and pointer do. */
import { Fragment } from 'preact'
import { t } from '../locales'

export function KeysTable() {
  const { keys, keysOf, pointer } = t().legendPage
  const rows: readonly (readonly [keyof typeof keysOf, readonly (readonly string[])[]])[] = [
    ['run', [[pointer.space]]],
    ['zoom', [['W', 'S'], ['Shift + ↑', 'Shift + ↓'], [pointer.wheel]]],
    ['pan', [['A', 'D'], ['Shift + ←', 'Shift + →'], [pointer.drag]]],
    ['frame', [[pointer.shiftDrag]]],
    ['measure', [[pointer.axisDrag], ['R']]],
    ['fit', [['F']]],
    ['reset', [['0'], [pointer.double]]],
    ['history', [[',', '.']]],
    ['hit', [['[', ']']]],
    ['failure', [['N', 'Shift + N']]],
    ['move', [['←', '→', '↑', '↓']]],
    ['edge', [['Home', 'End']]],
    ['clear', [[pointer.escape]]],
    ['heads', [['↑', '↓']]],
    ['farHeads', [['PageUp', 'PageDown', 'Home', 'End']]],
    ['enter', [['→', '←'], ['Enter']]],
    ['fold', [['C']]],
    ['pin', [['P']]],
    ['order', [['Alt + ↑', 'Alt + ↓'], [pointer.drag]]],
    ['filter', [['L']]],
    ['minimap', [['M']]],
    ['find', [['/']]],
    ['panels', [['\\']]],
  ]
  return (
    <table class="keys">
      <caption>{keys}</caption>
      <tbody>
        {rows.map(([name, ways]) => (
          <tr key={name}>
            <th scope="row">
              {ways.map((way, i) => (
                <Fragment key={way.join()}>
                  {i > 0 && <span class="or">·</span>}
                  {way.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </Fragment>
              ))}
            </th>
            <td>{keysOf[name]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
