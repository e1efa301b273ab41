import { expect } from 'chai';
import { chmodSync, cpSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkToolchain } from '../../src/toolchain/checks/check-toolchain.js';
import { ensureToolchain } from '../../src/toolchain/ensure-toolchain.js';
import { inspectJars } from '../../src/toolchain/integrity/inspect-jars.js';
import { inspectVenv } from '../../src/toolchain/integrity/inspect-venv.js';
import { damageText } from '../../src/toolchain/integrity/part-state.js';
import { fakeMachine } from '../helpers/fake-machine.js';
import { outcomeOf } from '../helpers/outcome-of.js';
import { testHost } from '../helpers/test-host.js';
import {
  cacheRows,
  files,
  folders,
  jar,
  linkTo,
  marker,
  pipe,
  site,
  spark,
  sums,
} from './cache-rows.js';

/** Mending starts a dozen programs each, so only these are mended with every `npm test`. */
const sample = (name: string) =>
  process.env['STREAMTUNE_FUZZ'] !== undefined ||
  [
    `${files[0]!} is a pipe`,
    `${files[2]!} is emptied`,
    `the marker of ${spark} is a folder`,
    'the marker of kafka-4.4.0 holds ""',
    'Python is gone',
  ].includes(name);

describe('a damaged cache', function () {
  this.timeout(20_000);
  let machine: ReturnType<typeof fakeMachine>;
  let whole: string;
  before(async () => {
    machine = fakeMachine();
    machine.java('bin/java', '17.0.9');
    machine.python({ version: '3.11.7' });
    await ensureToolchain({ host: testHost(machine.env).host, onStep: () => undefined });
    whole = join(machine.root, 'whole');
    cpSync(machine.cache, whole, { recursive: true });
  });
  after(() => {
    machine.remove();
  });
  beforeEach(() => {
    rmSync(machine.cache, { recursive: true, force: true });
    cpSync(whole, machine.cache, { recursive: true });
  });

  const damageOf = async (file: string, checksums: boolean) => {
    const part = join(machine.cache, file.split('/')[0]!);
    const state = file.startsWith(spark)
      ? await inspectVenv({ folder: part, requirements: ['pyspark==4.2.0'], checksums })
      : await inspectJars(part, { checksums });
    return state.kind === 'damaged' ? damageText(state.damage) : state.kind;
  };
  const ensure = (steps: string[] = []) =>
    ensureToolchain({ host: testHost(machine.env).host, onStep: (text) => steps.push(text) });

  for (const { name, file, harm, finds, sameSize, expect: expected } of cacheRows) {
    it(`is found and mended: ${name}`, async () => {
      harm(join(machine.cache, file));
      expect(await damageOf(file, true)).to.match(finds);
      expect(await damageOf(file, false)).to.match(sameSize === true ? /^complete$/ : finds);
      if (!sample(name)) return;
      const steps: string[] = [];
      const { outcome, text } = await outcomeOf(() => ensure(steps));
      expect(outcome, text).to.deep.equal(expected);
      if (sameSize === true) return;
      expect(steps[0])
        .to.match(/ is damaged: /)
        .and.to.match(finds);
      expect(steps.join('\n')).not.to.match(/network|SPARK_HOME|disk/);
      expect(await damageOf(file, true)).to.equal('complete');
    });
  }

  it('holds eighty rows at least', () => {
    expect(cacheRows.length).to.be.greaterThan(80);
  });

  it('is told by doctor with the command that mends it', async () => {
    const { host } = testHost(machine.env);
    truncateSync(join(machine.cache, files[0]!), 1);
    linkTo('/old/bin/python3')(join(machine.cache, spark, 'bin', 'python'));
    const checks = await checkToolchain({ host });
    const problems = checks.filter(({ status }) => status === 'problem');
    expect(problems.map(({ name }) => name)).to.deep.equal(['Spark', 'Kafka broker']);
    expect(problems.map(({ fix }) => fix)).to.deep.equal(['streamtune setup', 'streamtune setup']);
    const asked = await checkToolchain({ host, sparkVersion: '4.2.0' });
    expect(asked.find(({ name }) => name === 'Spark')?.fix).to.equal(
      'streamtune setup --spark-version 4.2.0',
    );
  });

  it('needs no download where only a link, a permission or a marker is lost', async () => {
    const before = machine.installs().length;
    linkTo('/old/bin/python3')(join(machine.cache, spark, 'bin', 'python'));
    chmodSync(join(machine.cache, site, 'pyspark/bin/spark-submit'), 0o644);
    for (const one of [...folders, spark]) writeFileSync(join(machine.cache, one, marker), '');
    await ensure();
    expect(machine.installs().slice(before)).to.have.length(1);
    expect(machine.installs()[before]).to.match(/^venv .*--without-pip/);
  });

  it('stays usable without its checksums, as an older streamtune has left it', async () => {
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50);
    const before = machine.installs().length;
    for (const one of folders) {
      rmSync(join(machine.cache, one, sums));
      for (const name of readdirSync(join(machine.cache, one)).filter(isJar)) {
        writeFileSync(join(machine.cache, one, name), Buffer.concat([Buffer.from('jar'), end]));
      }
    }
    await ensure();
    expect(machine.installs()).to.have.length(before);
    truncateSync(join(machine.cache, folders[0]!, jar), 24);
    expect(await damageOf(`${folders[0]!}/${jar}`, false)).to.equal(`${jar} is cut off`);
    rmSync(join(machine.cache, folders[0]!, jar));
    expect(await damageOf(`${folders[0]!}/${jar}`, false)).to.equal(`${jar} is missing`);
    pipe(join(machine.cache, folders[1]!, jar));
    expect(await damageOf(`${folders[1]!}/${jar}`, false)).to.contain('named pipe');
  });
});

function isJar(name: string): boolean {
  return name.endsWith('.jar');
}
