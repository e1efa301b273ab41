import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { HarnessError } from '../model/harness-error.js';
import type { Level } from '../model/knob.js';
import { projectPath } from '../process/project-paths.js';

/** What the command line says in place of a file. */
interface OneOff {
  /** `KEY=LEVEL,LEVEL` for each factor; the first level is the baseline. */
  readonly params: readonly string[];
  /** `KEY=LEVEL` for each knob that is the same in every configuration. */
  readonly knobs: readonly string[];
  /** The call that it stands for. */
  readonly call: string;
}

/** The shipped experiment whose data, knobs and design apply where nothing else is said. */
const base = 'experiments/quick.yaml';

/**
 * Writes the experiment file that does what `--param` and `--knob` ask for: `quick.yaml` with these factors and knobs, so
 * every combination of the levels. Throws USAGE for text that is no knob with its levels.
 */
export function oneOffExperiment({ params, knobs, call }: OneOff): string {
  const text = readFileSync(projectPath(base), 'utf8');
  const document = parseDocument(text.replaceAll(/^#.*\n/gm, '')); // its comments are about itself
  const factors = params.map(factorOf);
  const constants = knobs.map(constantOf);
  refuseTwice([...factors, ...constants].map(([key]) => key));
  document.commentBefore = ` Made by: ${call.replaceAll('\n', ' ')}\n From ${base}`;
  document.set('name', 'one-off');
  document.delete('description');
  // Not every knob can change in a live driver, and in a process of its own a trial of so few batches needs a short warm-up.
  document.delete('executor');
  document.setIn(['measurement', 'warmup'], '2s');
  for (const [key] of factors) document.deleteIn(['knobs', key]);
  for (const [key, level] of constants) document.setIn(['knobs', key], level);
  const levels = factors.map(([key, all]) => [key, document.createNode(all, { flow: true })]);
  document.set('factors', document.createNode(Object.fromEntries(levels)));
  return document.toString();
}

function refuseTwice(keys: readonly string[]): void {
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice === undefined) return;
  throw usage(
    `${twice} is given twice.`,
    `Give all its levels at once: --param ${twice}=LEVEL,LEVEL; or one with --knob.`,
  );
}

function factorOf(text: string): [key: string, levels: Level[]] {
  const example = '--param spark.sql.shuffle.partitions=4,32';
  const [key, value] = pairOf(text, '--param KEY=LEVEL,LEVEL', example);
  // A comma within quotes or brackets does not separate.
  const levels = value.match(/(?:"[^"]*"|'[^']*'|\[[^\]]*\]|[^,])+/g) ?? [];
  if (levels.length < 2) {
    throw usage(
      `--param ${text} has one level, and one level cannot be compared.`,
      `For example: ${example}; for Spark's own default: ${key}=null,${value}; for the same in every configuration: --knob ${text}`,
    );
  }
  return [key, levels.map(levelOf)];
}

function constantOf(text: string): [key: string, level: Level] {
  const example = '--knob source.maxOffsetsPerTrigger=5000';
  const [key, value] = pairOf(text, '--knob KEY=LEVEL', example);
  return [key, levelOf(value)];
}

function pairOf(text: string, form: string, example: string): [string, string] {
  const at = text.indexOf('=');
  const [key, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || key === '' || value === '') {
    throw usage(`${JSON.stringify(text)} is not of the form ${form}.`, `For example: ${example}`);
  }
  return [key, value];
}

/** A level as YAML reads it, where it is a number, a truth value or null; everything else is text. */
function levelOf(text: string): Level {
  const word = text.trim();
  const quoted = /^"([^"]*)"$|^'([^']*)'$/.exec(word);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? '';
  if (word === 'null') return null;
  if (word === 'true' || word === 'false') return word === 'true';
  const isNumber = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(word);
  return isNumber ? Number(word) : word;
}

function usage(message: string, hint: string): HarnessError {
  return new HarnessError({ code: 'USAGE', message, hint });
}
