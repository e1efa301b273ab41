// Runs all checks, fastest first, continues after a failure, and ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
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
const suites = [
  ['unit and contract tests', '.mocharc.json'],
  ['end-to-end tests', '.mocharc.e2e.json'],
];

let passed = 0;
let failed = 0;
try {
  for (const [name, args] of checks) {
    const ok = node(name, args) === 0;
    process.stdout.write(`${ok ? 'ok' : 'FAILED'}: ${name}\n`);
    if (ok) passed += 1;
    else failed += 1;
  }
  for (const [name, config] of suites) countSuite(name, config);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function countSuite(name, config) {
  const file = join(scratch, config);
  const status = node(name, [
    bin('mocha/bin/mocha.js'),
    ...['--config', config, '--reporter', 'scripts/counting-reporter.cjs'],
    ...['--reporter-option', `counts=${file}`],
  ]);
  const counts = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passes: 0, failures: 0 };
  passed += counts.passes;
  failed += counts.failures;
  // A run that was cut short or ran nothing counts as a failure, even if none of its tests failed.
  if ((status !== 0 && counts.failures === 0) || counts.passes === 0) failed += 1;
}

function node(name, args) {
  process.stdout.write(`\n== ${name}\n`);
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status;
}
