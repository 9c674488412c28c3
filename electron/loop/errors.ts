/** Exceptions with the names that asyncio and Python give them. */

/** An operation that the state of the loop does not allow. */
export class RuntimeError extends Error {
  override name = 'RuntimeError'
}
/** An argument of the right type that cannot be. */
export class ValueError extends Error {
  override name = 'ValueError'
}
/** Thrown into a coroutine whose task is cancelled, and by what awaits it. */
export class CancelledError extends Error {
  override name = 'CancelledError'
}
/** The state of a future does not allow the call. */
export class InvalidStateError extends Error {
  override name = 'InvalidStateError'
}
/** Something was not there in time. */
export class TimeoutError extends Error {
  override name = 'TimeoutError'
}
/** `getNowait` of an empty queue. */
export class QueueEmpty extends Error {
  override name = 'QueueEmpty'
}
/** `putNowait` into a full queue. */
export class QueueFull extends Error {
  override name = 'QueueFull'
}
