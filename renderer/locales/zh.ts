/** Every text of the page, in Chinese; one file, as en.ts. Names of APIs, threads and tasks stay as the code writes them. */
import type { LegendWords, TimelineWords } from '../charts/words'
import type { TimeUnits } from '../model/format'
import type { Texts } from './en'

const number = (value: number) => value.toLocaleString('zh-CN')

const units: TimeUnits = { h: '小时', min: '分', s: '秒', ms: '毫秒', us: '微秒' }

/** The vocabulary: one word for each state, end and mark, wherever the page names it. */
const states = {
  created: '已创建',
  ready: '就绪',
  running: '运行',
  sleeping: '阻塞睡眠',
  waiting: '等待线程',
  suspended: '挂起',
}
const ends = { finished: '完成', failed: '失败', cancelled: '取消', killed: '被终止', pending: '未完成' }
const marks = {
  loopBlocked: '循环被阻塞',
  mainEnd: '主线程结束',
  join: 'join',
  message: '消息到达主线程',
  retry: '尝试失败',
  push: '从这里推入',
  stop: '被你停止',
  loopLife: '事件循环在运行',
  callback: '回调',
  note: '注记',
  lost: '标记丢失',
  uncertainty: '结束于此区间内',
}

export const zh: Texts = {
  app: {
    name: 'Loopscope',
    skip: '跳到图表',
    main: '程序',
  },
  toolbar: {
    run: '运行',
    runAgain: '再次运行',
    stop: '停止',
    stopping: '正在停止',
    space: '空格',
    speed: '速度',
    speedOf: (factor) => `${factor}×`,
    contrast: '对比',
    contrastTitle: (names) => `在同一时间轴上一起运行：${names}`,
    contrastNone: '这个程序没有可以对比的程序。',
    panels: '面板',
    hidePanels: '隐藏图表下方的面板（\\）',
    showPanels: '显示图表下方的面板（\\）',
    language: '中 / EN：页面语言',
    openSidebar: '显示程序列表',
    closeSidebar: '隐藏程序列表',
    whyNot: {
      nothingChosen: '请先选一个程序。',
      invalid: (names) => `还不能运行：请检查 ${names}。`,
      notConnected: '引擎未连接。',
      busy: '这个程序正在运行。',
    },
  },
  export: {
    title: '导出',
    kinds: { csv: '各条存为 CSV，供电子表格使用', json: '整次运行存为 JSON' },
    whenOver: '运行结束后才能保存。',
    whenHere: '运行的数据全部到达后才能保存。',
    tooLong: '这次运行太长，一个这样的文件放不下。请把各条存为 CSV。',
  },
  theme: {
    system: '主题：跟随系统',
    light: '主题：浅色',
    dark: '主题：深色',
  },
  sidebar: {
    label: '程序',
    legend: '图例',
    groups: {
      threads: '线程',
      scheduling: '调度',
      redis: 'Redis',
      coroutines: '协程、任务、Future',
      loop: '事件循环的一生',
      http: '等待 HTTP',
    },
    running: '正在运行',
    contrastPlace: (place, of) => `对比中的第 ${place} 个，共 ${of} 个`,
  },
  heading: {
    ideal: (time) => `理想 ${time}`,
    reported: (figure) => `他处报告：${figure}`,
    endless: '一直运行，直到被停止',
    measuredTotal: '实测总时间',
    soFar: '到目前为止',
    unit: '秒',
    parameters: '参数',
    reset: '重置',
    resetTitle: '把这个程序的所有参数恢复为默认值',
  },
  start: {
    title: '还没有运行过任何程序。',
    text: '选一个程序，按**运行**。Loopscope 会在真实的线程和真实的事件循环上真正运行它，并画出每个任务何时就绪、运行、等待和结束。',
    contrastTitle: '9 秒还是 6 秒？',
    contrastText: '同样的两次睡眠，一次阻塞，一次 await，放在同一条时间轴上。需要 9 秒。',
    contrastRun: '运行对比',
    threadsTitle: '什么比主线程活得久？',
    threadsText: '线程、守护线程与 join：谁让进程继续，谁被一起终止。',
    threadsRun: '运行“线程”',
    redisTitle: '你自己的队列',
    redisText: '把数字推入 Redis 列表，看它们变成任务。没有 Redis 也可以。',
    redisRun: '运行“Redis 队列”',
    youWillSee: '你会看到',
  },
  idle: {
    ready: '按**运行**或空格键。每一条都来自一次测量。',
    readyContrast: (count) => `按**运行**或空格键：${count} 个程序一起开始，共用一条时间轴。`,
    table: '程序运行时，任务会出现在这里。',
    output: '程序打印的内容会出现在这里。',
  },
  connection: {
    connecting: '正在连接引擎…',
    connectingText: '引擎一应答，程序就会出现。',
    connected: '引擎就绪',
    live: '实时',
    lostTitle: '引擎不见了。',
    lostText: (attempt, time) =>
      `连接断开了。第 ${attempt + 1} 次尝试在 **${time}**之后；引擎已记录的内容会随之回来。如果 Loopscope 已被关闭，请重新启动它，并打开它打印的地址。`,
    lostNow: '连接断开了，正在重试。',
    lostShort: '引擎未连接',
    retry: '立即重试',
  },
  sentence: {
    label: '发生了什么',
    gap: '',
    comma: '，',
    list: '、',
    preparing: '正在预热线程，之后开始计时。',
    running: (time) => `已运行 **${time}**。`,
    runningHeld: (time, holder, ready) => `已运行 **${time}**；**${holder}** 占着事件循环，**${ready}**处于就绪。`,
    runningTasks: (time, running) => `已运行 **${time}**；${number(running)} 个任务尚未完成。`,
    queue: (time, inFlight, finished, failed) =>
      `已运行 **${time}**；${number(inFlight)} 个任务进行中，${number(finished)} 个完成${failed > 0 ? `，${number(failed)} 个失败` : ''}。`,
    queueEmpty: (time) => `已运行 **${time}**；还没有任务到来。`,
    unknownSince: (time) => `**${time}**之后发生的事，要等引擎回来才知道。`,
    stopping: '正在停止：线程正在退出。',
    finished: (time, ideal) => `用时 **${time}**完成；理想时间是 ${ideal}。`,
    finishedNoIdeal: (time) => `用时 **${time}**完成。`,
    stopped: (time) => `在 **${time}**被你停止。`,
    stoppedOpen: (time, killed) => `在 **${time}**被你停止；${number(killed)} 个任务被截断。`,
    failed: (problem) => `运行失败：${problem}`,
    taskFailed: (task, problem) => `**${task}** 失败：${problem}`,
    killed: (task, time) => `**${task}** 在 **${time}**被终止，没能完成。`,
    killedWithMain: (time, killed) => `主线程在 **${time}**结束；它的 ${number(killed)} 个守护线程随之被终止。`,
    lost: (count, lane, from, until) =>
      `**${lane}** 上在 **${from}**到 **${until}**之间丢失了 **${number(count)}** 个标记，其间情况不明。`,
    lostOften: (count, places, lane, from) =>
      `共有 ${number(places)} 处丢失了 **${number(count)}** 个标记，第一处在 **${lane}** 上 **${from}**。那里的情况不明。`,
    outlived: (time, total) => `主线程在 **${time}**结束；程序一直等到最后一个线程在 **${total}**结束。`,
    blocked: (holder, time, ready) => `**${holder}** 占住事件循环 **${time}**，其间有 ${number(ready)} 个任务就绪。`,
    pending: (task, count) =>
      count === 1
        ? `**${task}** 停在未完成状态：既没有完成，也没有失败。`
        : `**${number(count)}** 个任务停在未完成状态：既没有完成，也没有失败。`,
    noted: (time, note) => `**${time}**的注记：${note}`,
    readyOnly: (task, ready) => `**${task}** 从 **${ready}**起就绪，还没有开始。`,
    compareWith: (name) => `与“${name}”对比`,
  },
  insights: {
    loopBlocked: (task, ready, started, other, held, others) =>
      `**${task}** 在 **${ready}**就绪，**${started}**才开始，因为 **${other}** 占住了事件循环 **${held}**` +
      `${others > 0 ? `，另有 ${number(others)} 个任务也占住过它` : ''}。`,
    stillBlocked: (task, ready, other) => `**${task}** 从 **${ready}**起就绪，却不能运行，因为 **${other}** 占着事件循环。`,
    waitedForJoin: (task, start, waited, other) =>
      `从 **${start}**起，**${task}** 在 join 中等了 **${waited}**，直到 **${other}** 结束。`,
    waitsForJoin: (task, start, other) => `从 **${start}**起，**${task}** 在 join 中等待 **${other}** 结束。`,
    waitedForLoop: (task, start, waited) =>
      `从 **${start}**起，**${task}** 在运行事件循环的调用里等了 **${waited}**，直到循环停止。`,
    waitedForLoopUntil: (task, start, waited, other) =>
      `从 **${start}**起，**${task}** 在运行事件循环的调用里等了 **${waited}**，直到循环停止；循环上最后结束的是 **${other}**。`,
    waitedForLoopStoppedBy: (task, start, waited, other) =>
      `从 **${start}**起，**${task}** 在运行事件循环的调用里等了 **${waited}**，直到 **${other}** 停止了循环。`,
    waitsForLoop: (task, start) => `从 **${start}**起，**${task}** 在运行事件循环的调用里等待：循环停止后才会执行下一行。`,
    startedAfterJoin: (task, started, maker, other, until) =>
      `**${task}** 到 **${started}**才启动，因为 **${maker}** 在 join 中等待 **${other}**，直到 **${until}**。`,
    waitedForItem: (task, start, waited) => `从 **${start}**起，**${task}** 等待队列里的一项，等了 **${waited}**。`,
    waitedForItemOf: (task, start, waited, other) =>
      `从 **${start}**起，**${task}** 等待队列里的一项，等了 **${waited}**；放入它的是 **${other}**。`,
    waitsForItem: (task, start) => `从 **${start}**起，**${task}** 等待队列里的一项。`,
    leftPending: (task, doing) => `程序结束时 **${task}** 仍处于“${doing}”；它从未完成。`,
    leftPendingAtStop: (task, doing, stopped) =>
      `事件循环在 **${stopped}**停止时，**${task}** 仍处于“${doing}”；它停在未完成状态，既没有完成，也没有失败。`,
    leftPendingBy: (task, doing, stopped, other) =>
      `**${other}** 在 **${stopped}**停止事件循环时，**${task}** 仍处于“${doing}”；它停在未完成状态，既没有完成，也没有失败。`,
    killedWithMain: (task, at, mainEnd) =>
      `**${task}** 是守护线程：主线程在 **${mainEnd}**结束，进程随之结束，**${task}** 最迟在 **${at}**被终止。`,
    serverBusy: (task, start, waited, other) =>
      `**${task}** 在 **${start}**到达服务器，等了 **${waited}**，因为服务器正在应答 **${other}**。`,
    neverSuspended: (task, held, ready) => `**${task}** 占住事件循环 **${held}**，从未挂起，其间有 ${number(ready)} 个任务就绪。`,
    neverScheduled: (task, created, ready) =>
      `**${task}** 从 **${created}**起就存在，到 **${ready}**才有人安排它：在那之前它的代码一点也没有运行。`,
    notScheduled: (task, created) => `**${task}** 从 **${created}**起就存在，却没有人安排它：它的代码一点也不会运行。`,
    onTime: (task, started, finished) => `**${task}** 一就绪就在 **${started}**开始，在 **${finished}**结束。`,
    firstOnTime: (task, started, finished) =>
      `**${task}** 是它所在线程上的第一个：**${started}**开始，**${finished}**结束。没有什么需要解释。`,
    unexplained: (task, ready, started) =>
      `**${task}** 在 **${ready}**就绪，**${started}**才开始。本程序中没有任务挡住它：是机器慢了。`,
    begun: (task, started) => `**${task}** 在 **${started}**开始，还没有结束。`,
  },
  tasks: {
    title: '任务',
    caption: '任务，以程序时间的秒计',
    columns: {
      task: '任务',
      ready: '就绪',
      started: '开始',
      finished: '结束',
      waited: '等待',
      ran: '运行',
      suspended: '挂起',
      end: '结局',
    },
    noValue: '—',
    seconds: '程序时间，单位为秒。',
    messages: (delays) => `单位为秒。消息到达主线程：${delays}。`,
    messageAfter: (delay, task) => `${task} 之后 ${delay}`,
    messageBefore: (time, task) => `${task} 返回之前 ${time}`,
  },
  moments: {
    title: '标记',
    of: (mark, what) => `${mark}：${what}`,
    after: (text, time) => `${text}，在它结束后 ${time}`,
    before: (text, time) => `${text}，在它结束前 ${time}`,
    loopStart: '事件循环开始运行',
    loopStop: '事件循环停止',
    lost: (count, until) => `丢失 ${number(count)} 个标记，直到 ${until}：记录器已满`,
    more: (count) => `更早的 ${number(count)} 个标记没有列出。`,
  },
  code: {
    label: '代码与输出',
    typescript: 'TypeScript',
    python: 'Python',
    output: '输出',
    figure: '次序',
    side: '次序与输出',
    theTextThatRan: '实际运行的代码',
    theTextThatWillRun: '将要运行的代码',
    theSameInPython: '同一程序，可粘贴运行',
    copy: { typescript: '复制代码', python: '复制 Python 代码' },
    neverReached: '永远到不了',
    copied: '已复制。',
    notCopied: '系统不允许复制。',
    nothingPrinted: '没有打印任何内容。',
    more: (count) => `前面还有 ${number(count)} 行未显示。`,
  },
  figure: {
    idle: '程序运行时，任务的次序会出现在这里。',
    order: {
      columns: ['开始', '结束', '结果'],
      picture: (start, finish, result) => `开始的次序：${start}。结束的次序：${finish}。结果的次序：${result}。`,
    },
    length: {
      length: '长度（秒）',
      place: '第几个结束',
      point: (task, seconds, place) => `${task}，${seconds} 秒，第 ${place} 个结束。`,
    },
    level: {
      name: (level) => `${level}：长度`,
      picture: (level, now, most) => `${level} 的长度：现在 ${number(now)}，最多 ${number(most)}。`,
    },
  },
  status: {
    label: '如何测量',
    marks: (count) => `${number(count)} 个标记，无丢失`,
    marksDropped: (count, dropped) => `${number(count)} 个标记，丢失 ${number(dropped)} 个`,
    markCost: (time) => `每个标记耗时 ${time}`,
    clock: (time) => `时钟 ± ${time}`,
    timers: (largest) => `定时器晚 ≤ ${largest}`,
    realTime: '真实时间，1×',
    speed: (factor, time) => `以 ${factor}× 播放，实际 ${time}`,
    warm: (threads) => `${number(threads)} 个线程已预热`,
    oneZero: (runs) => `${runs} 个运行，同一个 t = 0`,
    oneByOne: (runs) => `${number(runs)} 个运行依次进行：一起运行所需的线程超过了这台机器的能力`,
    apart: (time) => `一起开始，相差 ${time}`,
    unreadable: (count) => `引擎的 ${number(count)} 条消息无法读取`,
    redisConnected: (address) => `已连接 ${address}`,
    redisUnreachable: '无法连接 Redis',
    redisAttempt: (attempt, time) => `${time}后第 ${number(attempt)} 次尝试`,
    redisMemory: '内存中的队列，不是 Redis',
    legend: '每个状态都由高度和图案区分，不只靠颜色。',
  },
  measured: {
    title: '如何测量',
    close: '关闭',
    lead: '这里没有任何模拟。任务每次改变状态，它所在的线程就记下时间；这样的标记是一条的终点，也是下一条的起点，所以每一条都来自同一个时钟上的两个标记。所有线程读的都是进程的同一个时钟。',
    notKnown: '条的长度是它实际的长度，而不是它本该的长度：睡眠要等线程重新得到处理器才算结束，条上的数字包含了这一段。',
    names: {
      clock: '时钟',
      marks: '标记',
      lost: '丢失',
      killed: '被终止的结束',
      speed: '速度',
      time: '时间',
      timers: '定时器',
      late: '延迟',
      apart: '共同的零点',
    },
    clock: (error) =>
      `两个线程看时钟，误差在 **± ${error}** 以内：这是所见到的最短一次往返的一半。相距更近的事件，先后不能确定。`,
    clockUnknown: '这次运行没有测出两个线程的时钟误差：没有两个线程可以比较。',
    marks: (count) => `到目前为止 **${number(count)}** 个标记。`,
    marksCost: (count, cost, all) =>
      `**${number(count)}** 个标记。每个耗时 **${cost}**，在程序开始之前于它自己的线程中测得；合计 ${all}，分摊在各个线程上。`,
    timers: (count, median, largest) =>
      count === 1
        ? `**1** 次睡眠、定时或超时到点结束，晚了 **${largest}**。`
        : `**${number(count)}** 次睡眠、定时和超时到点结束：其中一半最多晚 **${median}**，没有一次晚过 **${largest}**。`,
    timersBusy: '事件循环正忙时到点的定时器不计在内：是什么占住了循环，图上可以看到。',
    noTimers: '还没有睡眠、定时或超时到点结束。',
    noneLost: '没有丢失任何标记。',
    lost: (count) => `丢失了 **${number(count)}** 个标记，因为某个线程写得比记录器清空得更快。那里发生了什么无法知道。`,
    killed: (count, widest) =>
      `被终止的线程说不出自己何时结束。${number(count)} 个结束位于最后一次看到线程还活着与看到程序已退出之间，最多相差 **${widest}**；条上的须线标出了这两个时刻。`,
    realSpeed: '真实时间，1×：程序的一秒就是一秒。',
    speed: (factor, millisecond) =>
      `以 **${factor}×** 播放：每次睡眠按此缩短，测得的时间按此放大。因此现实中 1 毫秒的误差在轴上是 ${millisecond}。`,
    realTime: (time) => `程序与现实中都是 **${time}**。`,
    time: (programme, real) => `程序时间 **${programme}**，实际 **${real}**。`,
    late: (time) => `实际比理想多用了 **${time}**。这是启动线程、定时器晚响、交接和标记合起来的代价。`,
    apart: (time) => `共用一条轴的各个运行，开始时刻最多相差 **${time}**。`,
  },
  contrast: {
    label: '对比',
    against: '对',
    unit: '秒',
    running: '运行中…',
    waiting: '未开始',
    failed: '失败',
    stopped: '已停止',
    sentence: (totals) => `各次运行用时 ${totals}。`,
    explain: {
      syncAsync: (sleeps) => `同样的睡眠：${sleeps}。阻塞时**相加**；await 时由**最长**的决定。`,
      threads: (threads) => `${number(threads)} 个线程，同样的睡眠。不同的只是主线程做了什么。`,
      other: '一起开始，画在同一条轴上。',
      unended: (programme, task, count) =>
        `“${programme}”中${count === 1 ? ` **${task}** ` : `有 **${number(count)}** 个任务`}没有结束：它的总时间不是全部工作的时间。`,
    },
    and: '与',
    combined: '所有运行的任务，以程序时间的秒计',
  },
  redis: {
    label: '队列',
    prompt: '$',
    copy: '复制',
    copyTitle: '复制命令',
    hint: '在任何 Redis 客户端里输入它，或者从这里推入。',
    hintIdle: '程序运行之后，在任何 Redis 客户端里输入它。',
    hintPassword: '它会询问密码，密码不会显示在任何地方。',
    values: '要推入的值',
    push: '推入',
    pushDefault: '5 3 1',
    badValues: '至少给出一个值，用空格分隔。',
    figures: { finished: '完成', failed: '失败', inFlight: '进行中', waiting: '在列表中' },
    unknown: '—',
    connecting: (address) => `正在连接 ${address} 的 Redis…`,
    askTitle: (queue, items) => `列表 \`${queue}\` 里已经有${items}。`,
    askText: 'Loopscope 可以取出它们，把每一项作为任务运行；也可以让它们原样留着，只看有多少项。目前什么都没有动过。',
    watch: '只观察',
    consume: '取出并运行',
    items: (count) => (count === null ? '一些项' : ` ${number(count)} 项`),
    watching: (queue, count) => `正在观察 \`${queue}\`：里面有${count}，不会取走任何一项。要取出运行，请停止后再次运行。`,
    unreachableTitle: (address) => `${address} 的 Redis 没有应答。`,
    unreachableText: (attempts, time) =>
      `已尝试 ${number(attempts)} 次。Loopscope 会继续尝试，下一次在 **${time}**之后。程序继续运行，什么都不会丢：其间推入的会留在列表里。`,
    unreachableNow: '正在重试。程序继续运行，什么都不会丢：其间推入的会留在列表里。',
    refusedTitle: (address) => `${address} 的 Redis 拒绝了。`,
    refusedText:
      '它有应答，但不让 Loopscope 进去。如果用户名或密码有误，请更换地址，然后再次运行；或者调整 Redis，然后立即重试。',
    tryNow: '立即重试',
    changeAddress: '更换地址',
    changeAddressTitle: '停止这次运行，然后可以填写另一个地址',
    readdressed: '这次运行已停止。在上方的 `url` 中填写另一个地址，然后再次运行。',
    useMemory: '使用内存队列',
    startPrivate: '启动私有的 Redis',
    usePrivate: '使用私有的 Redis',
    privateServer: (address) =>
      `Loopscope 自己的 Redis，位于 \`${address}\`：只有这台机器能访问，随应用一起结束，里面的内容会保留。`,
    memory: '正在使用内存中的队列：它随运行结束，只有这个窗口能推入。',
    memoryTitle: '这不是 Redis。',
    recovered: (count) => `先前一次运行取走的 ${number(count)} 项已放回，并会最先运行。`,
    help: {
      startTitle: '启动一个 Redis',
      startText: '用 Docker：`docker run -p 6379:6379 redis`。用软件包：`redis-server`。下一次尝试就会连上。',
      otherTitle: '或者换一个',
      otherText: '更换地址，再次运行。其中的密码不会显示在任何地方。',
      withoutTitle: '或者不用 Redis',
      withoutText: '对这一课来说，内存队列的表现相同。它随运行结束，只有这个窗口能推入。',
    },
  },
  notices: {
    label: '提示',
    dismiss: '关闭提示',
    refused: (problem) => `引擎没有照做：${problem}`,
    unknownScenario: (id) => `没有名为“${id}”的程序。`,
  },
  legendPage: { title: '图例' },
  units,
  timeline: {
    states,
    ends,
    marks,
    kinds: {
      main: '',
      thread: '线程',
      daemon: '守护线程',
      loop: '事件循环',
      onLoop: '在事件循环上',
      consumer: '消费者',
      server: '服务器',
      onServer: '在服务器上',
      process: '进程',
    },
    idle: '空闲：还没有任务',
    units,
    label: {
      sleeps: (time) => (time ? `睡眠 ${time}` : '睡眠'),
      sleepsHolding: (time) => (time ? `睡眠 ${time}，占住事件循环` : '睡眠，占住事件循环'),
      runsHolding: (time) => (time ? `运行 ${time}，占住事件循环` : '运行，占住事件循环'),
      runs: (time) => (time ? `运行 ${time}` : '运行'),
      suspended: (time) => (time ? `挂起 ${time}` : '挂起'),
      suspendedFree: (time) => (time ? `挂起 ${time}，事件循环空闲` : '挂起，事件循环空闲'),
      ready: (time) => (time ? `就绪，${time}内不能运行` : '就绪，不能运行'),
      created: '已创建，无人安排',
      // A command of the server (BLMOVE queue) is a name, and names are written as they are.
      waits: (what) => (/^[A-Z]{3,} /.test(what) ? what : waitsFor(what)),
      of: (task, text) => `${task}：${text}`,
    },
    wire,
    mainEnds: (time) => `主线程结束 ${time}`,
    sooner: (time) => `快 ${time}`,
    cutShort: (time, tasks) => `早 ${time}，但有 ${number(tasks)} 个任务没有结束`,
    lens: (time, times) => `最初 ${time}，放大 ${number(times)} 倍`,
    tooltip: {
      from: '从',
      to: '到',
      lasted: '历时',
      waitsFor: '等待',
      does: '在做',
      end: '结局',
      error: '错误',
      at: '时刻',
      task: '任务',
      says: '内容',
      after: '在它结束后',
      before: '在它结束前',
      lost: '丢失',
      marks: (count) => `${number(count)} 个标记`,
      lostWhy: '记录器已满：那里发生了什么不得而知。',
      still: '仍在继续',
      more: (count) => `这个像素里还有 ${number(count)} 个`,
      moreMarks: (count) => `同一位置还有 ${number(count)} 个`,
    },
    chart: '时间轴。W A S D 移动视图，方向键移动选择。',
    picture: ({ runs, lanes, tasks, failed, from, to }) =>
      `${number(runs)} 个运行，${number(lanes)} 条泳道，${number(tasks)} 个任务，${number(failed)} 个失败；从 ${from} 到 ${to}。`,
  } satisfies TimelineWords as TimelineWords,
  legend: {
    heads: { word: '词', normal: '28 px 泳道', compact: '14 px 泳道', dense: '密集', meaning: '含义', cue: '第二线索' },
    groups: {
      states: '状态：任务在做什么。整高：占着线程；半高：线程空闲。',
      ends: '结局，以及一个警示',
      marks: '标记',
    },
    rows: {
      created: { word: states.created, meaning: '存在，但无人安排', cue: '虚线轮廓，半高' },
      ready: { word: states.ready, meaning: '可以运行，却没有运行', cue: '空心，半高' },
      running: { word: states.running, meaning: '它的代码在执行', cue: '实心，整高' },
      sleeping: { word: states.sleeping, meaning: '线程被阻塞调用占住', cue: '斜线，整高' },
      waiting: { word: states.waiting, meaning: '线程在等：join、队列、锁', cue: '点线括号，整高' },
      suspended: { word: states.suspended, meaning: '协程在 await，事件循环空闲', cue: '实心，半高' },
      finished: { word: ends.finished, meaning: '已返回', cue: '平直的边' },
      failed: { word: ends.failed, meaning: '以错误结束', cue: '整高端帽上的叉；色带' },
      cancelled: { word: ends.cancelled, meaning: '被人取消', cue: '斜杠；色带' },
      killed: { word: ends.killed, meaning: '随进程或线程一起结束', cue: '撕裂的边；色带' },
      pending: { word: ends.pending, meaning: '从未结束', cue: '四段渐细的切片' },
      loopBlocked: { word: marks.loopBlocked, meaning: '占住循环超过 50 毫秒，其间有任务就绪', cue: '占住者的条下方的色带' },
      mainEnd: { word: marks.mainEnd, meaning: '守护线程在此被一起终止', cue: '旗帜，贯穿泳道的线' },
      join: { word: marks.join, meaning: '主线程等到另一个线程结束', cue: '括号，由一条折线收尾' },
      message: { word: '消息', meaning: '一项到达了这个线程', cue: '条上的三角' },
      retry: { word: marks.retry, meaning: '队列的服务器没有应答', cue: '泳道上方的叉' },
      push: { word: '推入', meaning: '从这个窗口推入了任务', cue: '泳道上方的小箭头' },
      stop: { word: '停止', meaning: '你停止了运行', cue: '泳道上方的小方块' },
      loopLife: {
        word: marks.loopLife,
        meaning: '从开始运行事件循环的调用到这次调用结束',
        cue: '泳道上方的细带；停止处有一条线',
      },
      callback: { word: marks.callback, meaning: '完成回调被调用，带着结果', cue: '任务结束处的菱形' },
      note: { word: marks.note, meaning: '程序说明这一刻的情况', cue: '立在短杆上的圆环' },
      lost: { word: marks.lost, meaning: '记录器已满：发生了什么不得而知', cue: '反向细斜线，虚线框' },
      uncertainty: { word: '不确定', meaning: '结束位于须线两端之间', cue: '须线' },
    },
    mainEnds: (time) => `主线程结束 ${time}`,
  } satisfies LegendWords as LegendWords,
}

/** What the engine itself says on the wire, and no programme: what there is one of and has no name, and what a queue's consumer does. */
const wireWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    queue: '队列',
    'queue full': '队列腾出空位',
    loop: '事件循环',
    pool: '进程池',
    'a free place': '空位',
    'takes tasks': '取任务',
    'its process was killed': '它的进程被终止',
    'its process said what cannot be, and was ended': '它的进程说了不可能的话，已被结束',
    'its thread ended itself': '它的线程自己退出了',
    connects: '连接',
  }),
)
const wirePatterns: readonly (readonly [RegExp, string])[] = [
  [/^retry in ([\d.]+) s$/, '$1 秒后重试'],
  [/^result of (.+)$/, '$1 的结果'],
  [/^out of memory: a process of a pool may use (\d+) MB$/, '内存不足：进程池的一个进程最多可用 $1 MB'],
  [/^(\S+) ran out of memory: its threads may use (\d+) MB each\.$/, '$1 内存不足：它的线程每个最多可用 $2 MB。'],
  [/^(\S+) ended with an error: (.*)$/s, '$1 以错误结束：$2'],
  [/^“(.*)” is not a number of seconds from 0 to 86,400\.$/s, '“$1”不是 0 到 86,400 的秒数。'],
]

function wire(text: string): string {
  const pattern = wirePatterns.find(([english]) => english.test(text))
  return pattern ? text.replace(...pattern) : (wireWords.get(text) ?? text)
}

function waitsFor(what: string): string {
  if (what === '') return '等待'
  const said = wire(what)
  return said === what ? `等待 ${what}` : `等待${said}`
}
