/** The only privileged code in the page's process: one request, one port handed over, no logic. */
import { contextBridge, ipcRenderer } from 'electron'

// The window's few members that are used here; DOM types stay out of electron/.
declare const window: {
  postMessage(message: unknown, origin: string, ports: readonly unknown[]): void
  location: { origin: string }
}

// A port cannot cross the context bridge; the page takes it from this message, after checking that it comes from its own window.
ipcRenderer.on('ls:port', (event) => window.postMessage({ kind: 'ls:port' }, window.location.origin, event.ports))

contextBridge.exposeInMainWorld('loopscope', {
  /** The page listens and wants its line to the engine. */
  ready: () => ipcRenderer.send('ls:ready'),
})
