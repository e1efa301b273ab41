import type { JarJob } from '../../model/experiment.js';
import { projectPath } from '../../process/project-paths.js';
import { runCommand } from '../../process/run-command.js';

/** What `spark-jobs/check_jar.py` prints. */
interface Checked {
  readonly problem: 'missing' | 'no-jar' | null;
  /** The Main-Class of the manifest. */
  readonly mainClass: string | null;
  /** Whether the jar holds the wanted class. */
  readonly hasClass: boolean;
  /** Classes with that simple name, or with a main method that the name may mean. */
  readonly similar: readonly string[];
}

const patienceMs = 30_000;

/** What is wrong with a jar before it runs: no jar, no main class, or one that is not in it. */
export async function checkJar(
  { jar, mainClass }: Pick<JarJob, 'jar' | 'mainClass'>,
  python: string,
  signal: AbortSignal,
): Promise<string[]> {
  const command = {
    file: python,
    args: ['-B', projectPath('spark-jobs/check_jar.py'), jar, mainClass ?? ''],
    env: {},
  };
  const { exitCode, stdout } = await runCommand(command, { signal, timeoutMs: patienceMs });
  if (exitCode !== 0) return []; // spark-submit will say more
  const checked = JSON.parse(stdout) as Checked;
  if (checked.problem === 'missing') return [`${jar} is not there.`];
  if (checked.problem === 'no-jar') return [`${jar} is no jar, or is damaged.`];
  const wanted = mainClass ?? checked.mainClass;
  if (wanted === null) return [`${jar} names no main class in its manifest; name it in job.class.`];
  if (checked.hasClass) return [];
  const [similar] = checked.similar;
  const meant = similar === undefined ? '' : ` Did you mean ${similar}?`;
  return [`${jar} does not hold the class ${wanted}.${meant}`];
}
