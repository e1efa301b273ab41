import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import type { RunListing } from '../../../model/run/run-listing.js';
import { renderListing, renderListingJson } from '../../../report/words/run/runs-text.js';
import { listRuns } from '../../../run/stored/list-runs.js';
import { print, tell, type CommandContext } from '../../command-context.js';
import { defineCommand } from '../../define-command.js';

export function runsCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      yargs
        .option('results', {
          type: 'string',
          default: 'results',
          describe: 'The folder that has a folder for each run',
        })
        .option('json', { type: 'boolean', default: false, describe: 'Print as JSON' })
        .example('$0 runs', 'What has been run, how far it is, and what was found'),
    handler: async ({ results, json }) => {
      const { host } = context;
      const listings: RunListing[] = [];
      for await (const listing of listRuns(resolve(host.cwd, results))) {
        if (host.signal.aborted || host.out.gone.aborted) return;
        if (!json) print(context, renderListing(listing));
        listings.push(listing);
      }
      if (json) print(context, renderListingJson(listings));
      else if (listings.length === 0) tell(context, `There are no runs in ${results}.`);
    },
  });
}
