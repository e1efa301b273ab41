import type { CommandModule } from 'yargs';
import { catalogue, findKnob, knobOfVersion, searchKnobs } from '../../knobs/catalogue.js';
import { closestName } from '../../knobs/closest-name.js';
import { HarnessError } from '../../model/harness-error.js';
import { renderKnob, renderKnobList } from '../../report/knob-text.js';
import { defineCommand } from '../define-command.js';
import { sparkVersionOption } from '../override-options.js';
import { print, type CommandContext } from '../command-context.js';

export function knobsCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      yargs
        .positional('key', { type: 'string', describe: 'The whole key' })
        .option('search', { type: 'string', describe: 'Words in the key or the description' })
        .option(
          'spark-version',
          sparkVersionOption('Answer for this Spark: its defaults, and the knobs that it has'),
        )
        .option('json', { type: 'boolean', default: false, describe: 'Print as JSON' })
        .example('$0 knobs spark.sql.shuffle.partitions', 'Everything about one knob')
        .example('$0 knobs --search rocksdb', 'Everything about RocksDB')
        .example(
          '$0 knobs --spark-version 3.5.7',
          'The knobs that Spark 3.5.7 has, with its defaults',
        ),
    handler: ({ key, search, json, sparkVersion: version }) => {
      const { columns } = context.host.out;
      if (key !== undefined) {
        const entry = findKnob(key) ?? unknown(key);
        const own = version === undefined ? undefined : knobOfVersion(entry, version);
        print(
          context,
          json ? JSON.stringify(own ?? entry, null, 2) : renderKnob(entry, columns, own),
        );
        return;
      }
      const all = search === undefined ? catalogue() : searchKnobs(search);
      const found =
        version === undefined
          ? all
          : all.map((one) => knobOfVersion(one, version)).filter(({ known }) => known);
      if (json) print(context, JSON.stringify(found, null, 2));
      else print(context, found.length === 0 ? 'No knob matches.' : renderKnobList(found, columns));
    },
  });
}

function unknown(key: string): never {
  const close = closestName(
    key,
    catalogue().map((entry) => entry.key),
  );
  throw new HarnessError({
    code: 'USAGE',
    message: `The catalogue has no knob ${key}.${close === undefined ? '' : ` Did you mean ${close}?`}`,
    hint: 'List them with: streamtune knobs, or search with: streamtune knobs --search WORD',
  });
}
