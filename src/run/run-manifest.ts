import { randomBytes } from 'node:crypto';
import type { DataSurvey } from '../model/experiment.js';
import type { Host } from '../model/host.js';
import type { Manifest, RunIdentity } from '../model/run/run-record.js';
import { describeMachine } from '../machine/describe-machine.js';
import { streamtuneVersion } from '../process/streamtune-version.js';

/** The manifest of a new run, which identifies it and says how to repeat it. */
export function newManifest(
  identity: RunIdentity,
  data: DataSurvey,
  { argv, now }: Host,
): Manifest {
  return {
    formatVersion: 4,
    runId: randomBytes(4).toString('hex'),
    streamtuneVersion: streamtuneVersion(),
    startedAt: new Date(now()).toISOString(),
    machine: describeMachine(),
    data,
    argv,
    ...identity,
  };
}

/**
 * Lists the changes that would make trials from before and after incomparable, a clause each. The machine does not
 * matter to a simulated run.
 */
export function differencesOf(before: Manifest, identity: RunIdentity): string[] {
  const machine = before.simulation === undefined ? describeMachine() : before.machine;
  const pairs: readonly (readonly [what: string, before: unknown, now: unknown])[] = [
    ['the experiment', before.hashes.experiment, identity.hashes.experiment],
    ['the plan', before.hashes.plan, identity.hashes.plan],
    ['the job', before.hashes.job, identity.hashes.job],
    ['the data', before.hashes.dataset, identity.hashes.dataset],
    ['Spark', before.versions.spark, identity.versions.spark],
    ['Kafka', before.versions.kafka, identity.versions.kafka],
    ['Java', before.versions.java, identity.versions.java],
    ['Python', before.versions.python, identity.versions.python],
    ['what each Spark runs on', sparksText(before), sparksText(identity)],
    ['the class archive', before.classArchive ?? 'none', identity.classArchive ?? 'none'],
    ['the broker', before.broker, identity.broker],
    ['the processor', before.machine.cpuModel, machine.cpuModel],
    ['the number of processors', before.machine.cpuCount, machine.cpuCount],
    ['the memory', before.machine.memoryBytes, machine.memoryBytes],
  ];
  return pairs
    .filter(([, old, current]) => old !== current)
    .map(([what, old, current]) => `${what} was ${String(old)} and is ${String(current)}`);
}

function sparksText({ sparks = [] }: RunIdentity): string {
  return sparks
    .map(({ version, ...parts }) => `Spark ${version} on ${Object.values(parts).join(', ')}`)
    .join('; ');
}
