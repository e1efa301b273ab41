import type { Level } from './knob.js';

/**
 * Something the author of an experiment should know about its knobs before it runs. error: certainly not what was
 * meant, or Spark will reject it. warning: it does not do what it seems to. note: good to know.
 */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note';
  /** Identifies the kind of finding in JSON, for example `cannot-act`. */
  readonly rule: string;
  readonly key: string;
  /** The levels concerned; empty for all. */
  readonly levels: readonly Level[];
  /** What will happen. */
  readonly what: string;
  readonly why: string;
  /** What to use or do instead. */
  readonly instead: string | null;
}
