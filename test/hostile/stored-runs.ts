import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode, ExitCode } from '../../src/model/error-catalogue.js';
import { seededRandom } from '../../src/model/seeded-random.js';
import * as to from './damage.js';

/** A run folder in which one file is not as the run wrote it, and what its readers must say. */
export interface StoredCase {
  readonly name: string;
  readonly door: 'stored';
  /** The file or folder that is damaged, below the run folder. */
  readonly file: string;
  readonly damage: to.Damage;
  readonly expect:
    | { readonly code: ErrorCode; readonly exitCode: ExitCode }
    /** same: the damage does not matter. mentioned: the same figures, and a word about the journal. */
    | { readonly code: 'same' | 'mentioned'; readonly exitCode: 0 };
}

type Expect = StoredCase['expect'];

const damaged: Expect = { code: 'RUN_DAMAGED', exitCode: 3 };
const noRun: Expect = { code: 'RUN_FOLDER_INVALID', exitCode: 2 };
const same: Expect = { code: 'same', exitCode: 0 };
const mentioned: Expect = { code: 'mentioned', exitCode: 0 };

/** All cases for the folder of a complete run; the same for the same folder. */
export function storedCases(folder: string): StoredCase[] {
  const trials = readdirSync(join(folder, 'trials')).sort();
  const [first = '', second = ''] = trials.map((id) => join('trials', id));
  return [
    ...wholeFile('manifest.json', { content: damaged }),
    ...wholeFile('plan.json', { content: damaged }),
    ...wholeFile('simulation.yaml', { content: damaged }),
    ...wholeFile('experiment.yaml', { content: same, emptied: same }), // only `resume` uses it
    ...wholeFile(join(first, 'progress.ndjson'), { content: damaged }),
    ...wholeFile(join(second, 'canary.ndjson'), { content: damaged }),
    // It may be lost in a power cut, as the journal has it.
    ...wholeFile(join(first, 'outcome.json'), { content: damaged, removed: same, emptied: same }),
    // Without it, the trials are measured again.
    ...wholeFile('figures.ndjson', { content: same, removed: same, emptied: same, other: same }),
    ...wholeFile('journal.ndjson', { content: mentioned, removed: mentioned, emptied: mentioned }),
    ...leaves(folder, 'manifest.json', 20),
    ...leaves(folder, 'plan.json', 34),
    ...journalLines(folder),
    ...evidenceLines(join(first, 'progress.ndjson')),
    ...folders(first),
    ...written(),
  ];
}

/** Everything that can stand in the place of a file. */
function wholeFile(
  file: string,
  given: {
    readonly content: Expect;
    readonly removed?: Expect;
    readonly emptied?: Expect;
    /** Something that is no file. */
    readonly other?: Expect;
  },
): StoredCase[] {
  const { content, removed = damaged, emptied = given.content, other = damaged } = given;
  const one = (what: string, damage: to.Damage, expect: Expect): StoredCase => ({
    name: `${file}: ${what}`,
    door: 'stored',
    file,
    damage,
    expect,
  });
  const flips = [1, 2, 3, 4].map((seed) =>
    one(`character ${String(seed)} changed`, to.flipped(seededRandom(seed), 160), content),
  );
  return [
    one('removed', to.removed, removed),
    one('emptied', to.emptied, emptied),
    ...Object.entries(to.unreadable).map(([what, damage]) => one(what, damage, other)),
    ...Object.entries(to.unparsable).map(([what, damage]) => one(what, damage, content)),
    ...flips,
  ];
}

/** Values in JSON of the right shape that are others. */
function leaves(folder: string, file: string, most: number): StoredCase[] {
  const all = to.leavesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const step = Math.max(1, all.length / most);
  const chosen = all.filter((_, index) => Math.floor(index % step) === 0).slice(0, most);
  return chosen.map(([path, value]) => ({
    name: `${file}: ${path.join('.')} is another`,
    door: 'stored',
    file,
    damage: to.onLeaf(path, otherThan(value)),
    expect: path.join('.') === 'formatVersion' ? noRun : damaged,
  }));
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return `${String(value)}0`;
}

/** Each line of the journal removed, doubled, exchanged with the next, or changed; and the journal torn. */
function journalLines(folder: string): StoredCase[] {
  const file = 'journal.ndjson';
  const text = readFileSync(join(folder, file), 'utf8');
  const one = (what: string, change: (lines: string[]) => void): StoredCase => ({
    name: `${file}: ${what}`,
    door: 'stored',
    file,
    damage: to.onLines(change),
    expect: mentioned,
  });
  const count = text.split('\n').length - 1;
  const numbers = Array.from({ length: count }, (_, index) => index);
  const within = (at: number) => `line ${String(at + 1)} of ${String(count)}`;
  return [
    ...numbers.map((at) => one(`${within(at)} removed`, (lines) => lines.splice(at, 1))),
    ...numbers.map((at) =>
      one(`${within(at)} twice`, (lines) => lines.splice(at, 0, lines[at] ?? '')),
    ),
    ...numbers
      .slice(1)
      .map((at) =>
        one(`${within(at)} before the last`, (lines) =>
          lines.splice(at - 1, 2, lines[at] ?? '', lines[at - 1] ?? ''),
        ),
      ),
    ...numbers.map((at) =>
      one(`${within(at)} changed`, (lines) => {
        lines[at] = (lines[at] ?? '').replace(/"kind":"(.)/, '"kind":"x$1');
      }),
    ),
    ...numbers.slice(1).map((at) => one(`ends before ${within(at)}`, (lines) => lines.splice(at))),
    {
      name: `${file}: its last line torn`,
      door: 'stored',
      file,
      damage: (path, whole) => {
        writeFileSync(path, whole.slice(0, -9));
      },
      expect: mentioned,
    },
    {
      name: `${file}: the beginning of another line`,
      door: 'stored',
      file,
      damage: (path, whole) => {
        writeFileSync(path, `${whole}0123abcd {"v":2,"num`);
      },
      expect: same,
    },
  ];
}

/** Batches removed, doubled, or exchanged: each would give other figures. */
function evidenceLines(file: string): StoredCase[] {
  const changes: readonly (readonly [string, (lines: string[]) => void])[] = [
    ['the last batch removed', (lines) => lines.pop()],
    ['a batch twice', (lines) => lines.splice(4, 0, lines[4] ?? '')],
    ['two batches exchanged', (lines) => lines.splice(4, 2, lines[5] ?? '', lines[4] ?? '')],
    [
      'a batch faster',
      (lines) => {
        lines[5] = (lines[5] ?? '').replace(/"triggerExecution":\d/, '"triggerExecution":');
      },
    ],
  ];
  return changes.map(([what, change]) => ({
    name: `${file}: ${what}`,
    door: 'stored',
    file,
    damage: to.onLines(change),
    expect: damaged,
  }));
}

function folders(trial: string): StoredCase[] {
  const { 'a named pipe': pipe = to.removed, 'a folder': folder = to.removed } = to.unreadable;
  const cases: readonly (readonly [string, string, to.Damage])[] = [
    ['trials', 'removed', to.removed],
    ['trials', 'empty', folder],
    ['trials', 'a named pipe', pipe],
    ['trials', 'a file', to.emptied],
    [trial, 'removed', to.removed],
    [trial, 'empty', folder],
    [trial, 'a named pipe', pipe],
    [trial, 'a file', to.emptied],
    [join(trial, 'effective-conf.json'), 'added', to.emptied],
  ];
  return cases.map(([file, what, damage]) => ({
    name: `${file}: ${what}`,
    door: 'stored',
    file,
    damage,
    expect: damaged,
  }));
}

/** What streamtune writes but does not read, and the lock of a process that is gone. */
function written(): StoredCase[] {
  return ['report.md', 'summary.json', 'trials.csv', 'answers.md', 'run.lock', 'more'].flatMap(
    (file) =>
      [
        ['removed', to.removed] as const,
        ['a number', to.unparsable['a number'] ?? to.removed] as const,
        ...Object.entries(to.unreadable),
      ].map(([what, damage]) => ({
        name: `${file}: ${what}`,
        door: 'stored' as const,
        file,
        damage,
        expect: same,
      })),
  );
}
