import { parse } from 'node:path';
import type { Ask } from '../../../process/ask.js';
import type { InitAnswers } from '../../../run/init/init-experiment.js';

/** What the command line says; questions fill in the rest. */
export type GivenAnswers = {
  readonly [Key in keyof InitAnswers]?: InitAnswers[Key] | undefined;
};

const quickBlocks = 3;
const nightBlocks = 8;

/** The answers to whatever the command line leaves open; without anybody to ask, those that a hurried person would give. */
export async function completeAnswers(
  given: GivenAnswers,
  ask: Ask | undefined,
): Promise<InitAnswers> {
  const script =
    given.script ?? (await asked(ask, 'Your PySpark script (empty: the sample job): '));
  const isOwnData = given.data !== undefined || given.records !== undefined;
  const data =
    given.data ??
    (isOwnData
      ? undefined
      : await asked(ask, 'A file of records, one a line (empty: generated records): '));
  const blocks = given.blocks ?? (await blocksOf(ask));
  const preset = fileFor(script);
  const file =
    given.file ?? (await asked(ask, `Write the experiment to (empty: ${preset}): `)) ?? preset;
  const { records, cores } = given;
  return {
    ...{ file, blocks },
    ...(script === undefined ? {} : { script }),
    ...(data === undefined ? {} : { data }),
    ...(records === undefined ? {} : { records }),
    ...(cores === undefined ? {} : { cores }),
  };
}

async function blocksOf(ask: Ask | undefined): Promise<number> {
  const answer = await asked(
    ask,
    'A quick look, or a night for small differences? [quick/night]: ',
  );
  return answer?.toLowerCase().startsWith('n') === true ? nightBlocks : quickBlocks;
}

async function asked(ask: Ask | undefined, question: string): Promise<string | undefined> {
  const answer = ask === undefined ? '' : await ask(question);
  return answer === '' ? undefined : answer;
}

/** The experiment stands beside nothing of the script's own: in the working directory. */
function fileFor(script: string | undefined): string {
  return script === undefined ? 'experiment.yaml' : `${parse(script).name}.yaml`;
}
