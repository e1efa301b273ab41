import type { Block } from '../trial/plan.js';
import type { RunRecord } from './run-record.js';

/** What a strategy knows: the plan, the blocks it has decided so far, and how their trials ended. */
type History = Pick<RunRecord, 'experiment' | 'plan' | 'blocks' | 'trials'>;

/** Decides what runs next. Pure: the same history yields the same block, so a resumed run decides the same. */
export interface Strategy {
  next(history: History): Block | 'done';
}
