import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { topicInputs, topicPrefix } from '../../execution/topic-inputs.js';
import { HarnessError } from '../../model/harness-error.js';
import { lockHolder } from '../../process/lock-file.js';
import { lockFileOf } from '../../store/run-folder.js';
import { readOpening, type RunOpening } from '../../store/run-opening.js';

/** The run that a topic belongs to. */
interface TopicOwner {
  readonly folder: string;
  /** Whether its process is alive. */
  readonly isLive: boolean;
}

/**
 * Finds the run below a results folder that made a topic or reads it, a live one first. Folders that hold no run are
 * passed over.
 */
export async function topicOwner(
  topic: string,
  resultsRoot: string,
): Promise<TopicOwner | undefined> {
  const names = await readdir(resultsRoot).catch(() => []);
  let ended: TopicOwner | undefined;
  for (const name of names.sort().reverse()) {
    const folder = join(resultsRoot, name);
    const opening = await readOpening(folder).catch(() => undefined);
    if (opening === undefined || !uses(opening, topic)) continue;
    if ((await lockHolder(lockFileOf(folder))) !== undefined) return { folder, isLive: true };
    ended ??= { folder, isLive: false };
  }
  return ended;
}

/** Throws RUN_IN_USE for a topic that a live run needs, or may need: one that an unknown run made. */
export async function refuseOwnedTopic(name: string, resultsRoot: string): Promise<void> {
  const owner = await topicOwner(name, resultsRoot);
  if (owner?.isLive === true) {
    throw new HarnessError({
      code: 'RUN_IN_USE',
      message: `Topic ${name} is used by the run in ${owner.folder}, which is going on.`,
      hint: `See how far it is: streamtune status ${owner.folder}. To delete the topic anyway: --force`,
    });
  }
  if (owner !== undefined || !name.startsWith('streamtune-')) return;
  throw new HarnessError({
    code: 'RUN_IN_USE',
    message: `Topic ${name} was made by a run that is not in ${resultsRoot}, so nobody can tell whether it is going on.`,
    hint: 'Say where its folder is with --results; or, if no run needs the topic, delete it with --force.',
  });
}

function uses({ manifest, plan, experiment }: RunOpening, topic: string): boolean {
  if (manifest.simulation !== undefined) return false;
  if (topic.startsWith(topicPrefix(manifest.runId))) return true;
  if (experiment.data.kind === 'topic' && experiment.data.topic === topic) return true;
  const { dataset } = manifest.hashes;
  const read = [...topicInputs(plan, { runId: manifest.runId, dataset }).values()];
  const written = plan.configurations.map(({ knobs }) => knobs['job.outputTopic']);
  return read.some((input) => input.topic === topic) || written.includes(topic);
}
