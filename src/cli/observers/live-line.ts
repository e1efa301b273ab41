import type { TextSink } from '../../model/host.js';
import { oneLine } from '../../model/printable.js';
import { displayWidth, startWithin } from '../../report/terminal/display-width.js';

/** Prints permanent lines, and below them, on a terminal only, one that is overwritten. */
export function liveLine(sink: TextSink) {
  let shown = 0;
  const clear = () => {
    if (shown > 0) sink.writeRaw(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    clear,
    line: (text: string) => {
      clear();
      sink.write(`${text}\n`);
    },
    live: (text: string) => {
      if (!sink.isTTY) return;
      const fitted = startWithin(oneLine(text), Math.max(20, sink.columns - 1));
      clear();
      sink.write(fitted);
      shown = displayWidth(fitted);
    },
  };
}
