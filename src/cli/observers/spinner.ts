import { duration } from '../../report/words/wording.js';
import type { liveLine } from './live-line.js';

type Screen = ReturnType<typeof liveLine>;

const frames = ['|', '/', '-', '\\'] as const;
const everyMs = 250;
/** A step that is over before that needs no sign of life. */
const quietMs = 1_000;

/**
 * Shows that a step is still going on, and for how long, below the lines of a terminal; nothing elsewhere. It holds no
 * program open.
 */
export function spinner(screen: Screen, { isTTY, now }: { isTTY: boolean; now: () => number }) {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    /** Turns until the next start or stop. `left` says what is known of the time that it takes. */
    start: (text: string, left?: () => string) => {
      stop();
      if (!isTTY) return;
      const from = now();
      let turns = 0;
      timer = setInterval(() => {
        const ms = now() - from;
        if (ms < quietMs) return;
        const frame = frames[turns % frames.length] ?? '';
        turns += 1;
        const rest = left === undefined ? '' : `, ${left()}`;
        screen.live(`${frame} ${text}  ${duration(ms / 1_000)} so far${rest}`);
      }, everyMs);
      timer.unref();
    },
    stop,
  };
}

/** A step while it lasts: the line above has all of it, so that how far it is fits beside its first words. */
export function lasting(text: string, rest?: () => string): string {
  return rest === undefined ? text : (/^\S+ \S+/.exec(text)?.[0] ?? text);
}
