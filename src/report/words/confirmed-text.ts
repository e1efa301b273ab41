import { levelText } from '../../model/knob.js';
import type {
  AblationEffect,
  ConfigurationRow,
  ReportModel,
  ScreeningOutcome,
} from '../../model/run/report-model.js';
import { nameOf } from './conclusion-text.js';
import { code, sentence, strong, type Sentence } from './sentence.js';
import { cautionText, verdictSentence } from './verdict-text.js';
import { count, gainText, plural } from './wording.js';

/** The answer of a screened run to the question which pairs are the best: a sentence, and one for each key. */
export function confirmedSentences(model: ReportModel, screening: ScreeningOutcome): Sentence[] {
  const { answer, figure } = model.conclusion;
  const { blocks, judgingBlocks, candidates } = screening;
  const fresh = plural(judgingBlocks, 'fresh block');
  if (answer.kind === 'better') {
    const better = model.rows.filter((row) => row[figure]?.kind === 'better');
    const them = better.length === 1 ? 'it' : 'them';
    return [
      ...better.map((row) => confirmedSentence(row, model, fresh)),
      sentence`${plural(blocks, 'screening block')} chose ${them} from ${plural(candidates, 'configuration')}, and had no part in these figures.`,
    ];
  }
  if (answer.kind === 'screened' || answer.kind === 'too-early') {
    return [
      sentence`Nothing is confirmed yet: ${screening.isOver ? `the screening is over, and its best is judged after ${fresh}` : 'the screening is not over'}.`,
    ];
  }
  const kept = screening.kept.length;
  return [
    sentence`Nothing was confirmed: of ${plural(candidates, 'configuration')}, the ${kept === 1 ? 'best one' : `best ${count(kept)}`} of the screening ${kept === 1 ? 'was' : 'were'} not found to be better than the baseline in ${fresh}. The others were not judged.`,
  ];
}

function confirmedSentence(row: ConfigurationRow, model: ReportModel, fresh: string): Sentence {
  const { figure } = model.conclusion;
  const estimate = row[figure]?.estimate ?? null;
  const baseline = model.rows.find(({ configuration }) => configuration.role === 'baseline');
  const change = `${estimate === null ? '' : gainText(estimate)} ${figure === 'throughput' ? 'rows per second' : 'median latency'}`;
  const rates =
    figure === 'throughput'
      ? `, ${count(row.rowsPerSecond?.median)} instead of ${count(baseline?.rowsPerSecond?.median)}`
      : '';
  return sentence`${strong('Confirmed')} in ${fresh}: ${nameOf(row.configuration, model)}, ${change}${rates}.`;
}

/** What a key of the best configuration does in it. */
export function ablationSentence(
  { key, level, baselineLevel, ...effect }: AblationEffect,
  { delta, conclusion }: ReportModel,
): Sentence {
  const verdict = effect[conclusion.figure];
  const setting = sentence`${code(`${key} = ${levelText(level)}`)} instead of ${code(levelText(baselineLevel))}, all else as in the best`;
  const cautions = verdict.cautions.map(cautionText).join('; ');
  const why = cautions === '' ? '' : ` (${cautions})`;
  return sentence`${setting}: ${verdictSentence(verdict, delta)}${why}`;
}
