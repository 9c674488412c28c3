/**
 * The bytes alone: a view drags its whole buffer through a structured clone or keeps it alive, so a part of a larger buffer is copied
 * (`new Uint8Array`, since `slice` of a Node Buffer copies nothing).
 */
export const exactBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes)
