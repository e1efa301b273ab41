import type { Host } from '../model/host.js';
import { count } from '../report/words/wording.js';

/** A progress line with the total and the rate: every second on a terminal, every ten elsewhere. */
export function rateLine(host: Host, verb: 'Sent' | 'Received') {
  const { err, now } = host;
  const everyMs = err.isTTY ? 1_000 : 10_000;
  const startedAt = now();
  let shownAt = startedAt;
  let total = 0;
  let open = false;
  const text = () => {
    const seconds = Math.max(0.001, (now() - startedAt) / 1_000);
    return `${verb} ${count(total)} records, ${count(total / seconds)} records/s`;
  };
  return {
    /** Takes the total so far; cheap enough to call for each record. */
    update: (records: number) => {
      total = records;
      const at = now();
      if (at - shownAt < everyMs) return;
      shownAt = at;
      err.write(err.isTTY ? `\r${text()}` : `${text()}\n`);
      open = err.isTTY;
    },
    /** Prints the last line, also after Ctrl-C; with the exact figures if they are known. */
    end: (exact?: { readonly records: number; readonly elapsedMs: number }) => {
      if (open) err.write('\r');
      if (exact === undefined) {
        if (total > 0) err.write(`${text()}.\n`);
      } else {
        const perSecond = (1_000 * exact.records) / Math.max(1, exact.elapsedMs);
        err.write(`${verb} ${count(exact.records)} records, ${count(perSecond)} records/s.\n`);
      }
    },
  };
}
