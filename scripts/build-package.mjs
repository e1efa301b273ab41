// Builds dist/bundle, the code that goes into the package, from scratch, so that it has nothing whose source is gone.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', root));
if (!existsSync(compiler)) {
  process.stderr.write('The compiler is not installed. Run `npm ci` first.\n');
  process.exit(3);
}
// The build stamps go too: the next development build must rebuild everything.
for (const name of ['dist/src', 'dist/.tsbuildinfo', 'dist/.streamtune-stamp']) {
  rmSync(new URL(name, root), { recursive: true, force: true });
}
for (const args of [[compiler, '--project', 'tsconfig.build.json'], ['scripts/bundle.mjs']]) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: fileURLToPath(root),
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 70);
}
