import { readFileSync } from 'node:fs';
import { versions as nodeVersions } from 'node:process';
import type { Manifest } from '../model/run-record.js';
import type { Toolchain } from '../model/toolchain.js';
import { projectPath } from '../process/project-paths.js';
import { describeMachine, sha256 } from './describe-machine.js';
import type { PreparedRun } from './prepare-run.js';
import { streamtuneVersion } from './streamtune-version.js';

/** Files that make up the job that is submitted. */
const jobFiles = ['data_stream.py.eta', 'launcher.py', 'progress_listener.py'];

/** What a run is made of, so that it can be told apart and repeated. */
export function runManifest(options: {
  readonly prepared: PreparedRun;
  readonly toolchain: Toolchain;
  readonly dataset: string;
  readonly startedAt: number;
}): Manifest {
  const { prepared, toolchain, dataset, startedAt } = options;
  const { experiment, plan, text } = prepared;
  const job = jobFiles.map((file) => readFileSync(projectPath(`spark-jobs/${file}`), 'utf8'));
  return {
    formatVersion: 1,
    streamtuneVersion: streamtuneVersion(),
    startedAt: new Date(startedAt).toISOString(),
    machine: describeMachine(),
    versions: {
      node: nodeVersions.node,
      java: toolchain.java.version,
      python: toolchain.python.version,
      spark: toolchain.spark.version,
      kafka: toolchain.kafka.version,
    },
    broker: experiment.bootstrapServers ?? 'embedded',
    hashes: {
      experiment: sha256(text),
      plan: sha256(JSON.stringify(plan)),
      job: sha256(job.join('\n')),
      dataset,
    },
    command: `streamtune run ${prepared.argumentsText}`,
  };
}
