// Builds what a package holds of the program: dist/src, made anew, so that nothing is in it whose source is gone.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
// The notes on what was built go too: after this, the next build for development makes everything.
for (const name of ['dist/src', 'dist/.tsbuildinfo', 'dist/.streamtune-stamp']) {
  rmSync(new URL(name, root), { recursive: true, force: true });
}
const compiler = ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'];
const { status } = spawnSync(process.execPath, compiler, {
  cwd: fileURLToPath(root),
  stdio: 'inherit',
});
process.exitCode = status ?? 70;
