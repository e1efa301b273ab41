import type { Argv, CommandModule } from 'yargs';
import { exitCodes } from '../../../model/error-catalogue.js';
import type { Host } from '../../../model/host.js';
import type { ComparedResults } from '../../../model/compare/result-comparison.js';
import { renderBenchmarkAction, renderComparedJson } from '../../../report/compare/compare-data.js';
import { decisive, subjectName } from '../../../report/compare/compare-words.js';
import {
  renderCompared,
  renderComparedMarkdown,
} from '../../../report/compare/render-comparison.js';
import { inkFor } from '../../ink-for.js';
import { gainText } from '../../../report/words/wording.js';
import { compareResults } from '../../../run/compare/compare-results.js';
import { readSide } from '../../../run/compare/read-side.js';
import { print, printMarked, tell, type CommandContext } from '../../command-context.js';
import { defineCommand } from '../../define-command.js';
import { twoFormats } from '../../results/two-formats.js';
import { failOnOption, givenConditions } from '../../results/fail-if.js';
import {
  conditionText,
  meetsCondition,
  type VerdictCondition,
} from '../../results/verdict-condition.js';

const formats = ['text', 'markdown', 'json', 'benchmark-action'] as const;

export function compareCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: compareOptions,
    handler: async (given) => {
      const { host } = context;
      if (given.json && !['text', 'json'].includes(given.format)) {
        throw twoFormats('--json', `--format ${given.format}`);
      }
      const conditions = givenConditions(given);
      const places = { cwd: host.cwd, results: given.results, signal: host.signal };
      const before = await readSide(given.before, places);
      const after = await readSide(given.after, places);
      const comparison = compareResults({ before, after }, given);
      const failed = failText(comparison, conditions);
      if (failed !== undefined) context.exitCode = exitCodes.failedTrials;
      const format = given.json ? 'json' : given.format;
      if (format === 'text') printMarked(context, renderedFor(host, comparison));
      else print(context, renderers[format](comparison));
      if (failed !== undefined) tell(context, failed);
    },
  });
}

const renderers = {
  markdown: renderComparedMarkdown,
  json: renderComparedJson,
  'benchmark-action': renderBenchmarkAction,
} as const;

function renderedFor({ out }: Host, comparison: ComparedResults): string {
  return renderCompared(comparison, out.columns, inkFor(out));
}

function failText(
  comparison: ComparedResults,
  conditions: readonly VerdictCondition[],
): string | undefined {
  const found = comparison.rows.flatMap((row) => {
    const verdict = decisive(row, comparison);
    if (!meetsCondition(verdict, conditions)) return [];
    const { kind, estimate } = verdict;
    return [
      `${subjectName(row.subject)} is ${kind}${estimate === null ? '' : `, ${gainText(estimate)}`}`,
    ];
  });
  return found.length === 0
    ? undefined
    : `--fail-on ${conditionText(conditions)}: ${found.join('; ')}.`;
}

function compareOptions(yargs: Argv) {
  const side =
    'A run (its folder, its name, or latest), RUN#ID for one configuration of it, a log, or a folder of logs';
  return failOnOption(yargs)
    .positional('before', { type: 'string', demandOption: true, describe: side })
    .positional('after', {
      type: 'string',
      demandOption: true,
      describe: 'The same, for what is held against it',
    })
    .option('results', {
      type: 'string',
      default: 'results',
      describe: 'The results folder, for names and for latest',
    })
    .option('format', {
      choices: formats,
      default: 'text' as const,
      describe: 'For people, a pull request, programs, or github-action-benchmark',
    })
    .option('json', { type: 'boolean', default: false, describe: 'The same as --format json' })
    .option('force', {
      type: 'boolean',
      default: false,
      describe: 'Compare although data, job, warm-up or window differ',
    })
    .example(
      '$0 compare latest#baseline latest#c1',
      'Two configurations of the newest run, paired in its blocks',
    )
    .example(
      '$0 compare before/ after/',
      'A folder of logs against another, a log for each run of a job',
    )
    .example(
      '$0 compare results/2026-01-31T20-00-00-before results/2026-01-31T20-00-00-after --fail-on worse:5%',
      'Exit code 1 if a configuration got slower by surely more than 5 %',
    );
}
