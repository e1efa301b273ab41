// Builds, then runs only the named test files, or all unit tests if none is named; with --watch, again after each
// change. Arguments that are not files (-g 'a title') go to mocha.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2).filter((one) => one !== '--watch');
const mocha = ['node_modules/mocha/bin/mocha.js', ...mochaArguments()];
const compiler = 'node_modules/typescript/bin/tsc';
const bundler = 'scripts/bundle.mjs';

if (process.argv.includes('--watch')) watch();
else {
  process.exitCode = [[compiler], [bundler], mocha].reduce(
    (status, one) => status || spawnSync(process.execPath, one, { cwd, stdio: 'inherit' }).status,
    0,
  );
}

/** The mocha config lists all files of a suite, and mocha would add those of the command line to them. */
function mochaArguments() {
  const built = args.map((one) =>
    one.replace(/^(?:\.\/)?(?:dist\/)?(test\/.*\.test)\.[tj]s$/, 'dist/$1.js'),
  );
  if (!built.some((one) => one.endsWith('.test.js'))) return built;
  const slow = built.some((one) => /^dist\/test\/(e2e|faults)\//.test(one));
  return ['--no-config', '--timeout', slow ? '900000' : '10000', ...built];
}

/** Starts a new process for each round, since a loaded module is never reloaded. */
function watch() {
  const building = spawn(process.execPath, [compiler, '--watch', '--preserveWatchOutput'], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let round;
  let again = false;
  const start = () => {
    again = false;
    round = spawn(process.execPath, mocha, { cwd, stdio: 'inherit' });
    round.on('exit', () => {
      round = undefined;
      if (again) start();
    });
  };
  createInterface({ input: building.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`);
    if (!/ Found 0 errors\./.test(line)) return;
    spawnSync(process.execPath, [bundler], { cwd, stdio: 'inherit' });
    if (round === undefined) return start();
    again = true;
    round.kill('SIGINT'); // mocha still runs the cleanup hooks
  });
  // Ctrl-C also reaches the compiler and mocha, which share the terminal; this process exits after them.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => {
    again = false;
    building.kill();
    round?.kill('SIGINT');
  });
  building.on('exit', (code) => {
    process.exitCode = code ?? 130;
  });
}
