/** Everything that a run can be saved as, in the order of the menu. */
import { csv } from './csv'
import type { Exporter } from './exporter'
import { json } from './json'

export type { Exporter } from './exporter'

export const exporters: readonly Exporter[] = [csv, json]
