import { mountedPath } from '../../execution/cluster/driver-folder.js';
import type { Experiment } from '../../model/experiment.js';
import { clientReferences } from '../../model/kafka-client-settings.js';
import { isSet, type Assignment } from '../../model/knob.js';
import { referencesIn } from '../../model/secret.js';
import { deployModeKnob, targetOf, type Target } from '../../model/target.js';

/** Why a configuration cannot run with the driver where it asks for it, a sentence each; empty if it can. */
export function deployModeProblems(experiment: Experiment, knobs: Assignment): string[] {
  const asked = String(knobs[deployModeKnob]);
  if (!isSet(knobs, deployModeKnob) || asked === 'client') return [];
  if (asked !== 'cluster') {
    return [`${deployModeKnob} is ${JSON.stringify(asked)}, and Spark knows client and cluster.`];
  }
  const target = targetOf(knobs);
  return [
    refusedBySpark(target, experiment),
    withoutFolder(experiment),
    withPasswords(experiment, knobs),
    experiment.executor === undefined
      ? undefined
      : `${deployModeKnob} is cluster, and trials can share a driver on this machine only: leave \`executor\` out.`,
  ].filter((problem) => problem !== undefined);
}

function refusedBySpark({ kind, master }: Target, { job }: Experiment): string | undefined {
  if (kind === 'local' || kind === 'local-cluster') {
    return `${deployModeKnob} is cluster, and ${master} has no machine but this one for the driver.`;
  }
  return kind === 'standalone' && job.kind !== 'jar'
    ? `${deployModeKnob} is cluster, in which a standalone master runs jars only, no Python.`
    : undefined;
}

/** The driver writes its progress there, and streamtune reads it while it does. */
function withoutFolder({ sharedFolder }: Experiment): string | undefined {
  if (sharedFolder === undefined) {
    return `${deployModeKnob} is cluster, and nothing says where the driver's machine and this one share a folder: set spark.sharedFolder to one that both mount.`;
  }
  return mountedPath(sharedFolder) === undefined
    ? `${deployModeKnob} is cluster, and spark.sharedFolder is ${sharedFolder}, which this machine does not mount: the driver's progress is read from there while it runs.`
    : undefined;
}

/** Settings of a driver elsewhere pass through the cluster manager, which shows them to everybody. */
function withPasswords({ kafka }: Experiment, knobs: Assignment): string | undefined {
  const references = [
    ...Object.values(knobs).flatMap(referencesIn),
    ...(kafka === undefined ? [] : clientReferences(kafka)),
  ];
  const [first] = references;
  return first === undefined
    ? undefined
    : `${deployModeKnob} is cluster, and the password ${first.text} would reach the driver by the cluster manager, which shows such settings to everybody.`;
}
