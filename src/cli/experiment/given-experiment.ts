import type { Argv } from 'yargs';
import { oneOffExperiment } from '../../config/one-off-experiment.js';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import { shellWord } from '../../model/shell-word.js';

/** Adds what names an experiment: a file, or the knobs of a one-off. */
export function experimentOptions<T>(yargs: Argv<T>) {
  return yargs
    .positional('file', { type: 'string', describe: 'The experiment file' })
    .option('param', {
      type: 'string',
      array: true,
      nargs: 1,
      describe:
        'KEY=LEVEL,LEVEL: vary this knob, in place of a file; the first level is the baseline (repeatable)',
    })
    .option('knob', {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'KEY=LEVEL: with --param, set this knob in every configuration (repeatable)',
    });
}

interface Given {
  readonly file?: string | undefined;
  readonly param?: readonly string[] | undefined;
  readonly knob?: readonly string[] | undefined;
}

/** The name that a one-off has in messages; its text is the run folder's experiment.yaml. */
const oneOffName = 'one-off.yaml';

/** The experiment file, or the text of a one-off as `changed`. Throws USAGE if it is neither or both. */
export function givenExperiment(
  { file, param = [], knob = [] }: Given,
  { command, host }: { readonly command: string; readonly host: Pick<Host, 'argv'> },
): { readonly file: string; readonly changed?: string } {
  if (file !== undefined && param.length + knob.length === 0) return { file };
  if (file !== undefined) {
    throw usage(
      'Give either an experiment file, or --param and --knob.',
      `Change ${file} instead, or leave it out.`,
    );
  }
  if (param.length === 0) {
    throw usage(
      `${command} needs <file>, or --param KEY=LEVEL,LEVEL.`,
      `For example: streamtune ${command} experiments/quick.yaml, or streamtune ${command} --param spark.sql.shuffle.partitions=4,32`,
    );
  }
  const call = host.argv.map(shellWord).join(' ');
  return { file: oneOffName, changed: oneOffExperiment({ params: param, knobs: knob, call }) };
}

function usage(message: string, hint: string): HarnessError {
  return new HarnessError({ code: 'USAGE', message, hint });
}
