import type { Experiment } from '../../model/experiment.js';
import { HarnessError } from '../../model/harness-error.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { Job } from '../../model/trial/job.js';

/** Throws SCRIPT_INVALID or JAR_INVALID, with every problem in any of the Pythons that will run the job. */
export async function checkJob(
  job: Job,
  toolchains: readonly Toolchain[],
  { kind, signal }: { readonly kind: Experiment['job']['kind']; readonly signal: AbortSignal },
): Promise<void> {
  const pythons = new Set(toolchains.map(({ python }) => python.executable));
  const problems: string[] = [];
  for (const python of pythons) problems.push(...(await job.check(python, signal)));
  refuseInvalid([...new Set(problems)], kind);
}

/** Throws SCRIPT_INVALID or JAR_INVALID with every problem of the job's files. */
function refuseInvalid(problems: readonly string[], kind: Experiment['job']['kind']): void {
  if (problems.length === 0) return;
  if (kind === 'jar') {
    throw new HarnessError({
      code: 'JAR_INVALID',
      message: problems.join('\n  '),
      hint: 'Correct job.jar and job.class; `unzip -l JAR` lists what the jar holds.',
    });
  }
  throw new HarnessError({
    code: 'SCRIPT_INVALID',
    message: problems.join('\n  '),
    hint: 'Correct the script; give modules of your own as job.pyFiles, and install others into the Python that runs Spark (`PYTHON -m pip install MODULE`).',
  });
}
