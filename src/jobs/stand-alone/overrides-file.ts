import { basename } from 'node:path';
import type { ScriptJob } from '../../model/experiment.js';
import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { oneLine } from '../../model/printable.js';
import type { SettingRow } from '../../model/result/setting-row.js';
import { referencesIn } from '../../model/secret.js';
import { jobParameters } from '../template/job-parameters.js';
import { pythonConstant, pythonDictionary } from '../template/python-literal.js';

/**
 * `overrides.py`: the values that a configuration's trials put in the place of the script's own, as Python, each part
 * with the lines of the script that say something else.
 */
export function overridesFile(
  { script, override }: Pick<ScriptJob, 'script' | 'override'>,
  knobs: Assignment,
  asked: readonly SettingRow[],
): string {
  const parts = partsOf(knobs).filter(({ part, lines }) => lines !== '' && override.includes(part));
  const texts = parts.map(({ what, scope, lines }) =>
    [`# ${what}`, ...saysOtherwise(asked, scope), lines].join('\n'),
  );
  const imports = [
    ...(texts.some((text) => text.includes('os.environ[')) ? ['import os'] : []),
    ...(texts.some((text) => text.includes('Path(')) ? ['from pathlib import Path'] : []),
  ];
  const head = `"""What the trials put in the place of values of ${nameIn(script)}: change them there."""`;
  const rest = texts.length === 0 ? ['# Nothing: the script ran with its own values.'] : texts;
  return `${[head, imports.join('\n'), ...rest].filter((text) => text !== '').join('\n\n')}\n`;
}

function partsOf(knobs: Assignment) {
  const source = knobsOfScope(knobs, 'source');
  const conf = new Map(
    [...knobsOfScope(knobs, 'spark')].filter(([, text]) => referencesIn(text).length === 0),
  );
  const sink = knobsOfScope(knobs, 'job').get('sink');
  const isTriggered = knobsOfScope(knobs, 'trigger').size > 0;
  return [
    {
      part: 'source',
      scope: 'source.',
      what: '.options(**SOURCE_OPTIONS), where the script reads from Kafka',
      lines: source.size === 0 ? '' : `SOURCE_OPTIONS = ${pythonDictionary(source)}`,
    },
    {
      part: 'trigger',
      scope: 'trigger.',
      what: '.trigger(**TRIGGER), where it starts its query',
      lines: isTriggered ? triggerLines(knobs) : '',
    },
    {
      part: 'sink',
      scope: 'job.sink',
      what: '.format(SINK), where it starts its query: the trials wrote there',
      lines: sink === undefined ? '' : pythonConstant('SINK', sink),
    },
    {
      part: 'conf',
      scope: 'spark.',
      what: 'SparkSession.builder.config(map=CONF); spark-defaults.conf has the same',
      lines: conf.size === 0 ? '' : `CONF = ${pythonDictionary(conf)}`,
    },
  ] as const;
}

function triggerLines(knobs: Assignment): string {
  const { triggerArgument, triggerValue } = jobParameters(knobs);
  const value = triggerValue === true ? 'True' : JSON.stringify(triggerValue);
  return `TRIGGER = {${JSON.stringify(triggerArgument)}: ${value}}`;
}

/** `# my_job.py:14 has source.maxOffsetsPerTrigger = 200`. */
function saysOtherwise(asked: readonly SettingRow[], scope: string): string[] {
  return asked
    .filter(({ key, words }) => key.startsWith(scope) && words.includes('differs'))
    .map(({ key, script, where }) =>
      oneLine(`# ${where.join(', ')} has ${key} = ${script.join(', ')}`),
    );
}

/** Without what would end the docstring. */
function nameIn(script: string): string {
  return oneLine(basename(script)).replaceAll(/["\\]/g, '_');
}
