import type { CommandModule } from 'yargs';
import { prepareRun } from '../app/prepare-run.js';
import { renderFindings } from '../report/findings-text.js';
import { renderPlan } from '../report/plan-table.js';
import { overrideOptions } from './override-options.js';
import { defineCommand } from './define-command.js';
import { print, type Session } from './session.js';

/** `streamtune plan FILE` */
export function planCommand(session: Session): CommandModule {
  return defineCommand({
    command: 'plan <file>',
    describe: 'Show every trial in its order and a forecast of the time; start nothing',
    builder: (yargs) =>
      overrideOptions(yargs)
        .positional('file', { type: 'string', demandOption: true, describe: 'The experiment file' })
        .option('json', { type: 'boolean', default: false, describe: 'Print the plan as JSON' })
        .example('$0 plan experiments/overnight.yaml', 'What the night will do, and for how long'),
    handler: async (given) => {
      const prepared = await prepareRun(given.file, { host: session.host, overrides: given });
      const { plan, forecast, findings, knobLines } = prepared;
      print(
        session,
        given.json
          ? JSON.stringify({ plan, forecast, findings }, null, 2)
          : `${renderPlan(prepared)}\n\n${renderFindings(findings, knobLines)}`,
      );
    },
  });
}
