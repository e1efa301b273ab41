import { relative, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { closestName } from '../../knobs/closest-name.js';
import { exitCodes } from '../../model/error-catalogue.js';
import { hasErrors } from '../../model/finding.js';
import { HarnessError } from '../../model/harness-error.js';
import { isLintRule, lintRules } from '../../model/lint-rules.js';
import { githubAnnotations } from '../../report/github-annotations.js';
import { renderFindings } from '../../report/words/findings-text.js';
import { renderRule } from '../../report/words/rule-text.js';
import { fixExperiment } from '../../run/findings/fix-experiment.js';
import { lintFindings } from '../../run/findings/lint-findings.js';
import { prepareRun } from '../../run/prepare-run.js';
import type { ReadPlanOptions } from '../../run/read-plan.js';
import { defineCommand } from '../define-command.js';
import { experimentOptions, givenExperiment } from '../experiment/given-experiment.js';
import { overrideOptions } from '../override-options.js';
import { print, tell, type CommandContext } from '../command-context.js';

export function lintCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: lintOptions,
    handler: async (given) => {
      if (given.explain !== undefined) {
        print(context, explain(given.explain, given.json || given.format === 'json'));
        return;
      }
      const { file, ...text } = givenExperiment(given, { command: 'lint', host: context.host });
      const options = { host: context.host, overrides: given, ...text };
      if (given.fix && text.changed !== undefined) throw nothingToFix();
      if (given.fix) await fix(context, file, options);
      const format = given.json ? 'json' : given.format;
      const findings =
        format === 'text'
          ? (await prepareRun(file, options)).findings
          : await lintFindings(file, options);
      if (format === 'text') print(context, renderFindings(findings, { notes: 'all' }));
      else if (format === 'json') print(context, JSON.stringify(findings, null, 2));
      else if (findings.length > 0) {
        const { cwd } = context.host;
        print(context, githubAnnotations(findings, relative(cwd, resolve(cwd, file))));
      }
      if (hasErrors(findings)) context.exitCode = exitCodes.usage;
    },
  });
}

function lintOptions(yargs: Argv) {
  return overrideOptions(experimentOptions(yargs))
    .option('format', {
      choices: ['text', 'json', 'github'] as const,
      default: 'text' as const,
      describe: 'How to print: for people, as JSON, or as annotations of a GitHub workflow',
    })
    .option('json', { type: 'boolean', default: false, describe: 'The same as --format json' })
    .option('fix', {
      type: 'boolean',
      default: false,
      describe: 'Mend the file where there is only one way to, such as a misspelled key',
    })
    .option('explain', { type: 'string', describe: 'Explain this rule, such as cannot-act' })
    .example('$0 lint experiments/sf-crime-kryo.yaml', 'Three knobs, and what is wrong with them')
    .example('$0 lint my.yaml --fix', 'Correct misspelled keys in the file')
    .example('$0 lint --explain few-batches', 'What a rule finds, why, and what to do')
    .example('$0 lint my.yaml --format github', 'Show findings beside the lines of a pull request');
}

async function fix(context: CommandContext, file: string, options: ReadPlanOptions): Promise<void> {
  const mended = await fixExperiment(file, options);
  for (const { line, before, after } of mended) {
    const change = after === '' ? `removed ${before}` : `${before} is now ${after}`;
    tell(context, `${file}:${String(line)}: ${change}`);
  }
  if (mended.length === 0) tell(context, `${file}: nothing that can be mended in one way only.`);
}

function nothingToFix(): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message: '--fix mends a file, and --param has none.',
    hint: 'Drop --fix, and correct what lint finds in the command itself.',
  });
}

function explain(rule: string, json: boolean): string {
  if (isLintRule(rule)) {
    return json ? JSON.stringify({ rule, ...lintRules[rule] }, null, 2) : renderRule(rule);
  }
  const rules = Object.keys(lintRules);
  const close = closestName(rule, rules);
  throw new HarnessError({
    code: 'USAGE',
    message: `There is no rule ${JSON.stringify(rule)}.${close === undefined ? '' : ` Did you mean ${close}?`}`,
    hint: `The rules are ${rules.join(', ')}.`,
  });
}
