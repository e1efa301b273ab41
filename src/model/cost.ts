/**
 * The cores of the executors, and the heaps of driver and executors: what a standalone cluster gave a trial, else what its
 * configuration asks for.
 */
export interface Resources {
  readonly cores: number;
  readonly memoryBytes: number;
}

/** What an hour costs, each part in the same currency. */
export interface Price {
  /** Of everything, whatever a configuration asks for. */
  readonly perHour: number;
  readonly perCoreHour: number;
  readonly perGibHour: number;
  /** Three letters, or what else stands before a sum. */
  readonly currency: string;
}

/**
 * What a million rows cost, derived from what it ran with and the time in which the counted batches ran:
 * `seconds` = 10⁶ · (end of the last counted batch − start of the first) / rows of the counted batches.
 */
export interface RowCost {
  /** cores · seconds. */
  readonly coreSeconds: number;
  /** Memory in GiB · seconds. */
  readonly memoryGibSeconds: number;
  /** (perHour + cores · perCoreHour + GiB · perGibHour) · seconds / 3600; null without a price. */
  readonly price: number | null;
}

/** The cost of a configuration, each figure the median over its trials; or of one trial. */
export interface ConfigurationCost extends RowCost {
  readonly resources: Resources;
}
