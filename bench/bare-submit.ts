import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { jobParameters } from '../src/jobs/template/job-parameters.js';
import { renderJob } from '../src/jobs/template/render-job.js';
import { connectorOf } from '../src/model/kafka-connector.js';
import { bootstrapServersOf } from '../src/model/kafka-endpoint.js';
import { knobsOfScope, type Assignment } from '../src/model/knob.js';
import { runCommand } from '../src/process/run-command.js';
import type { ColdWorld } from './cold-world.js';

type BareWorld = Pick<ColdWorld, 'toolchain' | 'env' | 'signal' | 'endpoint' | 'topic'>;

interface BareJob {
  readonly knobs: Assignment;
  readonly directory: string;
  /** Whether its jars are looked for first, or at hand. */
  readonly connector: 'packages' | 'jars';
}

/** Runs the shipped job as somebody without streamtune would, in a folder that is there. */
export async function bareSubmit(
  { toolchain, env, signal, endpoint, topic }: BareWorld,
  { knobs, directory, connector }: BareJob,
): Promise<void> {
  const job = join(directory, 'data_stream.py');
  const places = {
    bootstrapServers: bootstrapServersOf(endpoint),
    ...{ topic, outputTopic: 'none', output: 'none', radioCodes: 'none' },
    checkpoint: join(directory, 'checkpoint'),
  };
  writeFileSync(job, renderJob(jobParameters(knobs), places));
  const { version, home, connectorJars } = toolchain.spark;
  const conf = knobsOfScope(knobs, 'spark');
  const master = conf.get('spark.master') ?? 'local[*]';
  conf.delete('spark.master');
  const ended = await runCommand(
    {
      file: join(home, 'bin', 'spark-submit'),
      args: [
        ...(connector === 'packages'
          ? ['--packages', connectorOf(version)]
          : ['--jars', connectorJars.join(',')]),
        ...['--master', master, ...[...conf].flatMap(([k, v]) => ['--conf', `${k}=${v}`]), job],
      ],
      cwd: directory,
      env: {
        ...{ HOME: env['HOME'], JAVA_HOME: toolchain.java.home },
        PYSPARK_PYTHON: toolchain.python.executable,
        PATH: [join(toolchain.java.home, 'bin'), env['PATH'] ?? ''].join(delimiter),
        SPARK_LOCAL_IP: '127.0.0.1',
      },
    },
    { signal },
  );
  if (ended.exitCode !== 0) throw new Error(ended.stderr.slice(-2_000));
}
