import type { LogKind, Skipped } from '../../model/log/log-file.js';
import type { LoggedEvent } from '../../model/log/logged-event.js';
import { blockScanner } from './block-scanner.js';
import { kindTally } from './kind-tally.js';
import { lineSplitter } from './line-splitter.js';
import { progressWords, readLoggedJson } from './logged-json.js';
import { skipTally } from './skip-tally.js';

/** In every event of a query, also where it is escaped within a structured log message. */
const queryMark = Buffer.from('"runId');
const progressMark = Buffer.from(progressWords);
const openingBrace = 0x7b;
const openingBracket = 0x5b;

interface ScanResult {
  readonly kind: LogKind;
  readonly lines: number;
  readonly batches: number;
  readonly skipped: readonly Skipped[];
}

/**
 * Finds the events of streaming queries in the text of a log of any kind, pushed in chunks. Only lines that name such
 * an event are decoded and parsed; what cannot be understood is counted.
 */
export function lineScanner(onEvent: (event: LoggedEvent) => void) {
  const skips = skipTally();
  const kinds = kindTally();
  const count = { lines: 0, batches: 0 };
  const skip = (reason: Skipped['reason'], times?: number) => {
    skips.add(reason, `line ${String(count.lines)}`, times);
  };
  const finder = eventFinder(skip, (event) => {
    if (event.kind === 'progress') count.batches += 1;
    onEvent(event);
  });
  let hasNul = false;
  const take = (line: Buffer, isWhole: boolean) => {
    count.lines += 1;
    const isBinary = hasNul && line.includes(0);
    kinds.add(line, isBinary);
    if (isBinary) skip('binary-lines');
    else finder.scan(line, isWhole);
  };
  const splitter = lineSplitter({
    line: take,
    tooLong: () => {
      count.lines += 1;
      skip('too-long');
    },
  });
  return {
    push: (chunk: Buffer) => {
      hasNul = chunk.includes(0);
      splitter.push(chunk);
    },
    /** Takes in the last line, and says what the log was. */
    end: (): ScanResult => {
      splitter.end();
      finder.end();
      return { kind: kinds.kind(), ...count, skipped: skips.all() };
    },
  };
}

/** Finds events line by line. */
function eventFinder(
  skip: (reason: Skipped['reason'], times?: number) => void,
  onEvent: (event: LoggedEvent) => void,
) {
  const emit = (text: string, isWhole: boolean) => {
    const { events, broken } = readLoggedJson(text);
    for (const event of events) onEvent(event);
    if (broken !== undefined) skip(isWhole ? broken : 'torn-end');
  };
  const blocks = blockScanner({ skip, emit });
  return {
    scan: (line: Buffer, isWhole: boolean) => {
      const first = line[0];
      if (first === openingBrace) {
        if (line.includes(queryMark)) emit(line.toString('utf8'), isWhole);
        else blocks.goOn(line);
        return;
      }
      const at = line.indexOf(progressMark);
      if (at >= 0) blocks.begin(line.subarray(at + progressMark.length));
      else if (first === openingBracket && line.includes(queryMark)) {
        emit(line.toString('utf8'), isWhole);
      } else blocks.goOn(line);
    },
    end: () => {
      blocks.end('torn-end');
    },
  };
}
