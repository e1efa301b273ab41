import type { CommandModule } from 'yargs';
import { checkUp } from '../check-up.js';
import { exitCodes } from '../../model/error-catalogue.js';

import { defineCommand } from '../define-command.js';
import { sparkVersionOption } from '../override-options.js';
import { print, type CommandContext } from '../command-context.js';

const marks = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const;

export function doctorCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'doctor',
    describe: 'Check this machine, and name the command that fixes each problem',
    builder: (yargs) =>
      yargs
        .option('spark-version', sparkVersionOption('Check for this exact version'))
        .option('json', { type: 'boolean', default: false, describe: 'Print the checks as JSON' })
        .example('$0 doctor', 'Every check and its result; installs nothing'),
    handler: async ({ sparkVersion, json }) => {
      const checks = await checkUp({
        host: context.host,
        ...(sparkVersion === undefined ? {} : { sparkVersion }),
      });
      if (json) print(context, JSON.stringify(checks, null, 2));
      else {
        const width = Math.max(...checks.map((check) => check.name.length));
        for (const { status, name, finding, fix } of checks) {
          print(context, `${marks[status]}  ${name.padEnd(width)}  ${finding}`);
          if (fix !== undefined) print(context, `${' '.repeat(width + 11)}fix: ${fix}`);
        }
      }
      if (checks.some((check) => check.status === 'problem')) {
        context.exitCode = exitCodes.environment;
      }
    },
  });
}
