import type { Level } from './knob.js';

/**
 * Something about the knobs of an experiment that its author should know before it runs.
 * error: surely not what was meant, or Spark will refuse it. warning: it cannot do what it seems to. note: good to know.
 */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note';
  /** Stands for the kind of finding in JSON, for example `cannot-act`. */
  readonly rule: string;
  readonly key: string;
  /** The levels that it is about; empty for all of them. */
  readonly levels: readonly Level[];
  /** What will happen. */
  readonly what: string;
  readonly why: string;
  /** What to use or do instead. */
  readonly instead: string | null;
}
