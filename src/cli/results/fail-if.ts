import type { Argv } from 'yargs';
import { closestName } from '../../knobs/closest-name.js';
import { HarnessError } from '../../model/harness-error.js';
import { verdictKinds, type VerdictKind } from '../../model/run/comparison.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { configurationName, plural, verdictCell } from '../../report/words/wording.js';

/** Adds the option that turns verdicts into exit code 1. */
export function failIfOption<T>(yargs: Argv<T>) {
  return yargs.option('fail-if', {
    type: 'string',
    array: true,
    nargs: 1,
    describe: `End with exit code 1 if a configuration has one of these verdicts: verdict=${verdictKinds.join(',')}`,
  });
}

/** Parses `verdict=worse,ineligible`, given once or more. Throws USAGE. */
export function parseFailIf(given: readonly string[] = []): VerdictKind[] {
  return given.flatMap((text) => {
    const [key, words, ...more] = text.split('=').map((part) => part.trim());
    if (key !== 'verdict' || words === undefined || more.length > 0) {
      throw refusal(`--fail-if is ${JSON.stringify(text)}, which is no condition on a verdict.`);
    }
    return words.split(',').map((word) => parseKind(word.trim()));
  });
}

function parseKind(word: string): VerdictKind {
  const found = verdictKinds.find((kind) => kind === word);
  if (found !== undefined) return found;
  const close = closestName(word, verdictKinds);
  throw refusal(
    `--fail-if: ${JSON.stringify(word)} is not a verdict.${close === undefined ? '' : ` Did you mean ${close}?`}`,
  );
}

function refusal(message: string): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message,
    hint: `For example: --fail-if verdict=worse,ineligible. The verdicts are ${verdictKinds.join(', ')}.`,
  });
}

/** Says which candidates have one of these verdicts on the figure that decides; undefined if none has. */
export function failIfText(model: ReportModel, kinds: readonly VerdictKind[]): string | undefined {
  const { baseline } = model.run.experiment;
  const found = model.rows.flatMap((row) => {
    const verdict = row[model.conclusion.figure];
    if (row.configuration.role !== 'candidate' || verdict === null) return [];
    if (!kinds.includes(verdict.kind)) return [];
    const name = configurationName(row.configuration, baseline).replaceAll('\n', ' ');
    return [`${name} is ${verdictCell(verdict).replace('\n', ', ')}`];
  });
  if (found.length === 0) return undefined;
  return `--fail-if: the verdict on ${plural(found.length, 'configuration')}: ${found.join('; ')}.`;
}
