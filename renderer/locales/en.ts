/**
 * Every text of the page, in English. Texts are plain strings or functions of values that are already written out (a time comes as `6.001 s`).
 * One file, however long: a translator sees all of a language at once. `**…**` is set bold and `` `…` `` in the code font; see panels/Rich.tsx. Texts of the programmes come from the engine's catalogue.
 */
import type { End } from '#protocol/vocabulary'
import type { HistogramWords } from '../charts/HistogramChart'
import type { LengthWords } from '../charts/LengthChart'
import type { LevelWords } from '../charts/LevelChart'
import type { OrderWords } from '../charts/OrderChart'
import type { LegendWords, TimelineWords } from '../charts/words'
import { si } from '../model/format'

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many)
const countOfRuns = (runs: number) => ['', 'one run', 'two runs', 'three runs', 'four runs'][runs] ?? `${runs} runs`
const number = (value: number) => value.toLocaleString('en')
const percent = (share: number) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)}\u00a0%`

/** What there is one of, and no name. */
const isThe = new Set(['queue', 'loop', 'pool'])

/** The vocabulary: one word for each state, end and mark, wherever the page names it. */
const states = {
  created: 'created',
  ready: 'ready',
  running: 'running',
  sleeping: 'sleeping',
  waiting: 'waiting',
  suspended: 'suspended',
}
const ends = { finished: 'finished', failed: 'failed', cancelled: 'cancelled', killed: 'killed', pending: 'pending' }
const marks = {
  loopBlocked: 'loop blocked',
  mainEnd: 'main ends',
  join: 'join',
  message: 'message reaches main',
  retry: 'failed attempt',
  push: 'pushed from here',
  stop: 'stopped by you',
  loopLife: 'loop runs',
  callback: 'callback',
  note: 'note',
  lost: 'marks lost',
  uncertainty: 'end known to lie in here',
}

export const en = {
  app: {
    name: 'Loopscope',
    skip: 'Go to the chart',
    main: 'Programme',
  },
  toolbar: {
    run: 'Run',
    runAgain: 'Run again',
    stop: 'Stop',
    stopping: 'Stopping',
    space: 'space',
    speed: 'Speed',
    speedOf: (factor: number) => `${factor}×`,
    contrast: 'Contrast',
    contrastTitle: (names: string) => `Runs together, on one time axis: ${names}`,
    contrastNone: 'This programme has no counterpart to contrast with.',
    panels: 'Panels',
    hidePanels: 'Hide the panels below the chart (\\)',
    showPanels: 'Show the panels below the chart (\\)',
    language: '中 / EN: language of the page',
    openSidebar: 'Show the list of programmes',
    closeSidebar: 'Hide the list of programmes',
    whyNot: {
      nothingChosen: 'Pick a programme first.',
      invalid: (names: string) => `Not ready to run: check ${names}.`,
      notConnected: 'The engine is not connected.',
      busy: 'This programme is running.',
    },
  },
  export: {
    title: 'Export',
    kinds: { csv: 'Bars as CSV, for a spreadsheet', json: 'The whole run as JSON' },
    png: (scale: number) => `Picture as PNG, ${scale}×`,
    svg: 'Picture as SVG',
    nothing: 'Nothing has run yet.',
    failed: (problem: string) => `The picture could not be made: ${problem}`,
    tooLarge: (width: string, height: string) =>
      `The picture would be ${width} × ${height} pixels, more than can be drawn. Save a smaller one, or the bars as CSV.`,
    picture: {
      range: (from: string, to: string) => `${from} to ${to} of programme time`,
      total: (time: string) => `total ${time}`,
      filter: (text: string) => `only lanes with “${text}” in their name`,
      lost: (marks: number) => (marks === 0 ? 'no mark was lost' : marks === 1 ? '1 mark was lost' : `${marks} marks were lost`),
      described:
        'A summary: bars that share a pixel are merged, and the gravest of their ends is marked: failed before killed before cancelled. The exact times are in the CSV and the JSON of the run.',
    },
    whenOver: 'Can be saved when the run is over.',
    whenHere: 'Can be saved when all of the run has arrived.',
    tooLong: 'This run is too long for one file of that kind. Save its bars as CSV.',
  },
  theme: {
    system: 'Theme: as the system',
    light: 'Theme: light',
    dark: 'Theme: dark',
  },
  sidebar: {
    label: 'Programmes',
    legend: 'Legend',
    groups: {
      threads: 'Threads',
      scheduling: 'Scheduling',
      redis: 'Redis',
      coroutines: 'Coroutines, tasks, futures',
      loop: 'The life of a loop',
      http: 'Waiting for HTTP',
      developer: 'Developer',
    },
    running: 'running',
    contrastPlace: (place: number, of: number) => `${place} of ${of} in the contrast`,
  },
  heading: {
    ideal: (time: string) => `ideal ${time}`,
    reported: (figure: string) => `reported elsewhere: ${figure}`,
    endless: 'runs until it is stopped',
    measuredTotal: 'measured total',
    soFar: 'so far',
    unit: 's',
    parameters: 'Parameters',
    reset: 'Reset',
    resetTitle: 'Put all values of this programme back to their defaults',
  },
  start: {
    title: 'Nothing has run yet.',
    text: 'Pick a programme and press **Run**. Loopscope really runs it, on real threads and a real event loop, and draws when each task was ready, ran, waited and ended.',
    contrastTitle: '9 s or 6 s?',
    contrastText: 'The same two sleeps, blocking and awaited, under one axis. Takes 9 seconds.',
    contrastRun: 'Run the contrast',
    threadsTitle: 'What outlives main?',
    threadsText: 'Threads, daemon threads and join: who keeps the process up, who is torn off.',
    threadsRun: 'Run Threads',
    redisTitle: 'A queue of your own',
    redisText: 'Push numbers into a Redis list and watch them become tasks. Works without Redis, too.',
    redisRun: 'Run Redis queue',
    youWillSee: 'you will see',
  },
  idle: {
    ready: 'Press **Run** or the space bar. Every bar will come from a measurement.',
    readyContrast: (count: number) =>
      `Press **Run** or the space bar: the ${count} programmes start together and share one axis.`,
    table: 'The tasks appear here while the programme runs.',
    output: 'What the programme prints appears here.',
  },
  connection: {
    connecting: 'Connecting to the engine…',
    connectingText: 'The programmes appear as soon as it answers.',
    connected: 'engine ready',
    live: 'Live',
    lostTitle: 'The engine is gone.',
    lostText: (attempt: number, time: string) =>
      `The connection was lost. Attempt ${attempt + 1} is in **${time}**; what the engine has recorded comes back with it. If Loopscope was closed, start it again and open the address that it prints.`,
    lostNow: 'The connection was lost. Trying again now.',
    lostShort: 'engine not connected',
    retry: 'Try now',
  },
  sentence: {
    label: 'What happened',
    /** Between two sentences, between clauses, and between names. */
    gap: ' ',
    comma: ', ',
    list: ', ',
    preparing: 'Warming its threads before the clock starts.',
    running: (time: string) => `Running for **${time}**.`,
    runningHeld: (time: string, holder: string, ready: string, count: number) =>
      `Running for **${time}**; **${holder}** holds the loop, **${ready}** ${plural(count, 'is', 'are')} ready.`,
    runningTasks: (time: string, running: number) =>
      `Running for **${time}**; ${number(running)} ${plural(running, 'task is', 'tasks are')} not finished.`,
    queue: (time: string, inFlight: number, finished: number, failed: number) =>
      `Running for **${time}**; ${number(inFlight)} ${plural(inFlight, 'task is', 'tasks are')} in flight, ${number(finished)} finished` +
      `${failed > 0 ? `, ${number(failed)} failed` : ''}.`,
    queueEmpty: (time: string) => `Running for **${time}**; no task has come yet.`,
    watched: (time: string, inFlight: number | null, finished: number, failed: number) => {
      const running = inFlight === null ? '' : `; ${number(inFlight)} ${plural(inFlight, 'task is', 'tasks are')} in flight`
      const ended =
        finished + failed > 0 ? `; ${number(finished)} finished meanwhile${failed > 0 ? `, ${number(failed)} failed` : ''}` : ''
      return `Looking on for **${time}**${running}${ended}.`
    },
    watchedUnseen: (time: string) => `Looking for **${time}**; the queue has not been seen yet.`,
    watchedBefore: (time: string) => `Looking for **${time}**; the server does not answer now: what is shown was seen before.`,
    unknownSince: (time: string) => `What happened after **${time}** is not known here until the engine is back.`,
    stopping: 'Stopping: its threads are leaving.',
    finished: (time: string, ideal: string) => `Finished in **${time}**; the ideal is ${ideal}.`,
    finishedNoIdeal: (time: string) => `Finished in **${time}**.`,
    stopped: (time: string) => `Stopped by you at **${time}**.`,
    stoppedOpen: (time: string, killed: number) =>
      `Stopped by you at **${time}**; ${number(killed)} ${plural(killed, 'task was', 'tasks were')} cut off.`,
    failed: (problem: string) => `The run failed: ${problem}`,
    taskFailed: (task: string, problem: string) => `**${task}** failed: ${problem}`,
    killed: (task: string, time: string) => `**${task}** was killed at **${time}**, before it could finish.`,
    killedWithMain: (time: string, killed: number) =>
      `main ended at **${time}**; its ${number(killed)} daemon ${plural(killed, 'thread was killed', 'threads were killed')} with it.`,
    lost: (count: number, lane: string, from: string, until: string) =>
      `**${number(count)}** ${plural(count, 'mark was', 'marks were')} dropped on **${lane}** between **${from}** and **${until}**. What happened there is unknown.`,
    lostOften: (count: number, places: number, lane: string, from: string) =>
      `**${number(count)}** marks were dropped in ${number(places)} places, first on **${lane}** at **${from}**. What happened there is unknown.`,
    outlived: (time: string, total: string) =>
      `main ended at **${time}**; the programme stayed up until its last thread ended at **${total}**.`,
    blocked: (holder: string, time: string, ready: number) =>
      `**${holder}** held the loop for **${time}** while ${number(ready)} ${plural(ready, 'task was', 'tasks were')} ready.`,
    pending: (task: string, count: number) =>
      count === 1
        ? `**${task}** was left pending: neither finished nor failed.`
        : `**${number(count)}** tasks were left pending: neither finished nor failed.`,
    noted: (time: string, note: string) => `Note at **${time}**: ${note}`,
    readyOnly: (task: string, ready: string) => `**${task}** has been ready since **${ready}** and has not begun.`,
    compareWith: (name: string) => `Compare with ${name}`,
  },
  insights: {
    loopBlocked: (task: string, ready: string, started: string, other: string, held: string, others: number) =>
      `**${task}** was ready at **${ready}** and began at **${started}**, because **${other}** held the loop for **${held}**` +
      `${others > 0 ? `, and ${number(others)} other ${plural(others, 'task', 'tasks')} held it, too` : ''}.`,
    stillBlocked: (task: string, ready: string, other: string) =>
      `**${task}** has been ready since **${ready}** and cannot run, because **${other}** holds the loop.`,
    waitedForJoin: (task: string, start: string, waited: string, other: string) =>
      `From **${start}** on **${task}** waited **${waited}** in join, until **${other}** had ended.`,
    waitsForJoin: (task: string, start: string, other: string) =>
      `Since **${start}** **${task}** waits in join for **${other}** to end.`,
    waitedForLoop: (task: string, start: string, waited: string) =>
      `From **${start}** on **${task}** waited **${waited}** in the call that runs the loop, until the loop stopped.`,
    waitedForLoopUntil: (task: string, start: string, waited: string, other: string) =>
      `From **${start}** on **${task}** waited **${waited}** in the call that runs the loop, until it stopped; **${other}** was the last to end on it.`,
    waitedForLoopStoppedBy: (task: string, start: string, waited: string, other: string) =>
      `From **${start}** on **${task}** waited **${waited}** in the call that runs the loop, until **${other}** stopped it.`,
    waitsForLoop: (task: string, start: string) =>
      `Since **${start}** **${task}** waits in the call that runs the loop: its next line is reached when the loop stops.`,
    startedAfterJoin: (task: string, started: string, maker: string, other: string, until: string) =>
      `**${task}** was not started before **${started}**, because **${maker}** waited in join for **${other}** until **${until}**.`,
    waitedForItem: (task: string, start: string, waited: string) =>
      `From **${start}** on **${task}** waited **${waited}** for an item of the queue.`,
    waitedForItemOf: (task: string, start: string, waited: string, other: string) =>
      `From **${start}** on **${task}** waited **${waited}** for an item of the queue; **${other}** put it.`,
    waitsForItem: (task: string, start: string) => `Since **${start}** **${task}** waits for an item of the queue.`,
    leftPending: (task: string, doing: string) => `**${task}** was still ${doing} when its programme ended; it never finished.`,
    leftPendingAtStop: (task: string, doing: string, stopped: string) =>
      `**${task}** was still ${doing} when the loop stopped at **${stopped}**; it was left pending, neither finished nor failed.`,
    leftPendingBy: (task: string, doing: string, stopped: string, other: string) =>
      `**${task}** was still ${doing} when **${other}** stopped the loop at **${stopped}**; it was left pending, neither finished nor failed.`,
    killedWithMain: (task: string, at: string, mainEnd: string) =>
      `**${task}** is a daemon thread: main ended at **${mainEnd}**, the process with it, and **${task}** was killed by **${at}**.`,
    serverBusy: (task: string, start: string, waited: string, other: string) =>
      `**${task}** was at the server at **${start}** and waited **${waited}**, because the server was answering **${other}**.`,
    neverSuspended: (task: string, held: string, ready: number) =>
      `**${task}** held the loop for **${held}** and never suspended, while ${number(ready)} ${plural(ready, 'task was', 'tasks were')} ready.`,
    neverScheduled: (task: string, created: string, ready: string) =>
      `**${task}** existed from **${created}** on, and nobody scheduled it before **${ready}**: until then nothing of it ran.`,
    notScheduled: (task: string, created: string) =>
      `**${task}** has existed since **${created}** and nobody has scheduled it: nothing of it runs.`,
    onTime: (task: string, started: string, finished: string) =>
      `**${task}** began at **${started}**, as soon as it was ready, and ended at **${finished}**.`,
    firstOnTime: (task: string, started: string, finished: string) =>
      `**${task}** was the first on its thread: it began at **${started}** and ended at **${finished}**. There is nothing to explain.`,
    unexplained: (task: string, ready: string, started: string) =>
      `**${task}** was ready at **${ready}** and began at **${started}**. No task of this programme was in its way: the machine was late.`,
    begun: (task: string, started: string) => `**${task}** began at **${started}** and has not ended.`,
  },
  tasks: {
    title: 'Tasks',
    caption: 'Tasks, in seconds of the programme',
    columns: {
      task: 'task',
      ready: 'ready',
      started: 'started',
      finished: 'finished',
      waited: 'waited',
      ran: 'ran',
      suspended: 'suspended',
      end: 'end',
    },
    find: 'Find',
    findLabel: 'Find tasks by name, function, state, end or error',
    findTitle: 'By name, function, state, end or error (/). Enter: the next, Shift+Enter: the one before, Esc: all again',
    found: (count: number, of: number) => `${number(count)} of ${number(of)}`,
    noneFound: 'No task has that in its name, function, state, end or error.',
    noneFiltered: 'No task fits what is asked for above.',
    sorting: 'sorting…',
    searching: 'searching…',
    outcome: 'What became of the tasks in the table',
    allOutcomes: 'all ends',
    outcomes: { ...ends, goesOn: 'going on' },
    lane: 'Lane of the tasks in the table',
    allLanes: 'all lanes',
    tooManyLanes: (count: number) => `${number(count)} lanes are too many for a list: find tasks by name`,
    sortBy: (column: string) => `Sort by “${column}”; again: the other way round; a third time: as they were made`,
    noValue: '—',
    seconds: 'Seconds of the programme.',
    messages: (delays: string) => `Seconds. Message to main: ${delays}.`,
    messageAfter: (delay: string, task: string) => `${delay} after ${task}`,
    messageBefore: (time: string, task: string) => `${time} before ${task} had returned`,
  },
  moments: {
    title: 'Marks',
    of: (mark: string, what: string) => `${mark}: ${what}`,
    after: (text: string, time: string) => `${text}, ${time} after its end`,
    before: (text: string, time: string) => `${text}, ${time} before its end`,
    loopStart: 'loop begins to run',
    loopStop: 'loop stops',
    lost: (count: number, until: string) =>
      `${number(count)} ${plural(count, 'mark', 'marks')} lost until ${until}: the recorder was full`,
    more: (count: number) => `${number(count)} earlier marks are not listed.`,
  },
  code: {
    label: 'Code and output',
    typescript: 'TypeScript',
    python: 'Python',
    output: 'Output',
    figure: 'Order',
    fleet: 'Fleet',
    statistics: 'Statistics',
    side: 'Output and statistics',
    theTextThatRan: 'the text that ran',
    theTextThatWillRun: 'the text that will run',
    theSameInPython: 'the same, to paste and run',
    copy: { typescript: 'Copy the code', python: 'Copy Python' },
    neverReached: 'never reached',
    copied: 'Copied.',
    notCopied: 'The system did not allow copying.',
    nothingPrinted: 'Nothing was printed.',
    more: (count: number) => `${number(count)} earlier lines are not shown.`,
  },
  statistics: {
    idle: 'How long the tasks waited and ran appears here while the programme runs.',
    caption: 'How long the tasks waited and ran',
    /** "12 tasks between 1 s and 2 s:" */
    of: (tasks: number, which: string) => `${number(tasks)} ${plural(tasks, 'task', 'tasks')}${which}:`,
    range: (from: string, to: string) => ` between ${from} and ${to}`,
    function: (name: string) => ` of ${name}`,
    all: ' in all',
    ended: (end: End | 'goesOn', tasks: number) => `${number(tasks)} ${end === 'goesOn' ? 'going on' : ends[end]}`,
    comma: ', ',
    number,
    percent,
    figures: { count: 'tasks', p50: 'p50', p95: 'p95', p99: 'p99', longest: 'longest' },
    journey: {
      caption: 'Items of the queue outside the loop',
      inRedis: 'in Redis',
      toStart: 'claimed to start',
      toSettled: 'end to confirmed',
      note: 'Of every item, none left out. In Redis: by the producers’ clocks, of what came in an envelope.',
      ahead: (items: number) =>
        `${number(items)} of them ${plural(items, 'was', 'were')} pushed after ${plural(items, 'its claim', 'their claims')} by a clock that is ahead, and ${plural(items, 'is', 'are')} not counted there.`,
    },
    held: 'How much of the measured time each lane’s thread was taken',
    moreLanes: (lanes: number) => `and ${number(lanes)} more lanes`,
    note: 'p95: 95 of 100 tasks took no longer than that. For fewer tasks: select one, and those with the same function are counted; or drag on the time axis.',
    histogram: {
      tasks: 'tasks',
      picture: (of, bins) => `${of}: ${bins.map(({ from, to, count }) => `${number(count)} from ${from} to ${to}`).join(', ')}`,
      units: si,
    } satisfies HistogramWords as HistogramWords,
  },
  journey: {
    label: (task: string) => `The way of ${task} from the queue to its acknowledgement`,
    parts: {
      inRedis: 'waited in Redis',
      handedOver: 'from the claim to the loop',
      ready: 'ready',
      ran: 'ran',
      told: 'until Redis was told',
      settled: 'until it confirmed',
    },
    buried: 'until it was a dead letter',
    suspended: (time: string) => `, suspended ${time} of it`,
    goesOn: ' so far',
    push: {
      known: () => 'When it was pushed is by its producer’s clock.',
      ahead: (time: string) =>
        `By its producer’s clock it was pushed ${time} after it was claimed: that clock is ahead of this one.`,
      untimed: () =>
        'When it was pushed is not known: the time in its envelope is no number of µs since 1970 within a year of now.',
      emptyBefore: () =>
        'When it was pushed is not known, since it came without an envelope; when the queue was last looked at before, it was empty.',
      none: () => 'When it was pushed is not known, since it came without an envelope.',
    },
    unsettled: 'Redis has not confirmed its end.',
    whole: (time: string) => `The ribbon is ${time} long.`,
  },
  figure: {
    idle: 'The order of the tasks appears here while the programme runs.',
    order: {
      columns: ['start', 'finish', 'result'],
      picture: (start, finish, result) => `Order of start: ${start}. Order of finish: ${finish}. Order of results: ${result}.`,
    } satisfies OrderWords as OrderWords,
    length: {
      length: 'length, seconds',
      place: 'finished as number',
      point: (task, seconds, place) => `${task}, ${seconds} s, finished as number ${place}.`,
    } satisfies LengthWords as LengthWords,
    level: {
      name: (level) => `${level}: length`,
      picture: (level, now, most) => `Length of ${level}: now ${number(now)}, at most ${number(most)}.`,
    } satisfies LevelWords as LevelWords,
    levelAt: (level: string | null, value: number) => (level === null ? number(value) : `${level}: ${number(value)}`),
  },
  synthetic: {
    label: (seed: number) => `synthetic: made up from seed ${seed}, not measured`,
    sentence: (seed: number, spans: number, lanes: number) =>
      `**Synthetic: made up from seed ${seed}, not measured.** ${number(spans)} ${plural(spans, 'span', 'spans')} on ${number(lanes)} ${plural(lanes, 'lane', 'lanes')}; nothing here has run.`,
    total: 'made-up total',
    ready: 'Press **Run** or the space bar. The run will be made up: no bar of it comes from a measurement.',
    made: (come: number, all: number) => `**${number(come)}** of **${number(all)}** synthetic spans have arrived.`,
    come: (come: number, all: number) => `**${number(come)}** of **${number(all)}** bars and marks of this run have arrived.`,
    progress: 'How much of the run has arrived',
    cancel: 'Cancel',
    cancelTitle: 'Stops making the run and throws away what has arrived',
  },
  status: {
    label: 'How this was measured',
    marks: (marks: number) => `${number(marks)} ${plural(marks, 'mark', 'marks')}, none dropped`,
    marksDropped: (marks: number, dropped: number) =>
      `${number(marks)} ${plural(marks, 'mark', 'marks')}, ${number(dropped)} dropped`,
    markCost: (time: string) => `a mark costs ${time}`,
    clock: (time: string) => `clock ± ${time}`,
    timers: (largest: string) => `timers ≤ ${largest} late`,
    realTime: 'real time, 1×',
    speed: (factor: number, time: string) => `played at ${factor}×, real ${time}`,
    warm: (threads: number) => `${number(threads)} ${plural(threads, 'thread', 'threads')} warm`,
    oneZero: (runs: number) => `${countOfRuns(runs)}, one t = 0`,
    zeroAt: (runs: number, moment: string) => `${countOfRuns(runs)}, 0 is: ${moment}`,
    oneByOne: (runs: number) =>
      `${number(runs)} runs, one after another: together they need more threads than this machine can run`,
    apart: (time: string) => `started together, ${time} apart`,
    unreadable: (count: number) => `${number(count)} ${plural(count, 'message', 'messages')} of the engine could not be read`,
    redisConnected: (address: string) => `connected to ${address}`,
    redisUnreachable: 'Redis not reachable',
    redisAttempt: (attempt: number, time: string) => `attempt ${number(attempt)} in ${time}`,
    redisMemory: 'a queue in memory, not Redis',
    legend: 'Every state is told by height and pattern, not by colour alone.',
  },
  measured: {
    title: 'How this was measured',
    close: 'Close',
    lead: 'Nothing here is simulated. Whenever a task changes its state, its thread writes down the time; such a mark is where one bar ends and the next begins, so that every bar comes from two marks on one clock. All threads read the same clock of the process.',
    notKnown:
      'A bar is as long as it was, not as long as it was meant to be: a sleep lasts until its thread has a processor again, and the figure on the bar includes that.',
    names: {
      clock: 'Clock',
      marks: 'Marks',
      lost: 'Losses',
      killed: 'Killed ends',
      speed: 'Speed',
      time: 'Time',
      timers: 'Timers',
      late: 'Lateness',
      apart: 'Common zero',
    },
    clock: (error: string) =>
      `Two threads that look at the clock agree within **± ${error}**: half of the shortest round trip between them that was seen. What lies closer together may have happened in either order.`,
    clockElsewhere: (error: string) =>
      `Bars of workers elsewhere come from their own clocks. Each worker compares its clock with the server’s, and so does this window; with both errors they are placed to **± ${error}** at worst. What runs here is far closer.`,
    clockUnknown: 'How far two threads agree was not measured in this run: no two of them could be compared.',
    marks: (count: number) => `**${number(count)}** ${plural(count, 'mark', 'marks')} so far.`,
    marksCost: (count: number, cost: string, all: string) =>
      `**${number(count)}** ${plural(count, 'mark', 'marks')}. One costs **${cost}**, timed in this programme’s own thread before it began; all of them together ${all}, spread over its threads.`,
    timers: (count: number, median: string, largest: string) =>
      count === 1
        ? `**1** sleep, timer or timeout ended by its due time, **${largest}** late.`
        : `**${number(count)}** sleeps, timers and timeouts ended by their due time: half of them at most **${median}** late, none more than **${largest}**.`,
    timersBusy: 'A timer that came due while its loop was busy is not counted: what held the loop is on the chart.',
    noTimers: 'No sleep, timer or timeout has ended by its due time yet.',
    noneLost: 'No mark was dropped.',
    lost: (count: number) =>
      `**${number(count)}** ${plural(count, 'mark was', 'marks were')} dropped, because a thread wrote faster than its recorder was emptied. What happened there is unknown.`,
    killed: (count: number, widest: string) =>
      `A killed thread cannot say when it ended. ${number(count)} ${plural(count, 'end is', 'ends are')} known to lie between the last moment at which the thread was seen alive and the moment at which its programme was gone, at most **${widest}** apart; the whisker on the bar shows both.`,
    realSpeed: 'Real time, 1×: a second of the programme is a second.',
    speed: (factor: number, millisecond: string) =>
      `Played at **${factor}×**: each sleep is that much shorter, and what was measured is written that much longer. So an error of 1 ms in reality is ${millisecond} on the axis.`,
    realTime: (time: string) => `**${time}**, in the programme and in reality.`,
    time: (programme: string, real: string) => `**${programme}** of the programme, **${real}** in reality.`,
    late: (time: string) =>
      `It took **${time}** of real time more than the ideal. That is what starting threads, timers that ring late, hand-overs and marks cost together.`,
    apart: (time: string) => `The runs that share the axis began at most **${time}** apart.`,
  },
  contrast: {
    label: 'Contrast',
    against: 'against',
    unit: 's',
    running: 'running…',
    waiting: 'not started',
    failed: 'failed',
    stopped: 'stopped',
    sentence: (totals: string) => `The runs took ${totals}.`,
    explain: {
      syncAsync: (sleeps: string) => `The same sleeps, ${sleeps}. Blocking, they **add up**. Awaited, the **longest** decides.`,
      threads: (threads: number) =>
        `${number(threads)} ${plural(threads, 'thread', 'threads')}, the same sleeps. Only what main does differs.`,
      other: 'Started together, drawn on one axis.',
      /** After one of the above. */
      unended: (programme: string, task: string, count: number) =>
        count === 1
          ? `In “${programme}” **${task}** did not end: its total is not that of all the work.`
          : `In “${programme}” **${number(count)}** tasks did not end: its total is not that of all the work.`,
    },
    align: {
      at: 'Align at',
      whenOver: 'Once all runs are over, they can be aligned at any moment that they share.',
      lacks: (note: string) => `${note}; it has no such moment and is aligned at its start`,
    },
    moments: {
      start: 'start',
      mainEnd: 'main’s end',
      failure: 'first failure',
      message: 'Message',
      ready: 'Task is ready',
      started: 'Task begins',
      finished: 'Task ends',
    },
    and: ' and ',
    combined: 'Tasks of all runs, in seconds of the programme',
  },
  redis: {
    label: 'Queue',
    prompt: '$',
    copy: 'Copy',
    copyTitle: 'Copy the command',
    hintIdle: 'Once the programme runs, type this in any Redis client.',
    hintPassword: 'It asks for the password, which is shown nowhere.',
    values: 'Values to push',
    push: 'Push',
    pushDefault: '5 3 1',
    badValues: 'Give at least one value, separated by spaces.',
    figures: {
      finished: 'finished',
      failed: 'failed',
      inFlight: 'in flight',
      waiting: 'in the list',
      consumers: 'consumers',
      deadLetters: 'dead letters',
    },
    unknown: '—',
    connecting: (address: string) => `Connecting to Redis at ${address}…`,
    askTitle: (queue: string, items: string) => `The list \`${queue}\` already holds ${items}.`,
    askText:
      'Loopscope can take them and run each as a task, or leave every item where it is and only watch how many there are. Nothing has been moved.',
    watch: 'Watch only',
    consume: 'Consume them',
    items: (count: number | null) => (count === null ? 'items' : `${number(count)} ${plural(count, 'item', 'items')}`),
    watching: (queue: string, count: string) =>
      `Watching \`${queue}\`: it holds ${count}, and nothing is taken from it. Stop and run again to consume.`,
    unreachableTitle: (address: string) => `Redis at ${address} does not answer.`,
    unreachableText: (attempts: number, time: string) =>
      `${number(attempts)} ${plural(attempts, 'attempt', 'attempts')} so far. Loopscope goes on trying; the next attempt is in **${time}**. The programme keeps running and nothing is lost: what is pushed meanwhile stays in the list.`,
    unreachableNow:
      'Trying again now. The programme keeps running and nothing is lost: what is pushed meanwhile stays in the list.',
    refusedTitle: (address: string) => `Redis at ${address} refused.`,
    refusedText:
      'It answered, but cannot do now what a queue needs, for the reason below. Nothing is lost. Loopscope goes on trying; once that is put right, try now.',
    wrongKeyTitle: (queue: string) => `The queue “${queue}” cannot be used.`,
    wrongKeyText:
      'Redis answered, and something else is kept under a key that is needed. Give another name in `queue` above and run again; or, once the reason below is put right, try now.',
    refusedUserText:
      'It answered and did not let Loopscope in. Change the address, if user or password in it are wrong, and run again; or change Redis, then try now.',
    tryNow: 'Try now',
    changeAddress: 'Change address',
    changeAddressTitle: 'Stops this run; then another address can be given',
    readdressed: 'This run was stopped. Put another address into `url` above and run again.',
    useMemory: 'Use an in-memory queue',
    startPrivate: 'Start a private Redis',
    usePrivate: 'Use the private Redis',
    privateServer: (address: string) =>
      `A Redis of Loopscope’s own, at \`${address}\`: only this machine reaches it, it ends with the app, and what is in it stays.`,
    memory: 'Using a queue in memory: it ends with the run, and only this window can push.',
    memoryTitle: 'This is not Redis.',
    recovered: (count: number) =>
      `${number(count)} ${plural(count, 'item', 'items')} that an earlier run had taken ${plural(count, 'was', 'were')} put back and ${plural(count, 'runs', 'run')} first.`,
    help: {
      startTitle: 'Start a Redis',
      startText:
        'With Docker: `docker run -p 6379:6379 redis`. With a package: `redis-server`. It is picked up at the next attempt.',
      otherTitle: 'Or use another one',
      otherText: 'Change the address and run again. A password in it is shown nowhere.',
      withoutTitle: 'Or go without',
      withoutText: 'The in-memory queue behaves the same for this lesson. It ends with the run, and only this window can push.',
    },
  },
  watch: {
    idle: 'Run it to look at a queue that others work on: commands that only read are sent, and none other.',
    unreachableText: (attempts: number, time: string) =>
      `${number(attempts)} ${plural(attempts, 'attempt', 'attempts')} so far; the next is in **${time}**. Until then nothing new is known of the queue, and nothing there is changed by looking.`,
    unreachableNow:
      'Trying again now. Nothing new is known of the queue until it answers, and nothing there is changed by looking.',
    refusedText:
      'Redis answered, but the queue cannot be looked at, for the reason below. Nothing there was changed. Put that right and try now, or change address or queue and run again.',
    watching: (queue: string) => `Looking at \`${queue}\`: nothing is taken from it and nothing is written.`,
    facts: 'The queue in figures',
    unknown: '—',
    oldest: (time: string) => `oldest waiting for ${time}`,
    oldestUnknown: 'oldest: not known',
    growth: (perSecond: string) => `length changes by ${perSecond} /s`,
    rates: (started: string, ended: string) => `${started} begun and ${ended} ended /s`,
    retry: (retry: number, suspects: number) =>
      `${number(retry)} to run again, ${number(suspects)} ${plural(suspects, 'suspect', 'suspects')}`,
    lost: (frames: number) => `${number(frames)} ${plural(frames, 'frame', 'frames')} of the feed lost`,
    refused: (records: number) => `${number(records)} ${plural(records, 'record', 'records')} with impossible times left out`,
    fleetIdle: 'Who takes from the queue appears here while the programme runs.',
    fleetUnseen: 'Who takes from the queue is not known yet.',
    nobody: 'No consumer is known.',
    fleetCaption:
      'Counted since this window began to look. Lost: frames of its feed; clock: against the server’s; heard: so long ago.',
    columns: {
      worker: 'worker',
      host: 'host · process',
      running: 'running',
      finished: 'finished',
      failed: 'failed',
      lost: 'lost',
      clock: 'clock',
      heard: 'heard',
    },
    notMeasured: 'not measured',
    justNow: 'just now',
    moreWorkers: (count: number) => `${number(count)} more ${plural(count, 'worker is', 'workers are')} not listed.`,
    sent: (count: number) => `What was sent to the server: ${number(count)} ${plural(count, 'command', 'commands')}`,
    sentText: 'All of them only read. The time is from sending to the answer, as it was measured here.',
    sentColumns: { command: 'command', count: 'times', refused: 'refused', mean: 'mean', longest: 'longest' },
  },
  limits: {
    label: 'How much is taken',
    pause: 'Pause',
    pauseTitle: 'Take nothing more; what runs goes on',
    resume: 'Resume',
    resumeTitle: 'Take tasks again',
    concurrencyTitle: 'At most so many tasks at once, from now on',
    paused: (waiting: number | null, inFlight: number) =>
      `**Paused**: nothing is taken. ${waiting === null ? 'How many wait is not known' : `${number(waiting)} ${plural(waiting, 'waits', 'wait')} in the list`}` +
      `${inFlight > 0 ? `; ${number(inFlight)} still ${plural(inFlight, 'runs', 'run')}` : ''}.`,
  },
  dead: {
    open: (count: number) => `${number(count)} dead ${plural(count, 'letter', 'letters')}`,
    openTitle: 'Tasks that cannot be run are kept with their payload and the reason',
    title: 'Dead letters',
    close: 'Close',
    lead: (queue: string) =>
      `A dead letter is a task of \`${queue}\` that was set aside, so that it does not hold up the others: it failed, or one consumer after another died while it ran it. Redis keeps it whole. **Retry** puts it back into the queue; it can also be saved as a file, or deleted.`,
    find: 'Find',
    findLabel: 'Find dead letters',
    findTitle: 'In the reason, the payload, the consumer or the number',
    count: (count: number) => `${number(count)} dead ${plural(count, 'letter', 'letters')}.`,
    found: (count: number, more: boolean) => `${number(count)} found${more ? ' so far' : ''}.`,
    chosen: (count: number) => `${number(count)} chosen.`,
    searched: (done: number, total: number) => `Looked through ${number(done)} of ${number(total)}…`,
    loading: 'Looking…',
    none: 'There are no dead letters.',
    noneFound: 'In no dead letter does this stand in the reason, the payload, the consumer or the number.',
    caption: 'Dead letters, the newest first',
    columns: { at: 'when', task: 'task', reason: 'reason', payload: 'payload', deaths: 'deaths', consumer: 'consumer' },
    deathsTitle: 'Consumers that died with it',
    choose: (name: string) => `Choose ${name}`,
    chooseAll: 'Choose all that are listed',
    unnamed: (at: string) => `the one of ${at}`,
    unknown: '—',
    notOurs: 'Its first line cannot be read: Loopscope did not write it, and it cannot be retried.',
    empty: '(empty)',
    detail: 'The whole letter',
    size: (bytes: number, cut: boolean) =>
      `${number(bytes)} ${plural(bytes, 'byte', 'bytes')}${cut ? '; the beginning is shown, the export has all' : ''}`,
    more: 'Show more',
    retry: (count: string) => `Retry ${count}`,
    retryTitle: 'Put the payload back into the queue, as a push does, and take the letter away, both at once',
    exportAs: (count: string) => `Export ${count}`,
    exportTitle: 'Save as JSON, with every payload whole',
    clear: (count: string) => `Delete ${count}`,
    some: (count: number) => `${number(count)} chosen`,
    all: (count: number) => `all ${number(count)}`,
    allFound: 'all found',
    confirm: (count: string, find: string) =>
      `Delete ${count}${find ? ` with “${find}”` : ''} for good? What is deleted is kept nowhere else.`,
    confirmYes: 'Delete for good',
    confirmNo: 'Keep them',
    doing: { retry: 'Putting back…', clear: 'Deleting…', export: 'Reading…', list: 'Looking…' },
    doneSoFar: (done: number) => `${number(done)} so far.`,
    retried: (done: number, missing: number, kept: number) =>
      `${number(done)} went back into the queue.${deadRest(missing, kept)}`,
    cleared: (done: number, missing: number, kept: number) =>
      `${number(done)} ${plural(done, 'was', 'were')} deleted.${deadRest(missing, kept)}`,
    exported: (done: number) => `${number(done)} ${plural(done, 'was', 'were')} saved.`,
    engineGone: 'The engine is gone, so what became of this is not known. Open the dead letters again when it is back.',
    wrongAnswer: 'The engine answered something else than was asked: load the page again.',
    away: 'Redis is not connected: the letters cannot be changed until it is back.',
    over: 'The run has ended: run it again to change the letters.',
  },
  notices: {
    label: 'Notices',
    dismiss: 'Dismiss',
    refused: (problem: string) => `The engine did not do it: ${problem}`,
    unknownScenario: (id: string) => `There is no programme called “${id}”.`,
    noChart:
      'The part of the page that draws charts could not be loaded: make sure that Loopscope is still running, then load the page again.',
  },
  legendPage: {
    title: 'Legend',
    keys: 'Keys and pointer',
    keysOf: {
      run: 'run, stop',
      panels: 'open or close the panels below',
      find: 'find tasks by name, function, state, end or error',
      zoom: 'closer, further away',
      pan: 'earlier, later',
      frame: 'frame the part that is to fill the view',
      measure:
        'measure a part of time: how long, how many tasks, how busy the threads; it snaps to the edges of bars, with Alt it does not. R measures the selected bar; without one, what is seen',
      fit: 'the selected task fills the view; without one, everything',
      reset: 'everything; a live run is followed again',
      history: 'back to what was seen before, and forward again',
      hit: 'the task before, the next task of those found with /, by time',
      failure: 'the next task that failed or was killed; with Shift the one before',
      move: 'move the selection, with the focus on the chart',
      clear: 'stop measuring; then select nothing; from a lane’s bars back to its head; with the focus on the chart',
      edge: 'first and last bar of the row, with the focus on the chart',
      heads: 'from lane to lane, with the focus on a head: the name at the left of a lane',
      farHeads: 'a page of lanes up or down; the first and the last lane, with the focus on a head',
      enter: 'from a head into the bars of its lane, and back',
      fold: 'fold a lane into one row, or a run into its title, and unfold it, with the focus on its head',
      pin: 'pin a lane to the top, with the focus on its head',
      order: 'move a lane up or down, with the focus on its head',
      filter: 'show only the lanes with a text in their name',
      minimap: 'show or hide the minimap: all lanes over the whole run',
    },
    pointer: {
      wheel: 'wheel',
      drag: 'drag',
      shiftDrag: 'Shift + drag',
      axisDrag: 'drag on the time axis',
      double: 'double click',
      space: 'Space',
      escape: 'Esc',
    },
  },
  units: si,
  timeline: {
    states,
    ends,
    marks,
    kinds: {
      main: '',
      thread: 'thread',
      daemon: 'daemon',
      loop: 'loop',
      onLoop: 'on the loop',
      consumer: 'consumer',
      server: 'server',
      onServer: 'on the server',
      process: 'process',
      worker: 'worker elsewhere',
    },
    idle: 'idle: no task yet',
    units: si,
    label: {
      sleeps: (time) => (time ? `sleeps ${time}` : 'sleeps'),
      sleepsHolding: (time) => (time ? `sleeps ${time}, holds the loop` : 'sleeps, holds the loop'),
      runsHolding: (time) => (time ? `runs ${time}, holds the loop` : 'runs, holds the loop'),
      runs: (time) => (time ? `runs ${time}` : 'runs'),
      suspended: (time) => (time ? `suspended ${time}` : 'suspended'),
      suspendedFree: (time) => (time ? `suspended ${time}, the loop is free` : 'suspended, the loop is free'),
      ready: (time) => (time ? `ready, cannot run for ${time}` : 'ready, cannot run'),
      created: 'created, not scheduled',
      // A command of the server (BLMOVE queue) is a name, and names are written as they are.
      waits: (what) => (/^[A-Z]{3,} /.test(what) ? what : what ? `waits for ${isThe.has(what) ? `the ${what}` : what}` : 'waits'),
      of: (task, text) => `${task}: ${text}`,
    },
    wire: (text) => text,
    mainEnds: (time) => `main ends ${time}`,
    sooner: (time) => `${time} sooner`,
    soonerAfter: (time) => `from 0 on, ${time} sooner`,
    cutShort: (time, tasks) => `${time} earlier, but ${number(tasks)} ${plural(tasks, 'task', 'tasks')} did not end`,
    lens: (time, times) => `first ${time}, enlarged ${number(times)} times`,
    tooltip: {
      from: 'from',
      to: 'to',
      lasted: 'lasted',
      waitsFor: 'waits for',
      does: 'does',
      end: 'end',
      error: 'error',
      at: 'at',
      task: 'task',
      says: 'says',
      after: 'after its end',
      before: 'before its end',
      lost: 'lost',
      marks: (count) => `${number(count)} ${plural(count, 'mark', 'marks')}`,
      lostWhy: 'The recorder was full: what happened there is unknown.',
      still: 'still',
      more: (count) => `and ${number(count)} more in this pixel`,
      marksHere: (count) => `${number(count)} marks in one place`,
      moreMarks: (count) => `and ${number(count)} more in the same place`,
    },
    follow: 'Follow again',
    noFailure: 'No task failed or was killed.',
    hits: (place, count) => (place === null ? `${number(count)} found` : `${number(place)} of ${number(count)} found`),
    toHit: (direction) => (direction > 0 ? 'The next task found, by time (])' : 'The task found before it, by time ([)'),
    range: ({ tasks, held, lanes }) =>
      `${number(tasks)} ${plural(tasks, 'task', 'tasks')}, ${plural(lanes, 'thread', 'threads')} taken ${percent(held)} of the time${lanes > 1 ? `, mean of ${number(lanes)} lanes` : ''}`,
    clearRange: 'Stop measuring (Esc)',
    lanes: {
      all: 'Lanes',
      facts: ({ tasks, rows, wrong, folded, pinned }) =>
        [
          `${number(tasks)} ${plural(tasks, 'task', 'tasks')}${rows > 1 ? ` in ${number(rows)} rows` : ''}`,
          ...(wrong > 0 ? [`${number(wrong)} failed or killed`] : []),
          ...(folded ? ['folded'] : []),
          ...(pinned ? ['pinned'] : []),
        ].join(', '),
      moved: (name, place, of) => `${name} is now lane ${number(place)} of ${number(of)}.`,
      ofRun: (name, lanes) => `${name}, ${number(lanes)} ${plural(lanes, 'lane', 'lanes')}`,
      fold: 'Fold (C)',
      unfold: 'Unfold (C)',
      pin: 'Pin to the top (P)',
      unpin: 'Unpin (P)',
      filter: 'Filter lanes',
      filterTitle: 'Shows only the lanes with this in their name (L)',
      count: (shown, all) => `${shown === all ? '' : `${number(shown)} of `}${number(all)} ${plural(all, 'lane', 'lanes')}`,
      nothing: (text) => `No lane has “${text}” in its name. Esc shows all.`,
    },
    minimap: {
      title: 'All lanes over the whole run. Drag the frame to move the view, its edges to zoom. M hides it.',
      at: (time, ended) =>
        ended.length === 0 ? time : `${time}: ${ended.map(([end, count]) => `${number(count)} ${ends[end]}`).join(', ')}`,
    },
    chart: 'Timeline. W A S D move the view, arrows the selection, N goes to the next failure.',
    picture: ({ runs, lanes, tasks, failed, from, to }) =>
      `${number(runs)} ${plural(runs, 'run', 'runs')}, ${number(lanes)} ${plural(lanes, 'lane', 'lanes')}, ${number(tasks)} ` +
      `${plural(tasks, 'task', 'tasks')}, ${number(failed)} failed; from ${from} to ${to}.`,
  } satisfies TimelineWords as TimelineWords,
  legend: {
    heads: { word: 'word', normal: '28 px lane', compact: '14 px lane', dense: 'dense', meaning: 'meaning', cue: 'second cue' },
    groups: {
      states: 'States: what a task does. Full height: its thread is taken. Half height: its thread is free.',
      ends: 'Ends, and one alert',
      marks: 'Marks',
    },
    rows: {
      created: { word: states.created, meaning: 'exists, nobody has scheduled it', cue: 'dashed outline, half height' },
      ready: { word: states.ready, meaning: 'may run and does not', cue: 'hollow, half height' },
      running: { word: states.running, meaning: 'its code executes', cue: 'solid, full height' },
      sleeping: { word: states.sleeping, meaning: 'its thread is held by a blocking call', cue: 'hatched, full height' },
      waiting: { word: states.waiting, meaning: 'its thread waits: join, queue, lock', cue: 'dotted bracket, full height' },
      suspended: { word: states.suspended, meaning: 'a coroutine awaits; the loop is free', cue: 'solid, half height' },
      finished: { word: ends.finished, meaning: 'returned', cue: 'plain edge' },
      failed: { word: ends.failed, meaning: 'ended with an error', cue: 'cross on a full-height cap; strip' },
      cancelled: { word: ends.cancelled, meaning: 'called off by somebody', cue: 'slash; strip' },
      killed: { word: ends.killed, meaning: 'ended with its process or thread', cue: 'torn edge; strip' },
      pending: { word: ends.pending, meaning: 'never ended', cue: 'four slices that thin out' },
      loopBlocked: {
        word: marks.loopBlocked,
        meaning: 'loop held over 50 ms while a task is ready',
        cue: 'strip under the bar that holds it',
      },
      mainEnd: { word: marks.mainEnd, meaning: 'everything daemon is torn off here', cue: 'flag, line through its lanes' },
      join: {
        word: marks.join,
        meaning: 'main waits until the other thread ends',
        cue: 'bracket closed by an elbow from the end',
      },
      message: { word: 'message', meaning: 'an item reached this thread', cue: 'triangle on the bar' },
      retry: { word: marks.retry, meaning: 'the queue’s server did not answer', cue: 'cross above the lanes' },
      push: { word: 'push', meaning: 'tasks were pushed from this window', cue: 'small arrow above the lanes' },
      stop: { word: 'stop', meaning: 'you stopped the run', cue: 'small square above the lanes' },
      loopLife: {
        word: marks.loopLife,
        meaning: 'from the call that runs the loop to the end of that call',
        cue: 'thin band above its lane; a line where it stops',
      },
      callback: {
        word: marks.callback,
        meaning: 'a done callback was called, with the result',
        cue: 'diamond at the task’s end',
      },
      note: { word: marks.note, meaning: 'the programme says what holds at this moment', cue: 'ring on a stem' },
      lost: { word: marks.lost, meaning: 'recorder full: what happened is unknown', cue: 'thin reversed hatch, dashed frame' },
      uncertainty: { word: 'uncertainty', meaning: 'the end lies between the whisker’s tips', cue: 'whisker' },
    },
    mainEnds: (time) => `main ends ${time}`,
  } satisfies LegendWords as LegendWords,
}

/** What every other language must bring: the same keys with the same values to fill in. */
export type Texts = typeof en

const deadRest = (missing: number, kept: number) =>
  (missing > 0
    ? ` ${number(missing)} ${plural(missing, 'was', 'were')} already gone: another window or consumer was first.`
    : '') + (kept > 0 ? ` ${number(kept)} cannot be retried, since Loopscope did not write ${plural(kept, 'it', 'them')}.` : '')
