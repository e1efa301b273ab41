import type { ErrorCode } from '../../src/model/error-catalogue.js';
import type { LintRule } from '../../src/model/lint-rules.js';

/** A mistaken or hostile experiment or data file, and how it must be met. */
export interface HostileRow {
  readonly name: string;
  readonly door: 'experiment' | 'data';
  /** What stands in the experiment file, after its version and name unless it is `whole`. */
  readonly text: string;
  readonly whole?: true;
  /** The content of the data file `calls`; or what stands there in its place. */
  readonly data?: string | Buffer | { readonly kind: 'folder' | 'fifo' | 'none' | 'link-loop' };
  readonly expect: {
    readonly code: ErrorCode;
    readonly exitCode: number;
    /** The rule of lint that finds it, which `--force` overrides. */
    readonly rule?: LintRule;
    readonly says?: RegExp;
  };
}

/** Enough batches, so that nothing but what a row adds is wrong. */
export const enough = 'source.maxOffsetsPerTrigger: 500, spark.sql.shuffle.partitions: 4';
