/** How a log, or a part of one, is packed. */
export type Packing = 'zstd' | 'lz4' | 'snappy' | 'gzip' | 'zip' | 'utf-16';

/** What a log is by its content. */
export type LogKind =
  | 'event-log'
  | 'driver-log'
  | 'structured-log'
  | 'progress-lines'
  | 'json-lines'
  | 'text'
  | 'binary'
  | 'empty';

/** Why a part of a log was not understood. Worded in `report/`. */
export type SkipReason =
  /** The last line is not whole: the log is still being written, or was cut. */
  | 'torn-end'
  /** A line names a query's event and is not JSON. */
  | 'no-json'
  /** JSON that is meant to be progress and lacks its run, batch or time. */
  | 'no-progress'
  /** A message of a driver log whose progress never ends. */
  | 'cut-short'
  /** Lines of another program between those of a message. The message itself counts. */
  | 'foreign-lines'
  | 'too-long'
  | 'binary-lines'
  /** Compressed data that ends within a block: it is still being written, or was cut. */
  | 'packed-torn'
  | 'packed-damaged'
  /** Compressed data that takes more memory or time than any log would. */
  | 'packed-bomb'
  /** Packed by a program that streamtune does not unpack. */
  | 'packed-unknown'
  /** The same batch was in another log already. */
  | 'read-before'
  /** More progress than is kept in memory: the oldest batches went. */
  | 'not-kept';

export interface Skipped {
  readonly reason: SkipReason;
  readonly count: number;
  /** Where it was first, such as `line 12` or `byte 4,096`; empty if that says nothing. */
  readonly where: string;
}

/** One file of a log as it was read. */
export interface LogFile {
  readonly path: string;
  /** From the outside in; empty for a file that is not packed. */
  readonly packings: readonly Packing[];
  readonly kind: LogKind;
  /** As stored. */
  readonly bytes: number;
  readonly lines: number;
  readonly batches: number;
  readonly skipped: readonly Skipped[];
}
