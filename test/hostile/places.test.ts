import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ndjsonObserver } from '../../src/cli/observers/ndjson.js';
import { readSource } from '../../src/config/checked-source.js';
import { readSecrets } from '../../src/process/secrets.js';
import { createRunFolder } from '../../src/store/run-folder.js';
import { cacheFolder } from '../../src/toolchain/cache-folder.js';
import { ensureToolchain } from '../../src/toolchain/ensure-toolchain.js';
import { inCache } from '../../src/toolchain/integrity/cache-failure.js';
import { usualMachine } from '../helpers/fake-machine.js';
import { outcomeOf, type Outcome } from '../helpers/outcome-of.js';
import { testHost } from '../helpers/test-host.js';

interface Row {
  readonly name: string;
  readonly door: 'places';
  /** Uses a place; `at` is a folder for the row's own files. */
  readonly use: (at: string) => unknown;
  readonly says: RegExp;
  readonly expect: Outcome;
}

const fine = { code: null, exitCode: 0 } as const;
const unusable = { code: 'CACHE_UNUSABLE', exitCode: 3 } as const;
const full = { code: 'DISK_FULL', exitCode: 3 } as const;

let machine: ReturnType<typeof usualMachine>;

const row = (name: string, use: Row['use'], [expected, says]: readonly [Outcome, RegExp]): Row => ({
  name,
  door: 'places',
  use,
  says,
  expect: expected,
});

/** Where the cache is, by these variables. */
const located = (env: Record<string, string>, expected: string) => () => {
  expect(cacheFolder({ env, cwd: '/cwd' })).to.equal(expected);
};
const unplaced = (STREAMTUNE_CACHE: string) => () =>
  cacheFolder({ env: { STREAMTUNE_CACHE }, cwd: '/cwd' });
const home = userInfo().homedir;
const ownCache = (folder: string) =>
  join(folder, process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'streamtune');

const ensure = (STREAMTUNE_CACHE: string) =>
  ensureToolchain({
    host: testHost({ ...machine.env, STREAMTUNE_CACHE }).host,
    onStep: () => undefined,
  });

/** A cache at a path where nothing can be made, also not by root. */
const cacheAt = (path: string) => () => ensure(path);
const madeBy = (make: (path: string) => void) => (at: string) => {
  const path = join(at, 'cache');
  make(path);
  return ensure(path);
};
const pipe = (path: string) => {
  execFileSync('mkfifo', [path]);
};
const failing = (code: string) => () =>
  inCache('/cache', 'Kafka is not installed', () =>
    Promise.reject(Object.assign(new Error(code), { code, path: '/cache/kafka' })),
  );

const source = (path: string) => () => readSource(path, 'an experiment');
const sourceAt = (make: (path: string) => void) => (at: string) => {
  make(join(at, 'x.yaml'));
  return readSource(join(at, 'x.yaml'), 'an experiment');
};
const secretAt = (make: (path: string) => void) => (at: string) => {
  const name = join(at, 'secret');
  make(name);
  return readSecrets([{ kind: 'file', name, text: `\${file:${name}}` }], {});
};
const eventsAt = (make: (path: string) => void) => (at: string) => {
  make(join(at, 'events'));
  return ndjsonObserver(join(at, 'events'), () => 0);
};
const lockAs = (make: (path: string) => void) => (at: string) => {
  mkdirSync(join(at, 'cache'));
  make(join(at, 'cache', 'setup.lock'));
  return ensure(join(at, 'cache'));
};
const folder = (path: string) => {
  mkdirSync(path);
};
const device = (path: string) => {
  symlinkSync('/dev/zero', path);
};
const file = (path: string) => {
  writeFileSync(path, '');
};

const unreadable = { code: 'EXPERIMENT_UNREADABLE', exitCode: 2 } as const;
const unwritable = { code: 'RESULTS_UNWRITABLE', exitCode: 3 } as const;
const noSecret = { code: 'SECRET_MISSING', exitCode: 3 } as const;
const noLock = { code: 'LOCK_UNUSABLE', exitCode: 3 } as const;
const nothing = /^$/;

const rows: readonly Row[] = [
  row('STREAMTUNE_CACHE is absolute', located({ STREAMTUNE_CACHE: '/a/b' }, '/a/b'), [
    fine,
    nothing,
  ]),
  row('STREAMTUNE_CACHE is relative', located({ STREAMTUNE_CACHE: 'a/b' }, '/cwd/a/b'), [
    fine,
    nothing,
  ]),
  row('STREAMTUNE_CACHE goes up', located({ STREAMTUNE_CACHE: '../b/' }, '/b'), [fine, nothing]),
  row('STREAMTUNE_CACHE has spaces', located({ STREAMTUNE_CACHE: '/a b/ c' }, '/a b/ c'), [
    fine,
    nothing,
  ]),
  row('STREAMTUNE_CACHE is empty', located({ STREAMTUNE_CACHE: '', HOME: '/h' }, ownCache('/h')), [
    fine,
    nothing,
  ]),
  row('XDG_CACHE_HOME is set', located({ XDG_CACHE_HOME: '/x', HOME: '/h' }, '/x/streamtune'), [
    fine,
    nothing,
  ]),
  row('XDG_CACHE_HOME is relative', located({ XDG_CACHE_HOME: 'x', HOME: '/h' }, ownCache('/h')), [
    fine,
    nothing,
  ]),
  row('XDG_CACHE_HOME is empty', located({ XDG_CACHE_HOME: '', HOME: '/h' }, ownCache('/h')), [
    fine,
    nothing,
  ]),
  row('HOME is unset', located({}, ownCache(home)), [fine, nothing]),
  row('HOME is empty', located({ HOME: '' }, ownCache(home)), [fine, nothing]),
  row('HOME is relative', located({ HOME: 'h' }, ownCache(home)), [fine, nothing]),
  row('STREAMTUNE_CACHE has a NUL', unplaced('/a\0b'), [
    unusable,
    /"\/a\\u0000b", which has a NUL character/,
  ]),
  row('STREAMTUNE_CACHE has a line break', unplaced('/a\nb'), [
    unusable,
    /"\/a\\nb", which has a line break/,
  ]),
  row('STREAMTUNE_CACHE has a colon', unplaced('/a:b'), [
    unusable,
    /has a colon, which separates paths for Java/,
  ]),
  row('STREAMTUNE_CACHE has a comma', unplaced('/a,b'), [
    unusable,
    /has a comma, which separates paths for Spark/,
  ]),
  row('STREAMTUNE_CACHE has an asterisk', unplaced('/a*'), [unusable, /has an asterisk/]),
  row(
    'XDG_CACHE_HOME has a colon',
    () => cacheFolder({ env: { XDG_CACHE_HOME: '/a:b' }, cwd: '/' }),
    [unusable, /^XDG_CACHE_HOME leads/],
  ),
  row('HOME has a colon', () => cacheFolder({ env: { HOME: '/a:b' }, cwd: '/' }), [
    unusable,
    /^HOME leads/,
  ]),
  row('the cache is /etc/passwd', cacheAt('/etc/passwd'), [
    unusable,
    /\/etc\/passwd is a file, not a folder/,
  ]),
  row('the cache is below /etc/passwd', cacheAt('/etc/passwd/x'), [
    unusable,
    /\/etc\/passwd is a file, not a folder/,
  ]),
  row('the cache is /dev/null', cacheAt('/dev/null'), [
    unusable,
    /\/dev\/null is a file, not a folder/,
  ]),
  row('the cache is below /proc', cacheAt('/proc/streamtune'), [
    unusable,
    /Spark is not installed, and the cache \/proc\/streamtune cannot be written/,
  ]),
  row('the cache has a long name', cacheAt(`/tmp/${'x'.repeat(300)}`), [
    unusable,
    /its path is too long/,
  ]),
  row(
    'the cache is a link to itself',
    madeBy((path) => {
      symlinkSync(path, path);
    }),
    [unusable, /cannot be written/],
  ),
  row('the cache is a pipe', madeBy(pipe), [unusable, /is a file, not a folder/]),
  row(
    'the cache is a dangling link',
    madeBy((path) => {
      symlinkSync('/etc/passwd/x', path);
    }),
    [unusable, /cannot be written/],
  ),
  row('the lock is a folder', lockAs(folder), [
    noLock,
    /setup\.lock is needed as a lock file, but it is a folder/,
  ]),
  row('the lock is a pipe', lockAs(pipe), [noLock, /it is a named pipe[^]*Move it away: mv /]),
  row('the lock is a device', lockAs(device), [noLock, /it is a device/]),
  ...(
    ['EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG', 'ELOOP', 'EIO', 'ENOTEMPTY', 'EBUSY'] as const
  ).map((code) =>
    row(`the cache fails with ${code}`, failing(code), [
      unusable,
      /^Kafka is not installed, and the cache \/cache cannot be written: /,
    ]),
  ),
  ...['ENOSPC', 'EDQUOT'].map((code) =>
    row(`the cache fails with ${code}`, failing(code), [
      full,
      /No space left in the cache \/cache/,
    ]),
  ),
  row('an experiment is missing', source('/nothing/x.yaml'), [unreadable, /there is no such file/]),
  row('an experiment is a folder', sourceAt(folder), [unreadable, /it is a folder, not a file/]),
  row('an experiment is a pipe', sourceAt(pipe), [unreadable, /it is a named pipe, not a file/]),
  row('an experiment is a device', source('/dev/zero'), [unreadable, /it is a device, not a file/]),
  row('an experiment is /dev/null', source('/dev/null'), [
    unreadable,
    /it is a device, not a file/,
  ]),
  row(
    'an experiment is huge',
    sourceAt((path) => {
      file(path);
      truncateSync(path, 2 ** 33);
    }),
    [unreadable, /it has 8589934592 bytes/],
  ),
  row('an experiment has a NUL in its name', source('/a\0b'), [unreadable, /NUL/]),
  row('an experiment has a long name', source(`/${'x'.repeat(300)}`), [
    unreadable,
    /the name is too long/,
  ]),
  row("a secret's file is a folder", secretAt(folder), [noSecret, /it is a folder/]),
  row("a secret's file is a pipe", secretAt(pipe), [noSecret, /it is a named pipe/]),
  row("a secret's file is a device", secretAt(device), [noSecret, /it is a device/]),
  row("a secret's file is empty", secretAt(file), [noSecret, /it is empty/]),
  row('--events is a folder', eventsAt(folder), [unwritable, /EISDIR/]),
  row('--events is a pipe that nobody reads', eventsAt(pipe), [
    unwritable,
    /nobody reads this pipe/,
  ]),
  row('--results is below /proc', () => createRunFolder('/proc/x', 'x', 0), [
    unwritable,
    /\/proc\/x cannot be created/,
  ]),
  row('--results is a file', () => createRunFolder('/etc/passwd', 'x', 0), [
    unwritable,
    /\/etc\/passwd cannot be created/,
  ]),
  row('--events is below a file', () => ndjsonObserver('/etc/passwd/x', () => 0), [
    unwritable,
    /ENOTDIR/,
  ]),
];

describe('a place that is not what it should be', () => {
  before(() => {
    machine = usualMachine();
  });
  after(() => {
    machine.remove();
  });

  for (const { name, use, says, expect: expected } of rows) {
    it(`has a message and a code: ${name}`, async () => {
      const at = join(machine.root, 'row');
      mkdirSync(at);
      const { outcome, text } = await outcomeOf(() => use(at));
      expect(outcome, text).to.deep.equal(expected);
      expect(text).to.match(says);
      expect(text).not.to.match(/network|SPARK_HOME/);
      rmSync(at, { recursive: true });
    });
  }
});
