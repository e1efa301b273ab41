import { knobsOfScope, type Assignment } from './knob.js';

/** The cluster managers that Spark knows, by their kind of master. */
export type TargetKind = 'local' | 'local-cluster' | 'standalone' | 'yarn' | 'kubernetes';

/** Whether the driver is a process of this machine, or one on a machine of the cluster. */
type DeployMode = 'client' | 'cluster';

/** Where Spark runs the driver and the executors of a configuration. */
export interface Target {
  readonly kind: TargetKind;
  /** The value for `--master`. */
  readonly master: string;
  readonly deployMode: DeployMode;
}

/** The knob that says where the driver runs, as `--deploy-mode`. */
export const deployModeKnob = 'spark.submit.deployMode';

/**
 * The target of a configuration, from its `spark.master` and `spark.submit.deployMode`; `local[*]` and `client` if unset,
 * as for spark-submit.
 */
export function targetOf(knobs: Assignment): Target {
  const spark = knobsOfScope(knobs, 'spark');
  const master = spark.get('spark.master') ?? 'local[*]';
  const deployMode = spark.get(deployModeKnob) === 'cluster' ? 'cluster' : 'client';
  return { master, kind: kindOf(master), deployMode };
}

function kindOf(master: string): TargetKind {
  if (master.startsWith('local-cluster')) return 'local-cluster';
  if (master.startsWith('spark://')) return 'standalone';
  if (master.startsWith('yarn')) return 'yarn';
  return master.startsWith('k8s://') ? 'kubernetes' : 'local';
}

/** Whether everything runs on this machine, so that nothing needs to listen on a network. */
export function isOnThisMachine({ kind, master }: Pick<Target, 'kind' | 'master'>): boolean {
  if (kind !== 'standalone') return kind === 'local' || kind === 'local-cluster';
  return mastersOf(master).every(({ host }) => /^(127\.[\d.]+|localhost|\[::1\])$/.test(host));
}

/** Where the masters of a standalone cluster listen: several with a standby, as `spark://a:7077,b:7077`. */
export function mastersOf(master: string): { readonly host: string; readonly port: number }[] {
  return [...master.matchAll(/([^,/]+):(\d+)(?=,|$)/g)].map(([, host = '', port]) => ({
    host,
    port: Number(port),
  }));
}

/** The workers that `local-cluster[WORKERS,CORES,MIB]` names, and the cores and MiB of each; NaN for what is missing. */
export function localClusterSize(master: string) {
  const numbers = [...master.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const [workers = NaN, cores = NaN, memoryMb = NaN] = numbers;
  return { workers, cores, memoryMb };
}
