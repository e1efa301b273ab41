import { readOomKills } from '../../machine/machine-reserves.js';
import type { CanaryReading } from '../../model/trial/canary.js';
import type { Job } from '../../model/trial/job.js';
import type { InvalidCause } from '../../model/trial/outcome.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { Command } from '../../process/command.js';
import { trialCanary, type CanaryParts } from './trial-canary.js';

interface Followed extends CanaryParts {
  readonly settings: CanaryParts['settings'] & { readonly job: Job };
  readonly onEvent: (event: ProgressEvent) => void;
}

/** What was seen of a job from its start to its end. */
interface FollowedJob<Ended> {
  readonly ended: Ended;
  readonly events: readonly ProgressEvent[];
  readonly readings: readonly CanaryReading[];
  /** Why the trial cannot count: the canary died. */
  readonly problem: InvalidCause | undefined;
  /** Whether the kernel ended a process for lack of memory meanwhile. */
  readonly outOfMemory: boolean;
}

/** Starts the job of a trial and follows it to its end, with the canary beside it. `watch` sees each event first. */
export async function followJob<Ended>(
  command: Command,
  parts: Followed,
  {
    start,
    watch,
  }: { readonly start: () => Promise<Ended>; readonly watch: (event: ProgressEvent) => void },
): Promise<FollowedJob<Ended>> {
  const events: ProgressEvent[] = [];
  const oomKills = await readOomKills();
  const canary = trialCanary(command, parts);
  const running = start();
  for await (const event of parts.settings.job.progress.read(parts.files, running)) {
    watch(event);
    if (event.kind === 'started') canary.begin();
    events.push(event);
    parts.onEvent(event);
  }
  const { readings, problem } = await canary.end();
  const ended = await running;
  const outOfMemory = (await readOomKills()) !== oomKills;
  return { ended, events, readings, problem, outOfMemory };
}
