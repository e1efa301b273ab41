import type { Host } from '../model/host.js';
import { count } from '../report/wording.js';

/** A live line with a running total and rate: every second on a terminal, every ten elsewhere. */
export function rateLine(host: Host, verb: string) {
  const { err, now } = host;
  const everyMs = err.isTTY ? 1_000 : 10_000;
  const startedAt = now();
  let shownAt = startedAt;
  let open = false;
  return {
    /** Takes the total so far; cheap enough to be called for each record. */
    update: (total: number) => {
      const at = now();
      if (at - shownAt < everyMs) return;
      shownAt = at;
      const rate = (1_000 * total) / (at - startedAt);
      err.write(
        `${err.isTTY ? '\r' : ''}${verb} ${count(total)} records, ${count(rate)} records/s`,
      );
      if (err.isTTY) open = true;
      else err.write('\n');
    },
    end: () => {
      if (open) err.write('\n');
    },
  };
}
