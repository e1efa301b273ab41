import { shown } from '../../model/shown.js';
import { closestName } from '../../knobs/closest-name.js';
import { HarnessError } from '../../model/harness-error.js';
import { eitherOf, type KnownCommand } from './command-tree.js';

/** What other programs call what is done here by a command, or by an action of one. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  list: ['runs', 'list', 'knobs'],
  ls: ['runs', 'list', 'knobs'],
  results: ['runs', 'report'],
  history: ['runs'],
  start: ['run', 'up'],
  begin: ['run', 'up'],
  exec: ['run'],
  execute: ['run'],
  bench: ['run'],
  benchmark: ['run'],
  submit: ['run', 'generate'],
  simulate: ['run'],
  tune: ['run'],
  stop: ['down'],
  halt: ['down'],
  kill: ['down'],
  install: ['setup'],
  init: ['setup'],
  bootstrap: ['setup'],
  check: ['lint', 'doctor'],
  validate: ['lint'],
  verify: ['lint'],
  health: ['doctor'],
  diagnose: ['doctor'],
  preview: ['plan'],
  'dry-run': ['plan'],
  estimate: ['plan'],
  continue: ['resume'],
  restart: ['resume'],
  retry: ['resume'],
  progress: ['status'],
  watch: ['status'],
  show: ['report', 'status', 'describe'],
  view: ['report'],
  summary: ['report'],
  answer: ['answers'],
  settings: ['knobs'],
  config: ['knobs'],
  parameters: ['knobs'],
  explain: ['knobs'],
  render: ['generate'],
  broker: ['kafka'],
  topics: ['topic', 'list'],
  new: ['create'],
  add: ['create'],
  make: ['create'],
  remove: ['delete', 'down'],
  rm: ['delete', 'down'],
  drop: ['delete'],
  info: ['describe', 'status'],
  get: ['describe', 'list'],
  send: ['produce'],
  producer: ['produce'],
  read: ['consume'],
  consumer: ['consume'],
  version: ['--version'],
};

/** Refuses a first word that is no command, and a second one that is no action of its group. Throws USAGE. */
export function refuseUnknownCommand(
  typed: readonly string[],
  known: readonly KnownCommand[],
): void {
  const [first = '-', second = '-'] = typed;
  if (first.startsWith('-')) return;
  const group = known.find(({ name }) => name === first);
  if (group === undefined) throw unknownCommand('', first, known);
  if (!group.isGroup || second.startsWith('-') || second === 'help') return;
  if (!known.some(({ name }) => name === `${first} ${second}`)) {
    throw unknownCommand(first, second, known);
  }
}

/** The error for a word that is no command of a group, or, with an empty group, none at all. */
export function unknownCommand(
  group: string,
  word: string,
  known: readonly KnownCommand[],
): HarnessError {
  const names = known.map(({ name }) => name);
  const inGroup = group === '' ? names : names.filter((name) => name.startsWith(`${group} `));
  const meant = meantBy(word, inGroup).slice(0, 3);
  const what = group === '' ? 'command' : `action of ${group}`;
  return new HarnessError({
    code: 'USAGE',
    message: `${shown(word)} is no ${what}.${meant.length === 0 ? '' : ` Did you mean ${eitherOf(meant)}?`}`,
    hint: `See \`streamtune ${group === '' ? '' : `${group} `}--help\`.`,
  });
}

function meantBy(word: string, names: readonly string[]): string[] {
  const wanted = Object.hasOwn(synonyms, word.toLowerCase())
    ? (synonyms[word.toLowerCase()] ?? [])
    : [];
  const found = wanted.flatMap((one) =>
    one.startsWith('-') ? [one] : names.filter((name) => lastWord(name) === one),
  );
  if (found.length > 0) return [...new Set(found)];
  const same = names.filter((name) => lastWord(name) === word);
  if (same.length > 0) return same;
  const close = closestName(word, names.map(lastWord), Math.max(2, word.length / 3));
  return names.filter((name) => lastWord(name) === close);
}

function lastWord(name: string): string {
  return name.split(' ').at(-1) ?? name;
}
