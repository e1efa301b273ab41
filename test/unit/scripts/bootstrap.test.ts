import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../../src/process/project-paths.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** A program that is set up at once, and whose runs end in order when they are told to. */
const program = `
if (process.argv[2] === 'setup') process.exit(0);
const stay = setInterval(() => undefined, 1000);
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 131]]) {
  process.on(signal, () => {
    clearInterval(stay);
    setTimeout(() => { console.log('in order'); process.exit(code); }, 300);
  });
}
process.on('SIGHUP', () => console.log('goes on'));
console.log('started');
`;

describe('npm start', () => {
  const folder = temporaryFolder();

  before(() => {
    const files = {
      ...{ 'package.json': '{}', 'package-lock.json': '{}', 'tsconfig.json': '{}' },
      'scripts/bundle.mjs': '{}',
    };
    for (const name of [
      'scripts',
      'bin',
      'node_modules',
      'dist',
      'src',
      'test',
      'bench',
      'validation',
    ]) {
      mkdirSync(join(folder, name));
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const hash = createHash('sha256').update('package-lock.json{}package.json{}').digest('hex');
    writeFileSync(join(folder, 'node_modules', '.streamtune-stamp'), hash);
    const built = createHash('sha256')
      .update('tsconfig.json{}package-lock.json{}scripts/bundle.mjs{}')
      .digest('hex');
    writeFileSync(join(folder, 'dist', '.streamtune-stamp'), built);
    writeFileSync(join(folder, 'bin', 'streamtune.js'), program);
    cpSync(projectPath('scripts/bootstrap.mjs'), join(folder, 'scripts', 'bootstrap.mjs'));
  });

  /** Starts it as the leader of a group, as a shell does, and calls `then` once the run has started. */
  async function started(then: (pid: number) => void) {
    const args = [join(folder, 'scripts', 'bootstrap.mjs'), 'start'];
    const child = spawn(process.execPath, args, { detached: true });
    let said = '';
    let told = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (told || !said.includes('started')) return;
      told = true;
      then(child.pid!);
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  }

  it('waits for the run to end in order when the terminal says so to both', async () => {
    const { code, said } = await started((pid) => {
      process.kill(-pid, 'SIGHUP');
      process.kill(-pid, 'SIGINT');
    });
    expect(said).to.equal('started\ngoes on\nin order\n');
    expect(code).to.equal(130);
  });

  it('passes on that it is to end, which nobody else tells the run', async () => {
    const { code, said } = await started((pid) => process.kill(pid, 'SIGTERM'));
    expect(said).to.equal('started\nin order\n');
    expect(code).to.equal(131);
  });
});
