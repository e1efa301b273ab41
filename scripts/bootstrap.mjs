// Sets up a fresh clone with nothing but Node: modules, build, toolchain. Then `start` runs an experiment and `test`
// runs all checks. Steps that are up to date are skipped.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [mode, ...rest] = process.argv.slice(2);

// Ctrl-C and a closed terminal reach the child as well, which shuts down in order, or goes on under nohup, while this
// process waits. SIGTERM reaches this process alone.
let child;
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
process.on('SIGTERM', () => child && child.kill('SIGTERM'));

main();

async function main() {
  refuseOldNode();
  await installModules();
  await build();
  await run('Setting up the toolchain', process.execPath, [
    ...['bin/streamtune.js', 'setup'],
    // A short experiment would wait for the class archive longer than it gains; the tests make it beside others.
    '--no-class-archive',
  ]);
  if (mode === 'start') {
    const file = rest.length > 0 ? rest : ['experiments/quick.yaml'];
    finish(await ended(process.execPath, ['bin/streamtune.js', 'run', ...file]));
  } else if (mode === 'test') {
    finish(await ended(process.execPath, ['scripts/test.mjs', ...rest]));
  }
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24) return;
  say(
    `Node ${process.versions.node} is too old or not supported. Install Node 20.19, 22.12 or 24.`,
  );
  process.exit(3);
}

async function installModules() {
  const stamp = join(root, 'node_modules', '.streamtune-stamp');
  const wanted = hashOf(['package-lock.json', 'package.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm === undefined) await run('Installing node modules', 'npm', args);
  else await run('Installing node modules', process.execPath, [npm, ...args]);
  writeFileSync(stamp, wanted);
}

async function build() {
  const stamp = join(root, 'dist', '.streamtune-stamp');
  const sources = ['src', 'test', 'bench', 'validation']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((name) => name.endsWith('.ts'));
  const settings = ['tsconfig.json', 'package-lock.json', 'scripts/bundle.mjs'];
  const wanted = hashOf([...settings, ...sources.sort()]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await run('Building', process.execPath, ['node_modules/typescript/bin/tsc']);
  await run('Bundling', process.execPath, ['scripts/bundle.mjs']);
  writeFileSync(stamp, wanted);
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

async function run(what, file, args) {
  say(`${what} ...`);
  const result = await ended(file, args);
  if (result.status !== 0) finish(result);
}

async function ended(file, args) {
  child = spawn(file, args, { cwd: root, stdio: 'inherit' });
  try {
    const [status, signal] = await once(child, 'exit');
    return { status, signal };
  } catch (error) {
    return { status: null, signal: null, error };
  }
}

function finish(result) {
  if (result.error !== undefined) say(String(result.error));
  process.exit(result.status ?? (result.signal === 'SIGINT' ? 130 : 70));
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
