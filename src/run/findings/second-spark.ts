import type { Configuration } from '../../model/configuration.js';
import { sparkVersionKnob } from '../../model/knob.js';
import { targetOf } from '../../model/target.js';

type One = Pick<Configuration, 'id' | 'knobs'>;

/**
 * Why a configuration cannot run on its standalone cluster beside the others there: its driver would be of another
 * version of Spark, and a cluster has one. At most one sentence; none elsewhere, as YARN and Kubernetes have no Spark.
 */
export function secondSparkProblems({ knobs }: One, all: readonly One[]): string[] {
  const { kind, master } = targetOf(knobs);
  const version = versionOf(knobs);
  const first = all.find((one) => targetOf(one.knobs).master === master);
  if (kind !== 'standalone' || first === undefined || versionOf(first.knobs) === version) return [];
  return [
    `${sparkVersionKnob} is ${version}, and that of ${first.id} is ${versionOf(first.knobs)}: the standalone cluster ${master} runs one version. Run each version on a cluster of its own, and \`streamtune compare\` the runs.`,
  ];
}

function versionOf(knobs: One['knobs']): string {
  return String(knobs[sparkVersionKnob] ?? 'not set');
}
