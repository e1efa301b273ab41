import type { Argv } from 'yargs';
import { verdictKinds } from '../../model/run/comparison.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { configurationName, plural, verdictCell } from '../../report/words/wording.js';
import {
  meetsCondition,
  parseConditions,
  refusedCondition,
  type VerdictCondition,
} from './verdict-condition.js';

/** Adds the options that turn verdicts into exit code 1; the second is the shorter form of the first. */
export function failIfOption<T>(yargs: Argv<T>) {
  return failOnOption(yargs).option('fail-if', {
    type: 'string',
    array: true,
    nargs: 1,
    describe: `End with exit code 1 if a configuration has one of these verdicts: verdict=${verdictKinds.join(',')}`,
  });
}

/** Adds the option that turns verdicts into exit code 1. */
export function failOnOption<T>(yargs: Argv<T>) {
  return yargs.option('fail-on', {
    type: 'string',
    array: true,
    nargs: 1,
    describe:
      'End with exit code 1 for one of these verdicts, such as worse; worse:5% for worse by surely more than 5 %',
  });
}

interface GivenConditions {
  readonly failIf?: readonly string[] | undefined;
  readonly failOn?: readonly string[] | undefined;
}

/** Parses `--fail-on worse:5%,ineligible` and `--fail-if verdict=worse`, each given once or more. Throws USAGE. */
export function givenConditions({ failIf = [], failOn = [] }: GivenConditions): VerdictCondition[] {
  return [
    ...failOn.flatMap((words) => parseConditions(words, '--fail-on')),
    ...failIf.flatMap((text) => {
      const [key, words, ...more] = text.split('=').map((part) => part.trim());
      if (key === 'verdict' && words !== undefined && more.length === 0) {
        return parseConditions(words, '--fail-if');
      }
      throw refusedCondition(
        `--fail-if is ${JSON.stringify(text)}, which is no condition on a verdict.`,
        '--fail-if',
      );
    }),
  ];
}

/** Says which candidates meet a condition in the figure that decides; undefined if none does. */
export function failIfText(
  model: ReportModel,
  conditions: readonly VerdictCondition[],
): string | undefined {
  const { baseline } = model.run.experiment;
  const found = model.rows.flatMap((row) => {
    const verdict = row[model.conclusion.figure];
    if (row.configuration.role !== 'candidate' || verdict === null) return [];
    if (!meetsCondition(verdict, conditions)) return [];
    const name = configurationName(row.configuration, baseline).replaceAll('\n', ' ');
    return [`${name} is ${verdictCell(verdict).replace('\n', ', ')}`];
  });
  if (found.length === 0) return undefined;
  return `--fail-if: the verdict on ${plural(found.length, 'configuration')}: ${found.join('; ')}.`;
}
