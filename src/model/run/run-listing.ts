import type { RunState } from './run-record.js';
import type { ReportModel } from './report-model.js';

/** One run folder among others: its report, or why it cannot be read. */
export type RunListing =
  | {
      readonly kind: 'read';
      readonly folder: string;
      readonly model: ReportModel;
      readonly state: RunState;
      /** Blocks of which every trial has ended. */
      readonly blocksDone: number;
      readonly blocksPlanned: number;
    }
  | {
      readonly kind: 'refused';
      readonly folder: string;
      /** The code and the message of the error. */
      readonly code: string;
      readonly why: string;
    };
