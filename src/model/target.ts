import { knobsOfScope, type Assignment } from './knob.js';

/** The cluster managers that Spark knows, by the kind of master that stands for them. */
export type TargetKind = 'local' | 'local-cluster' | 'standalone' | 'yarn' | 'kubernetes';

/** Where Spark runs the driver and the executors of a configuration. */
export interface Target {
  readonly kind: TargetKind;
  /** As `--master` takes it. */
  readonly master: string;
}

/** The target of a configuration, by its `spark.master`; `local[*]` where it has none, as for spark-submit. */
export function targetOf(knobs: Assignment): Target {
  const master = knobsOfScope(knobs, 'spark').get('spark.master') ?? 'local[*]';
  return { master, kind: kindOf(master) };
}

function kindOf(master: string): TargetKind {
  if (master.startsWith('local-cluster')) return 'local-cluster';
  if (master.startsWith('spark://')) return 'standalone';
  if (master.startsWith('yarn')) return 'yarn';
  return master.startsWith('k8s://') ? 'kubernetes' : 'local';
}

/** Whether everything runs on this machine, so that nothing has to listen on a network. */
export function isOnThisMachine({ kind }: Target): boolean {
  return kind === 'local' || kind === 'local-cluster';
}
