/** Entry of the worker behind every Thread: knows all scenarios, so that functions cross threads by name. */
import '../loop/eventLoop'
import { registerScenarios } from '../scenarios/index'
import { liveAsThread } from './nestedThread'

registerScenarios()
liveAsThread()
