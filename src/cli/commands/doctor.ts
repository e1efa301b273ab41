import type { CommandModule } from 'yargs';
import { checkUp } from '../check-up.js';
import type { Check } from '../../model/check.js';
import { exitCodes } from '../../model/error-catalogue.js';
import { asCalled } from '../usage/as-called.js';
import { defineCommand } from '../define-command.js';
import { clusterChecks } from '../experiment/cluster-checks.js';
import { wantedSparks } from '../experiment/wanted-sparks.js';
import { sparkVersionOption } from '../override-options.js';
import { print, tell, type CommandContext } from '../command-context.js';

const marks = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const;

export function doctorCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      yargs
        .positional('file', {
          type: 'string',
          describe:
            'An experiment file: check for each Spark that it asks for, and for its cluster',
        })
        .option('spark-version', sparkVersionOption('Check for this exact version'))
        .option('json', { type: 'boolean', default: false, describe: 'Print the checks as JSON' })
        .example('$0 doctor', 'Every check and its result; installs nothing')
        .example('$0 doctor experiments/spark-versions.yaml', 'For each Spark of an experiment'),
    handler: async ({ file, sparkVersion, json }) => {
      const { host } = context;
      const given = { host, sparkVersion };
      const sparks = await wantedSparks(file, given);
      const checks = [...(await checkUp(host, sparks)), ...(await clusterChecks(file, given))];
      if (json) print(context, JSON.stringify(checks, null, 2));
      else {
        const width = Math.max(...checks.map((check) => check.name.length));
        for (const { status, name, finding, fix } of checks) {
          print(context, `${marks[status]}  ${name.padEnd(width)}  ${finding}`);
          if (fix !== undefined)
            print(context, `${' '.repeat(width + 11)}fix: ${asCalled(fix, context.host)}`);
        }
        tell(context, summary(checks));
      }
      if (checks.some((check) => check.status === 'problem')) {
        context.exitCode = exitCodes.environment;
      }
    },
  });
}

/** One line for the end: what stands in the way of a run. */
function summary(checks: readonly Check[]): string {
  const problems = checks.filter(({ status }) => status === 'problem').map(({ name }) => name);
  if (problems.length > 0) return `Not ready for a run: ${problems.join(', ')}.`;
  const warnings = checks.filter(({ status }) => status === 'warning').map(({ name }) => name);
  return warnings.length === 0 ? 'Ready.' : `Ready for a run; see ${warnings.join(', ')}.`;
}
