import type { Configuration } from '../../model/configuration.js';
import { HarnessError } from '../../model/harness-error.js';
import { targetOf } from '../../model/target.js';
import { runCommand } from '../../process/run-command.js';
import { sparkClassCommand, type SparkClassParts } from './spark-class-command.js';

interface CheckOptions extends SparkClassParts {
  readonly signal: AbortSignal;
}

/** Hadoop itself goes on asking for a quarter of an hour. */
const patienceMs = 60_000;

/**
 * Asks YARN for its nodes, if a configuration runs there: a driver would go on asking until the time limit of its trial.
 * Throws CLUSTER_UNREACHABLE.
 */
export async function checkYarn(
  configurations: readonly Configuration[],
  options: CheckOptions,
): Promise<void> {
  if (!configurations.some(({ knobs }) => targetOf(knobs).kind === 'yarn')) return;
  const { env, signal } = options;
  const folder = env['YARN_CONF_DIR'] ?? env['HADOOP_CONF_DIR'];
  if (folder === undefined) {
    throw unreachable('neither HADOOP_CONF_DIR nor YARN_CONF_DIR says where it is');
  }
  const main = 'org.apache.hadoop.yarn.client.cli.NodeCLI';
  const ended = await runCommand(sparkClassCommand(options, main, 'node', '-list'), {
    ...{ signal, timeoutMs: patienceMs },
  });
  if (ended.timedOut) throw unreachable(`it does not answer, by the yarn-site.xml in ${folder}`);
  if (ended.exitCode === 0) return;
  const last = ended.stderr
    .split('\n')
    .findLast((line) => /\S/.test(line) && !/^\s+at /.test(line));
  throw unreachable(ended.startError ?? last?.trim() ?? 'its own client fails');
}

function unreachable(why: string): HarnessError {
  return new HarnessError({
    code: 'CLUSTER_UNREACHABLE',
    message: `YARN cannot be asked for executors: ${why}.`,
    hint: 'Set HADOOP_CONF_DIR to a folder with the core-site.xml and yarn-site.xml of the cluster; `yarn node -list` asks the same.',
  });
}
