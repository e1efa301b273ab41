import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { LiveChoice } from '../../model/live/live-view.js';
import { liveParts } from '../../report/live/live-page.js';
import type { WatchedRun } from '../../run/watch/watch-run.js';

interface Sending {
  readonly watched: WatchedRun;
  readonly over: AbortSignal;
  readonly choice: LiveChoice;
}

/** At most so often, however fast the batches end. */
const everyMs = 500;

/**
 * Sends each part of the page that differs from what this reader has, as server-sent events; `over` at the end of the
 * server, so that the reader does not try again.
 */
export function sendEvents(c: Context, { watched, over, choice }: Sending): Response {
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => {
      gone.abort();
    });
    const stopped = AbortSignal.any([gone.signal, over]);
    const sent = new Map<string, string>();
    const changes = changesOf(watched, stopped);
    try {
      for (;;) {
        for (const part of liveParts(watched.view(), choice)) {
          if (sent.get(part.id) === part.html) continue;
          sent.set(part.id, part.html);
          await stream.writeSSE({ event: 'part', data: JSON.stringify(part) });
        }
        if (stopped.aborted) break;
        await sleep(everyMs, undefined, { signal: stopped }).catch(() => undefined);
        await changes.next();
      }
      if (!gone.signal.aborted) await stream.writeSSE({ event: 'over', data: '' });
    } finally {
      changes.stop();
    }
  });
}

/** `next` resolves once something has changed since it resolved last, or when it is stopped. */
function changesOf(watched: WatchedRun, stopped: AbortSignal) {
  let pending = false;
  let wake: () => void = () => undefined;
  const ring = () => {
    pending = true;
    wake();
  };
  const stop = watched.onChange(ring);
  stopped.addEventListener('abort', ring);
  return {
    stop,
    next: async () => {
      if (!pending && !stopped.aborted) await new Promise<void>((resolve) => (wake = resolve));
      pending = false;
    },
  };
}
