import { setTimeout as sleep } from 'node:timers/promises';
import { HarnessError, interrupted } from '../model/harness-error.js';

interface WaitOptions<T> {
  /** Completes the message "waiting until WHAT". */
  readonly what: string;
  /** Resolves to a value once it has happened, else to undefined; throws to give up. */
  readonly check: () => Promise<T | undefined> | T | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly intervalMs?: number;
}

/** Polls until `check` returns a value. Throws WAIT_TIMEOUT or INTERRUPTED. */
export async function waitUntil<T>(options: WaitOptions<T>): Promise<T> {
  const { what, check, timeoutMs, signal, intervalMs = 100 } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (signal.aborted) throw interrupted();
    const value = await check();
    if (value !== undefined) return value;
    if (performance.now() >= deadline) {
      throw new HarnessError({
        code: 'WAIT_TIMEOUT',
        message: `Timed out after ${String(timeoutMs / 1_000)} s waiting until ${what}.`,
        hint: 'Check the log named above, then try again.',
      });
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}
