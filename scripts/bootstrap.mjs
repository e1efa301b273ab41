// Sets up a fresh clone with nothing but Node: modules, build, toolchain. Then `start` runs an experiment and `test`
// runs all checks. Steps that are up to date are skipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [mode, ...rest] = process.argv.slice(2);

refuseOldNode();
installModules();
build();
run('Setting up the toolchain', process.execPath, ['bin/streamtune.js', 'setup']);
if (mode === 'start') {
  const file = rest.length > 0 ? rest : ['experiments/quick.yaml'];
  finish(spawn(process.execPath, ['bin/streamtune.js', 'run', ...file]));
} else if (mode === 'test') {
  finish(spawn(process.execPath, ['scripts/test.mjs', ...rest]));
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24) return;
  say(
    `Node ${process.versions.node} is too old or not supported. Install Node 20.19, 22.12 or 24.`,
  );
  process.exit(3);
}

function installModules() {
  const stamp = join(root, 'node_modules', '.streamtune-stamp');
  const wanted = hashOf(['package-lock.json', 'package.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm === undefined) run('Installing node modules', 'npm', args);
  else run('Installing node modules', process.execPath, [npm, ...args]);
  writeFileSync(stamp, wanted);
}

function build() {
  const stamp = join(root, 'dist', '.streamtune-stamp');
  const sources = ['src', 'test', 'bench', 'validation']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((name) => name.endsWith('.ts'));
  const wanted = hashOf(['tsconfig.json', 'package-lock.json', ...sources.sort()]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  run('Building', process.execPath, ['node_modules/typescript/bin/tsc']);
  writeFileSync(stamp, wanted);
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function run(what, file, args) {
  say(`${what} ...`);
  const result = spawn(file, args);
  if (result.status !== 0) finish(result);
}

function spawn(file, args) {
  // The child shares the terminal: Ctrl-C reaches it, and it shuts down cleanly while this process waits.
  return spawnSync(file, args, { cwd: root, stdio: 'inherit' });
}

function finish(result) {
  if (result.error !== undefined) say(String(result.error));
  process.exit(result.status ?? (result.signal === 'SIGINT' ? 130 : 70));
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
