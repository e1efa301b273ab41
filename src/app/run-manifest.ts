import { readFileSync } from 'node:fs';
import { versions as nodeVersions } from 'node:process';
import type { Manifest } from '../model/run-record.js';
import type { Toolchain } from '../model/toolchain.js';
import { projectPath } from '../process/project-paths.js';
import { describeMachine, sha256 } from './describe-machine.js';
import type { PreparedRun } from './prepare-run.js';
import { streamtuneVersion } from './streamtune-version.js';

/** Files that make up the job that is submitted. */
const jobFiles = ['data_stream.py.eta', 'launcher.py', 'progress_listener.py', 'secret_values.py'];

/** The same for a run in a made-up world: no toolchain, and the model's file in its place. */
export function simulatedManifest({
  prepared,
  simulation,
  startedAt,
}: {
  readonly prepared: PreparedRun;
  readonly simulation: string;
  readonly startedAt: number;
}): Manifest {
  const none = 'none, simulated';
  const common = commonPart(prepared, startedAt);
  return {
    ...common,
    simulation,
    versions: { node: nodeVersions.node, java: none, python: none, spark: none, kafka: none },
    broker: none,
    hashes: { ...hashesOf(prepared), job: none, dataset: none },
    command: `${common.command} --simulate ${simulation}`,
  };
}

function commonPart(prepared: PreparedRun, startedAt: number) {
  return {
    formatVersion: 1 as const,
    streamtuneVersion: streamtuneVersion(),
    startedAt: new Date(startedAt).toISOString(),
    machine: describeMachine(),
    command: `streamtune run ${prepared.argumentsText}`,
  };
}

function hashesOf({ text, plan }: PreparedRun) {
  return { experiment: sha256(text), plan: sha256(JSON.stringify(plan)) };
}

/** What a run is made of, so that it can be told apart and repeated. */
export function runManifest(options: {
  readonly prepared: PreparedRun;
  readonly toolchain: Toolchain;
  readonly dataset: string;
  readonly startedAt: number;
}): Manifest {
  const { prepared, toolchain, dataset, startedAt } = options;
  const { experiment } = prepared;
  const job = jobFiles.map((file) => readFileSync(projectPath(`spark-jobs/${file}`), 'utf8'));
  return {
    ...commonPart(prepared, startedAt),
    versions: {
      node: nodeVersions.node,
      java: toolchain.java.version,
      python: toolchain.python.version,
      spark: toolchain.spark.version,
      kafka: toolchain.kafka.version,
    },
    broker: experiment.bootstrapServers ?? 'embedded',
    hashes: {
      ...hashesOf(prepared),
      job: sha256(job.join('\n')),
      dataset,
    },
  };
}
