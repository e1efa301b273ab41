import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../../src/kafka/broker/free-port.js';
import { cachedToolchain } from '../../helpers/cached-toolchain.js';
import { copiedFrom, shellWords } from '../../helpers/documented-commands.js';
import { streamtune } from '../../helpers/streamtune.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** What the tutorial says to do by hand, from `kafka up` to `kafka down`, with a real broker on another port. */
describe('the tutorial by hand', () => {
  const pids: number[] = [];
  const folder = temporaryFolder(() => pids);
  const lines = copiedFrom('docs/tutorial.md').map(({ text }) => text);
  const up = lines.findIndex((line) => line.includes(' kafka up'));
  const down = lines.findIndex((line) => line.includes(' kafka down'));
  const byHand = lines.slice(up, down + 1).map((line) => shellWords(line).words.slice(2));

  it('works as it is written', async () => {
    expect(byHand.map((words) => words[0])).to.deep.equal([
      ...['kafka', 'topic', 'produce', 'consume', 'consume', 'generate', 'topic', 'kafka'],
    ]);
    const env = { ...process.env, STREAMTUNE_CACHE: cachedToolchain(join(folder, 'cache')) };
    const [port] = await freePorts(1);
    const said: { stdout: string; stderr: string }[] = [];
    for (const words of byHand) {
      const elsewhere =
        words[0] === 'kafka' ? [] : ['--bootstrap-servers', `127.0.0.1:${String(port)}`];
      const args = words.map((word) => (word === '9092' ? String(port) : word));
      const ended = await streamtune([...args, ...elsewhere], env);
      expect(ended.code, `${words.join(' ')}: ${ended.stderr}`).to.equal(0);
      said.push(ended);
      if (args[1] === 'up') pids.push(brokerPid());
    }
    pids.length = 0;
    const [started, created, produced, looked, counted, generated, deleted] = said;
    expect(started?.stderr).to.contain('Next: node ').and.to.contain('topic create my-topic');
    expect(started?.stderr).to.contain(`--bootstrap-servers 127.0.0.1:${String(port)}`);
    expect(created?.stderr).to.contain('produce --topic police-calls');
    expect(produced?.stderr).to.contain('consume --topic police-calls');
    expect(looked?.stdout.trim().split('\n')).to.have.length(3);
    expect(counted?.stdout.trim().split('\n')).to.have.length(10_000);
    expect(generated?.stdout).to.contain('police-calls');
    expect(deleted?.stderr).to.contain('10,000 records in 4 partitions');
  });

  const brokerPid = () =>
    (
      JSON.parse(readFileSync(join(folder, 'cache', 'broker', 'broker.json'), 'utf8')) as {
        process: { pid: number };
      }
    ).process.pid;
});
