import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { topicInputs, topicPrefix } from '../execution/topic-inputs.js';
import { lockHolder } from '../process/lock-file.js';
import { lockFileOf } from '../store/run-folder.js';
import { readOpening, type RunOpening } from '../store/run-opening.js';

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

function uses({ manifest, plan }: RunOpening, topic: string): boolean {
  if (manifest.simulation !== undefined) return false;
  if (topic.startsWith(topicPrefix(manifest.runId))) return true;
  const { dataset } = manifest.hashes;
  const read = [...topicInputs(plan, { runId: manifest.runId, dataset }).values()];
  const written = plan.configurations.map(({ knobs }) => knobs['job.outputTopic']);
  return read.some((input) => input.topic === topic) || written.includes(topic);
}
