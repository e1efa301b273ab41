import { hostsOf, type ExecutorsSeen } from '../../model/executors-seen.js';
import { HarnessError } from '../../model/harness-error.js';
import type { TrialEvidence } from '../../model/trial/executor.js';
import type { TrialFiles } from '../../model/trial/job.js';
import { mountedPath } from './driver-folder.js';
import { missingPartitions, type Missing } from './missing-partitions.js';

type Evidence = Pick<TrialEvidence, 'end' | 'events' | 'executors'>;

/**
 * Throws SHARED_FOLDER_UNUSABLE if the executors of a trial could not write their state to the folder that they share with the
 * driver, or have written it to another one: then the next trial would end the same way. Before a trial, only this machine's own
 * rights there are known. Called while the trial's part of the folder is there.
 */
export async function requireSharedState(
  { shared }: Pick<TrialFiles, 'shared'>,
  evidence: Evidence,
): Promise<void> {
  if (shared === undefined || evidence.end.kind === 'canceled') return;
  const refused = refusalIn(evidence, shared);
  if (refused !== undefined) throw unusable(shared, refused);
  const missing = await missingPartitions(shared, evidence.events);
  if (missing !== undefined) throw unusable(shared, elsewhere(missing, evidence.executors));
}

/** What is wrong there, as the end of a sentence, and what to do. */
interface Fault {
  readonly what: string;
  readonly advice: string;
}

/** Where a task ran that failed last, and the innermost reason that is about a file below the folder. */
const forms = {
  host: /\(TID \d+\) \((\S+) executor \S+\)/,
  refusal:
    /(?:Permission denied|Access ?[Dd]enied|AccessControlException|mkdir of \S+ failed|Mkdirs failed|Read-only file system|Operation not permitted).*/,
} as const;

function refusalIn({ end, events }: Evidence, shared: string): Fault | undefined {
  if (end.kind !== 'failed') return undefined;
  const texts = events.map((event) => (event.kind === 'terminated' ? event.exception : null));
  const told = [...texts.filter((text) => text !== null), ...end.stderrTail].join('\n');
  const host = forms.host.exec(told)?.[1];
  const path = mountedPath(shared) ?? shared.replace(/^[\w+.-]+:\/\/[^/]*/, '');
  const line = told.split('\n').find((one) => forms.refusal.test(one) && isAbout(one, path));
  if (host === undefined || line === undefined) return undefined;
  return {
    what: `the executor on ${host} cannot write there: ${reasonIn(line).slice(0, 300)}`,
    advice: 'Let the user whom the workers run as write there',
  };
}

/** What the task itself said, without the words of Spark around it. */
function reasonIn(line: string): string {
  const start = Math.max(0, line.search(/[^ ]*Exception: (?!.*executor \S+\): )/));
  return line.slice(start).trim().replace(/\.$/, '');
}

/** HDFS names the folder nearest to it that is there. */
function isAbout(line: string, path: string): boolean {
  const inode = /\binode="([^"]+)"/.exec(line)?.[1];
  return line.includes(path) || (inode !== undefined && path.startsWith(inode));
}

function elsewhere({ partitions, missing }: Missing, executors: ExecutorsSeen | undefined): Fault {
  const hosts = executors === undefined ? 'other machines' : hostsOf(executors).join(', ');
  return {
    what: `of ${String(partitions)} partitions of the state this machine sees no file of ${String(missing)}, so executors (on ${hosts}) keep theirs in another folder of that name`,
    advice: 'Mount one folder at that path on all machines, or name one of HDFS',
  };
}

function unusable(shared: string, { what, advice }: Fault): HarnessError {
  return new HarnessError({
    code: 'SHARED_FOLDER_UNUSABLE',
    message: `The executors cannot use ${shared}, a trial's part of spark.sharedFolder: ${what}.`,
    hint: `${advice}, and try again; \`streamtune resume DIR\` goes on with a run, and keeps its finished trials.`,
  });
}
