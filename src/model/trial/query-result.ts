/** What one query of a trial had written when it ended: the final state of its output, or why that was not read. */
export interface QueryResult {
  /** Its name, or query-1, query-2, … in the order of their start. */
  readonly query: string;
  readonly sink: string;
  readonly mode: string;
  /** Rows that the query had read. */
  readonly inputRows: number;
  readonly state?: ResultState;
  /** Where there is no state. */
  readonly unread?: UnreadCause;
}

/** Append: all rows. Update: the last row of each key. Complete: the last batch. The order of rows does not matter. */
export interface ResultState {
  readonly rows: number;
  /** The same for the same rows, by the same reader: only compare those of one sink. */
  readonly digest: string;
  /** Of many rows, those are in the sample whose hash is a multiple of this, a power of two. */
  readonly share: number;
  /** The rows whose keys have the smallest hashes, ascending; all rows if there are fewer than `sampleRows`. */
  readonly sample: readonly ResultRow[];
}

/** At most so many rows are kept of a state. */
export const sampleRows = 200;

export interface ResultRow {
  /** Of the key, 16 hexadecimal digits. */
  readonly hash: string;
  /** JSON of the key's columns, of all columns if there is no key, or the text of the sink. */
  readonly key: string;
  /** The same of the other columns, and how often the row is there if not once. */
  readonly value: string;
}

/** Why the output of a query was not read. Worded in `report/`. */
export type UnreadCause =
  /** Nothing of it is left, or nobody but the job can read it. */
  | { readonly kind: 'sink' }
  /** It is written where other trials write, too. */
  | { readonly kind: 'place' }
  /** Its rows are updates, and which of them replace each other is not known. */
  | { readonly kind: 'keys' }
  /** The query was stopped, perhaps before its last windows were closed. */
  | { readonly kind: 'cut-off' }
  /** The console shows only some rows of a batch, or only the start of a value. */
  | { readonly kind: 'console-shortened' }
  /** Several queries write to the console, or something else got between its lines. */
  | { readonly kind: 'console-mixed' }
  | { readonly kind: 'failed'; readonly text: string };
