import type { RunEnd, TrialEnd } from '../model/journal-event.js';
import type { ProcessIdentity } from '../model/process-identity.js';
import type { RunResume } from '../model/run-record.js';
import type { JournalEntry } from '../store/journal.js';

/** What a journal says of a run. */
export interface RunState {
  /** Ended trials by id, in the order in which they ended. */
  readonly ended: ReadonlyMap<string, TrialEnd>;
  /** Trials that were stopped on request, and are to be run again. */
  readonly canceled: ReadonlyMap<string, TrialEnd>;
  /** The trial that had begun and not ended when the journal stops. */
  readonly under: string | undefined;
  /** Every process group that was started. */
  readonly processes: readonly ProcessIdentity[];
  /** Why the run ended; undefined while it runs, or where it broke off. */
  readonly end: RunEnd | undefined;
  readonly resumes: readonly RunResume[];
  readonly lastAt: string | undefined;
}

/** The state of a run from its journal, entry by entry. */
export function replay(entries: readonly JournalEntry[]): RunState {
  const ended = new Map<string, TrialEnd>();
  const canceled = new Map<string, TrialEnd>();
  const processes: ProcessIdentity[] = [];
  let under: string | undefined;
  const resumes: RunResume[] = [];
  let end: RunEnd | undefined;
  let lastAt: string | undefined;
  for (const { event, at } of entries) {
    switch (event.kind) {
      case 'run-started':
        break;
      case 'run-resumed':
        end = undefined;
        resumes.push({
          at,
          idleMs: Date.parse(at) - Date.parse(lastAt ?? at),
          differences: event.differences,
        });
        break;
      case 'process-started':
        processes.push(event.process);
        break;
      case 'trial-started':
        under = event.trial;
        break;
      case 'trial-ended':
        under = undefined;
        canceled.delete(event.trial);
        (event.outcome.kind === 'canceled' ? canceled : ended).set(event.trial, endOf(event));
        break;
      case 'run-ended':
        end = event.why;
        break;
    }
    lastAt = at;
  }
  return {
    ended,
    canceled,
    under,
    processes,
    end,
    resumes,
    lastAt,
  };
}

function endOf({ outcome, wallMs, machine, offered }: TrialEnd): TrialEnd {
  return { outcome, wallMs, machine, offered };
}
