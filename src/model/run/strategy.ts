import type { Block } from '../trial/plan.js';
import type { RunRecord } from './run-record.js';

/** What a strategy knows: the plan, the blocks that it has decided so far, and how their trials ended. */
type History = Pick<RunRecord, 'experiment' | 'plan' | 'blocks' | 'trials'>;

/** Who decides what runs next. Pure: the same history gives the same block, so a resumed run decides the same. */
export interface Strategy {
  next(history: History): Block | 'done';
}
