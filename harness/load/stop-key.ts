/** A keyboard: `process.stdin`, where it is a terminal. */
export type Keyboard = {
  isTTY?: boolean | undefined;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (data: Buffer) => void): unknown;
  off(event: 'data', listener: (data: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
};

/** q, Q, and Ctrl+C, which a terminal in raw mode hands over as it is. */
const stops = [0x71, 0x51, 0x03];

/**
 * Aborts when `signal` does, or when q or Ctrl+C is typed on a terminal; a second one ends the process at once.
 * `close` gives the keyboard back.
 */
export function stopKey(
  keyboard: Keyboard,
  signal: AbortSignal,
  quit: () => void = () => process.exit(130),
): { signal: AbortSignal; close(): void } {
  if (!keyboard.isTTY) return { signal, close: () => {} };
  const typed = new AbortController();
  const listener = (data: Buffer) => {
    if (!data.some((byte) => stops.includes(byte))) return;
    if (typed.signal.aborted) quit();
    typed.abort();
  };
  keyboard.setRawMode?.(true);
  keyboard.on('data', listener);
  keyboard.resume();
  return {
    signal: AbortSignal.any([signal, typed.signal]),
    close: () => {
      keyboard.off('data', listener);
      keyboard.setRawMode?.(false);
      keyboard.pause();
    },
  };
}
