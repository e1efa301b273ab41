import { expect } from 'chai';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/command-line.js';
import { seededRandom, type RandomSource } from '../../src/model/seeded-random.js';
import { projectPath } from '../../src/process/project-paths.js';
import { endingOf } from './rows.js';
import { mutate } from '../helpers/mutate.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

/** 5,000 in `npm run fuzz`; a command line takes longer than a file. */
const lines = Number(process.env['STREAMTUNE_FUZZ'] ?? 2_000) / 20;
const commands = [
  ...['plan quick.yaml', 'lint quick.yaml', 'run quick.yaml', 'generate quick.yaml', 'knobs'],
  ...['resume nowhere', 'status nowhere', 'report nowhere', 'answers nowhere', 'setup'],
  ...['doctor --spark-version=x'], // always refused, as its checks take a fifth of a second
  ...['kafka up', 'kafka down', 'kafka status', 'topic create a', 'topic list', 'topic describe a'],
  ...['produce --topic a', 'consume --topic a', 'topic delete a', 'runs', 'serve nowhere'],
  ...['compare nowhere neither', 'import nowhere', 'diagnose nowhere', 'submit quick.yaml'],
].map((line) => line.split(' '));
const values = ['4', '1', '8h', '07:00', 'local[2]', '4.0.0', 'localhost:9092', 'police-calls', ''];

describe('a damaged command line', function () {
  this.timeout(3_600_000);
  const folder = temporaryFolder();
  const optionsOf = new Map<readonly string[], readonly string[]>();

  async function call(args: readonly string[]) {
    const { host, written, controller } = testHost({
      PATH: '',
      STREAMTUNE_CACHE: join(folder, 'cache'),
    });
    controller.abort(); // whatever passes the checks of its options does nothing
    return await endingOf(() => runCommandLine(args, { ...host, cwd: folder }), written);
  }

  before(async () => {
    mkdirSync(join(folder, 'cache'));
    copyFileSync(projectPath('experiments/quick.yaml'), join(folder, 'quick.yaml'));
    for (const command of commands) {
      const { text } = await call([...command, '--help']);
      optionsOf.set(
        command,
        [...text.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, name]) => name!),
      );
    }
    expect([...optionsOf.values()].every((options) => options.length >= 2)).to.equal(true);
  });

  function damaged(random: RandomSource): string[] {
    const any = <T>(all: readonly T[]) => all[random.below(all.length)]!;
    const command = any(commands);
    const args = random.below(4) === 0 ? command.map((word) => mutate(word, random)) : [...command];
    for (let left = 1 + random.below(4); left > 0; left -= 1) {
      const option = any(optionsOf.get(command)!);
      const name = random.below(8) === 0 ? mutate(option, random) : option;
      const value = mutate(any(values), random);
      args.push(...any([[name], [name, value], [`${name}=${value}`]]));
    }
    if (!args.some((word) => /^--?on-?f/i.test(word)) && random.below(8) === 0) {
      args.push('--', mutate('word', random)); // without --on-finish, which would start it
    }
    return args;
  }

  it('is refused with the right exit code, or does what it says; nothing is begun', async () => {
    const met: Record<string, number> = {};
    for (let seed = 1; seed <= lines; seed += 1) {
      const args = damaged(seededRandom(seed));
      const { code, exitCode, text } = await call(args);
      met[code] = (met[code] ?? 0) + 1;
      const which = `seed ${String(seed)}: ${JSON.stringify(args).slice(0, 2_000)}\n${text}`;
      expect(code, which).not.to.equal('INTERNAL');
      expect([0, 2, 3, 130], which).to.include(exitCode);
    }
    expect(met['USAGE']).to.be.greaterThan(lines / 2);
    expect(readdirSync(folder).sort()).to.deep.equal(['cache', 'quick.yaml']);
    expect(readdirSync(join(folder, 'cache'))).to.deep.equal([]); // `setup` held its lock
  });
});
