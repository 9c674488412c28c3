/** Chart.js, as much of it as our charts need. Got by `loadChart` alone. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
} from 'chart.js'
import { SpanController, SpanElement } from './spanController'

Chart.register(
  SpanController,
  SpanElement,
  LineController,
  LineElement,
  BarController,
  BarElement,
  PointElement,
  LinearScale,
  CategoryScale,
  ScatterController,
)

export { Chart }
