import { dirname } from 'node:path';
import type { ScriptJob } from '../../model/experiment.js';
import { projectPath } from '../../process/project-paths.js';
import { runCommand } from '../../process/run-command.js';

/** What `spark-jobs/check_script.py` prints. */
interface Checked {
  readonly syntax: { readonly line: number; readonly text: string } | null;
  readonly missing: readonly { readonly module: string; readonly line: number }[];
}

const patienceMs = 30_000;

/** What is wrong with a script before it runs: its syntax, or modules that its Python does not have. */
export async function checkScript(
  { script, pyFiles }: Pick<ScriptJob, 'script' | 'pyFiles'>,
  python: string,
  signal: AbortSignal,
): Promise<string[]> {
  const command = {
    file: python,
    args: ['-B', projectPath('spark-jobs/check_script.py'), script, ...pyFiles],
    cwd: dirname(script),
    env: {},
  };
  const { exitCode, stdout } = await runCommand(command, { signal, timeoutMs: patienceMs });
  if (exitCode !== 0) return []; // Spark's own Python will say more
  const { syntax, missing } = JSON.parse(stdout) as Checked;
  if (syntax !== null) return [`${script}:${String(syntax.line)}: ${syntax.text}.`];
  return missing.map(
    ({ module, line }) =>
      `${script}:${String(line)}: the module ${module} is not installed in ${python}.${oldApi(module)}`,
  );
}

/** Scripts for Spark 2 import what Spark 3 no longer has. */
function oldApi(module: string): string {
  return module === 'pyspark.streaming.kafka'
    ? ' It belonged to the DStream API for Kafka, which ended with Spark 2.4; streamtune runs Structured Streaming.'
    : '';
}
