import { spansCsv } from '#protocol/spanRows'
import type { Exporter } from './exporter'

export const csv: Exporter = { id: 'csv', type: 'text/csv;charset=utf-8', write: (document) => spansCsv(document) }
