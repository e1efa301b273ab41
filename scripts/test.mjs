// Runs all checks, and ends with "N passed, N failed". A failure stops nothing. Two suites of a stage run at the same
// time: the first one's output is live, the second one's follows it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'streamtune-tests-'));
const bin = (name) => join(root, 'node_modules', ...name.split('/'));

const checks = [
  ['types', [bin('typescript/bin/tsc'), '--noEmit']],
  ['lint', [bin('eslint/bin/eslint.js'), '.']],
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['unused code', [bin('knip/bin/knip.js')]],
];

let passed = 0;
let failed = 0;
let interrupted = false;
// Ctrl-C reaches the children as well; they clean up while this process waits.
process.on('SIGINT', () => (interrupted = true));
try {
  await atOnce(suite('unit tests', '.mocharc.unit.json'), async (print) => {
    await node(
      'the class archive, with which the trials start',
      ['bin/streamtune.js', 'setup'],
      print,
    );
    await runChecks(print);
    await suite('contract and hostile tests', '.mocharc.contract.json')(print);
  });
  if (!interrupted) {
    await atOnce(
      suite('end-to-end tests with Spark', '.mocharc.spark.json'),
      suite('end-to-end tests with a broker, and more with Spark', '.mocharc.broker.json'),
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = interrupted ? 130 : failed === 0 && passed > 0 ? 0 : 1;

/** Runs both; what the second one prints is kept back until the first one has ended. */
async function atOnce(live, keptBack) {
  const texts = [];
  let print = (text) => texts.push(text);
  const second = keptBack((text) => print(text));
  await live((text) => process.stdout.write(text));
  process.stdout.write(texts.join(''));
  print = (text) => process.stdout.write(text);
  await second;
}

async function runChecks(print) {
  for (const [name, args] of checks) {
    const ok = (await node(name, args, print)) === 0;
    print(`${ok ? 'ok' : 'FAILED'}: ${name}\n`);
    if (ok) passed += 1;
    else failed += 1;
  }
}

function suite(name, config) {
  return async (print) => {
    const file = join(scratch, config);
    const args = [
      bin('mocha/bin/mocha.js'),
      ...['--config', config, '--reporter', 'scripts/counting-reporter.cjs'],
      ...['--reporter-option', `counts=${file}`],
    ];
    const status = await node(name, args, print);
    const counts = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : { passes: 0, failures: 0 };
    passed += counts.passes;
    failed += counts.failures;
    // A run that was cut short or ran nothing counts as a failure, even if none of its tests failed.
    if ((status !== 0 && counts.failures === 0) || counts.passes === 0) failed += 1;
  };
}

/** The exit status; null if a signal ended it. Says how long it took, by which to see where the minutes go. */
async function node(name, args, print) {
  print(`\n== ${name}\n`);
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['inherit', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', print);
  const status = await new Promise((resolve) => child.on('close', resolve));
  print(`(${name}: ${Math.round((performance.now() - startedAt) / 1_000)} s)\n`);
  return status;
}
