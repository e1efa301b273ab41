import type { LogKind } from '../../model/log/log-file.js';

/** By then a log has shown what it is. */
const linesThatTell = 2_000;
const longestStart = 400;
const eventStart = /^\{"Event":"/;
const structuredStart = /^\{"ts":.*"level":/;
const progressStart = /^\[?\{.*"(?:runId|batchId)"/;
const logged = /\b(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\b/;

/** Finds out from its first lines what a log is. */
export function kindTally() {
  const found = { events: 0, structured: 0, progress: 0, json: 0, logged: 0, text: 0, binary: 0 };
  let seen = 0;
  const kindOf = (start: string): keyof typeof found => {
    if (eventStart.test(start)) return 'events';
    if (structuredStart.test(start)) return 'structured';
    if (progressStart.test(start)) return 'progress';
    if (start.startsWith('{') || start.startsWith('[{')) return 'json';
    return logged.test(start) ? 'logged' : 'text';
  };
  return {
    add: (line: Buffer, isBinary: boolean) => {
      if (line.length === 0 || seen >= linesThatTell) return;
      seen += 1;
      found[isBinary ? 'binary' : kindOf(line.toString('latin1', 0, longestStart))] += 1;
    },
    kind: (): LogKind => {
      if (found.events > 0) return 'event-log';
      if (found.structured > 0) return 'structured-log';
      if (found.progress > 0) return 'progress-lines';
      // Among lines at random, some begin like JSON and some name a level.
      if (found.binary > seen / 4) return 'binary';
      if (found.logged > 0) return 'driver-log';
      if (found.json > 0) return 'json-lines';
      return found.text > 0 ? 'text' : 'empty';
    },
  };
}
