import type { TextSink } from '../../model/host.js';
import { printable } from '../../model/printable.js';

/** Prints permanent lines, and below them, on a terminal only, one that is overwritten. */
export function liveLine(sink: TextSink) {
  let shown = 0;
  const clear = () => {
    if (shown > 0) sink.writeRaw(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    line: (text: string) => {
      clear();
      sink.write(`${text}\n`);
    },
    live: (text: string) => {
      if (!sink.isTTY) return;
      const fitted = printable(text).slice(0, Math.max(20, sink.columns - 1));
      clear();
      sink.write(fitted);
      shown = fitted.length;
    },
  };
}
