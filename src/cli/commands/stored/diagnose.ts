import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { diagnose } from '../../../analysis/diagnose/diagnose.js';
import {
  renderDiagnoses,
  renderDiagnosesJson,
} from '../../../report/diagnosis/render-diagnosis.js';
import { gatherLogs } from '../../../run/logs/gather-logs.js';
import { print, type CommandContext } from '../../command-context.js';
import { defineCommand } from '../../define-command.js';
import { withoutProgress } from '../../imported/without-progress.js';

export function diagnoseCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      yargs
        .positional('files', {
          type: 'string',
          array: true,
          demandOption: true,
          describe: 'Logs, as for import, or the folder of a trial',
        })
        .option('json', { type: 'boolean', default: false, describe: 'Print as JSON' })
        .example('$0 diagnose driver.log', 'What may be wrong, and which experiment settles it'),
    handler: async ({ files, json }) => {
      const { host } = context;
      const paths = files.map((file) => resolve(host.cwd, file));
      const logs = await gatherLogs(paths, { signal: host.signal, follow: false });
      if (logs.queries.length === 0) throw withoutProgress(logs.files);
      const found = diagnose(logs.queries);
      print(context, json ? renderDiagnosesJson(found) : renderDiagnoses(found, host.out.columns));
    },
  });
}
