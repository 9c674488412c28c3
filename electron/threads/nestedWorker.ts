/** Entry of the worker behind every Thread: knows all scenarios, so that functions cross threads by name. */
import { rehearseLoop } from '../loop/rehearsal'
import { registerScenarios } from '../scenarios/index'
import { liveAsThread } from './nestedThread'

/** A programme's loop is on one of its first threads; of many threads each would take milliseconds. */
const rehearsed = 2

registerScenarios()
liveAsThread({
  rehearse: ({ slot }) => {
    if (slot <= rehearsed) rehearseLoop()
  },
})
