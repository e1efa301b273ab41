import type { Host } from '../../model/host.js';
import { count } from '../../report/words/wording.js';
import { liveLine } from '../observers/live-line.js';

interface RateLineOptions {
  readonly verb: 'Sent' | 'Received';
  /** Whether to print nothing. */
  readonly quiet: boolean;
}

/** A progress line with the total and the rate: every second on a terminal, every ten elsewhere. */
export function rateLine(host: Host, { verb, quiet }: RateLineOptions) {
  const { err, now } = host;
  const everyMs = err.isTTY ? 1_000 : 10_000;
  const screen = liveLine(err);
  const startedAt = now();
  let shownAt = startedAt;
  let total = 0;
  const text = () => {
    const seconds = Math.max(0.001, (now() - startedAt) / 1_000);
    return `${verb} ${count(total)} records, ${count(total / seconds)} records/s`;
  };
  return {
    /** Takes the total so far; cheap enough to call for each record. */
    update: (records: number) => {
      total = records;
      const at = now();
      if (quiet || at - shownAt < everyMs) return;
      shownAt = at;
      if (err.isTTY) screen.live(text());
      else screen.line(text());
    },
    /** Prints the last line, also after Ctrl-C; with the exact figures if they are known. */
    end: (exact?: { readonly records: number; readonly elapsedMs: number }) => {
      if (quiet) return;
      if (exact === undefined) {
        if (total > 0) screen.line(`${text()}.`);
      } else {
        const perSecond = (1_000 * exact.records) / Math.max(1, exact.elapsedMs);
        screen.line(`${verb} ${count(exact.records)} records, ${count(perSecond)} records/s.`);
      }
    },
  };
}
