import { basename } from 'node:path';
import { versions as nodeVersions } from 'node:process';
import type { Experiment } from '../../model/experiment.js';
import type { Assignment } from '../../model/knob.js';
import type { RunIdentity, SparkOfRun } from '../../model/run/run-record.js';
import { sparkOf, sparksOf } from '../../model/spark-request.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { TrialEnvironment } from '../../model/trial-environment.js';
import type { Plan } from '../../model/trial/plan.js';

/** The environments of a run: one for each Spark that its configurations ask for. */
export interface Environments {
  /** That of the first configuration, the baseline, first. */
  readonly all: readonly [TrialEnvironment, ...TrialEnvironment[]];
  /** The one for a configuration. */
  readonly of: (knobs: Assignment) => TrialEnvironment;
}

/** The only place that says in which environment a configuration runs. `all`: in the order of `sparksOf`. */
export function environmentsOf(
  { experiment, plan }: { readonly experiment: Experiment; readonly plan: Plan },
  all: readonly TrialEnvironment[],
): Environments {
  const [first, ...others] = all;
  if (first === undefined) throw new Error('a run needs an environment');
  const versions = sparksOf(experiment, plan.configurations).map(({ version }) => version);
  return {
    all: [first, ...others],
    of: (knobs) => all[versions.indexOf(sparkOf(experiment, knobs).version)] ?? first,
  };
}

/** What a run depends on of its environments; each on its own where there are several. */
export function identityOfSparks(
  all: Environments['all'],
): Pick<RunIdentity, 'versions' | 'classArchive' | 'sparks'> {
  const toolchains = all.map(({ toolchain }) => toolchain);
  const each = (of: (one: Toolchain) => string) => [...new Set(toolchains.map(of))].join(', ');
  const archives = all.flatMap(({ archive }) => (archive === undefined ? [] : [archive.id]));
  return {
    versions: {
      node: nodeVersions.node,
      java: each(({ java }) => java.version),
      python: each(({ python }) => python.version),
      spark: each(({ spark }) => spark.version),
      kafka: each(({ kafka }) => kafka.version),
    },
    ...(archives.length === 0 ? {} : { classArchive: archives.join(', ') }),
    ...(isPlain(toolchains) ? {} : { sparks: toolchains.map(sparkOfRun) }),
  };
}

/** One Spark as it comes from PyPI, of which its version says everything. */
function isPlain(toolchains: readonly Toolchain[]): boolean {
  return toolchains.length === 1 && toolchains[0]?.spark.source === 'PyPI';
}

function sparkOfRun({ spark, java, python }: Toolchain): SparkOfRun {
  const client = spark.connectorJars.map((jar) => basename(jar)).find((name) => isClient(name));
  return {
    version: spark.version,
    scala: spark.scala,
    java: java.version,
    python: python.version,
    ...(client === undefined ? {} : { kafkaClient: client.replace(/^kafka-clients-|\.jar$/g, '') }),
  };
}

function isClient(name: string): boolean {
  return name.startsWith('kafka-clients-');
}
