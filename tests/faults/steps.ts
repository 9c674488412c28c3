/** The steps of a consumer as they are seen on its connections: where on the way of an item it is killed. */
import { claim } from '../../electron/sources/scripts/claim'
import type { TcpProxy } from '../support/tcpProxy'

/** Words in the pieces that go to the server. A script is sent by its hash, and with its text where the server does not know it. */
const requests = {
  claim: (piece: Buffer) => piece.includes(claim.sha) || piece.includes(claim.lua),
  acknowledgement: (piece: Buffer) => /\r\nhdel\r\n/i.test(piece.toString('latin1')),
  move: (piece: Buffer) => /\r\nblmove\r\n/i.test(piece.toString('latin1')),
}
/** Nothing was done. */
const refused = (reply: Buffer) => reply.toString('latin1', 0, 9) === '-NOSCRIPT'
const nothing = (reply: Buffer) => /^[*$]-1\r\n/.test(reply.toString('latin1', 0, 5))

export type Step = keyof typeof requests

/** The first time that the consumer asks for it, the question is dropped. Calls `then` at that moment. */
export function before(proxy: TcpProxy, step: Step, then: () => void): void {
  proxy.dropRequest = (piece) => {
    if (!requests[step](piece)) return false
    proxy.dropRequest = () => true
    then()
    return true
  }
}

/** The first time that the server has done it, the answer is dropped. Calls `then` at that moment. */
export function after(proxy: TcpProxy, step: Step, then: () => void): void {
  proxy.dropReply = (piece, request) => {
    if (!requests[step](request) || refused(piece) || nothing(piece)) return false
    proxy.dropReply = () => true
    then()
    return true
  }
}
