import { dirname } from 'node:path';
import { projectPath } from '../../process/project-paths.js';
import { runCommand } from '../../process/run-command.js';

/** A value that a script sets, and the line. */
interface WrittenValue {
  readonly value: string;
  readonly line: number;
}

/** What `spark-jobs/inspect_script.py` sees in a script without running it: only what is written as a plain value. */
export interface ScriptLook {
  /** Options of its sources, and settings of Spark, by name. */
  readonly source: Readonly<Record<string, WrittenValue>>;
  readonly conf: Readonly<Record<string, WrittenValue>>;
  readonly triggers: readonly (readonly [argument: string, value: string])[];
  readonly sinks: readonly string[];
  /** The names of its queries. */
  readonly queries: readonly string[];
  /** How many queries it starts, as far as can be seen. */
  readonly starts: number;
  readonly stateful: boolean;
  readonly arguments: readonly { readonly name: string; readonly required: boolean }[];
}

/** Looks at a script with this Python; undefined if it is no Python that this one can read. */
export async function lookAtScript(
  script: string,
  python: string,
  signal: AbortSignal,
): Promise<ScriptLook | undefined> {
  const args = ['-B', projectPath('spark-jobs/inspect_script.py'), script];
  const command = { file: python, args, cwd: dirname(script), env: {} };
  const { exitCode, stdout } = await runCommand(command, { signal, timeoutMs: 30_000 });
  return exitCode === 0 ? (JSON.parse(stdout) as ScriptLook) : undefined;
}
