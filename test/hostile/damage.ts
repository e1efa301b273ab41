import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RandomSource } from '../../src/model/seeded-random.js';

/** Puts something else in the place of a file whose text was `text`; `path` is free by then. */
export type Damage = (path: string, text: string) => void;

const write =
  (change: (text: string) => string | Buffer): Damage =>
  (path, text) => {
    writeFileSync(path, change(text));
  };

/** What can come to stand in the place of a file, whatever is in it. */
export const unreadable: Readonly<Record<string, Damage>> = {
  'a folder': (path) => {
    mkdirSync(path);
  },
  'a named pipe': (path) => {
    execFileSync('mkfifo', [path]);
  },
  'a link to itself': (path) => {
    symlinkSync(path, path);
  },
  'a device': (path) => {
    symlinkSync('/dev/zero', path);
  },
};

/** What can happen to the content of a file. */
export const unparsable: Readonly<Record<string, Damage>> = {
  'its first half': write((text) => text.slice(0, text.length / 2)),
  'binary garbage': write(() => Buffer.from([0xff, 0xfe, 0x0a, 0x00, 0x7f, 0x80, 0x0a, 0xc3])),
  'an empty object': write(() => '{}\n'),
  'an empty list': write(() => '[]\n'),
  'a number': write(() => '42\n'),
  null: write(() => 'null\n'),
  'more at its end': write((text) => `${text}{"more":1}\n`),
  'deep brackets': write(() => `${'['.repeat(100_000)}\n`),
};

export const removed: Damage = () => undefined;
export const emptied = write(() => '');

/** Changes one character below `end` to another. */
export function flipped(random: RandomSource, end = Infinity): Damage {
  return write((text) => {
    const at = random.below(Math.min(end, text.length - 1));
    const other = text[at] === '7' ? '8' : '7';
    return `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
  });
}

/** Changes the lines of a file, the last line end kept. */
export function onLines(change: (lines: string[]) => void): Damage {
  return write((text) => {
    const lines = text.split('\n').slice(0, -1);
    change(lines);
    return lines.map((line) => `${line}\n`).join('');
  });
}

/** Changes a value in JSON text, by its path. */
export function onLeaf(leaf: readonly string[], value: unknown): Damage {
  return write((text) => {
    const root = JSON.parse(text) as Record<string, unknown>;
    const parent = leaf
      .slice(0, -1)
      .reduce((within, key) => within[key] as Record<string, unknown>, root);
    parent[leaf.at(-1) ?? ''] = value;
    return `${JSON.stringify(root, null, 2)}\n`;
  });
}

/** The paths of all values in JSON that hold no others, with these values. */
export function leavesOf(value: unknown, path: readonly string[] = []): [string[], unknown][] {
  if (typeof value !== 'object' || value === null) return [[[...path], value]];
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one, [...path, key]));
}

/** Damages a path of a folder, calls `check`, and puts back what was there. */
export async function withDamage(
  { folder, name, damage }: { folder: string; name: string; damage: Damage },
  check: () => Promise<void>,
): Promise<void> {
  const path = join(folder, name);
  const aside = `${folder}.aside`;
  const kind = statSync(path, { throwIfNoEntry: false });
  const text = kind?.isFile() === true ? readFileSync(path, 'utf8') : '';
  if (kind !== undefined) renameSync(path, aside);
  try {
    damage(path, text);
    await check();
  } finally {
    rmSync(path, { recursive: true, force: true });
    if (kind !== undefined) renameSync(aside, path);
  }
}
