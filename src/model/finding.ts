import type { Level } from './knob.js';
import type { LintRule } from './lint-rules.js';

/**
 * Something the author of an experiment should know before it runs. error: certainly not what was
 * meant, or Spark will reject it. warning: it does not do what it seems to. note: good to know.
 */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note';
  /** Identifies the kind of finding, for example `cannot-act`. */
  readonly rule: LintRule;
  /** The knob, or the key of the file, that it is about. */
  readonly key: string;
  /** The levels concerned; empty for all. */
  readonly levels: readonly Level[];
  /** What will happen. */
  readonly what: string;
  readonly why: string;
  /** What to use or do instead. */
  readonly instead: string | null;
  /** Where the file says it; absent if the file does not, for example after `--master`. */
  readonly position?: Position;
}

/** A position in the experiment file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const ranks = { error: 0, warning: 1, note: 2 } as const;

/** The same findings, the most severe first. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}

/** Whether one of them keeps `run` from starting. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
