import { expect } from 'chai';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openKafkaInput } from '../../../src/execution/kafka-input.js';
import { createTopic, listTopics } from '../../../src/kafka/topics.js';
import type { Broker } from '../../../src/kafka/broker/embedded-broker.js';
import { waitUntil } from '../../../src/process/wait-until.js';
import { trialsOf } from '../../../src/model/trial/plan.js';
import { realToolchain } from '../../helpers/real-broker.js';
import { runRecord } from '../../helpers/run-record.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('two runs of one experiment on one broker', () => {
  let broker: Broker;
  const folder = temporaryFolder();
  const { host } = testHost();
  before(async () => {
    broker = await sharedBroker();
  });

  const { experiment, plan } = runRecord(
    `version: 1
name: twins
data: { records: 300, seed: 3 }
knobs: { job.sink: kafka }
factors: { topic.partitions: [1, 2] }
design: { blocks: 1 }
`,
    () => undefined,
  );
  const [trial] = trialsOf(plan);

  const open = async (runId: string) => {
    const path = join(folder, runId);
    mkdirSync(path);
    return await openKafkaInput({
      run: {
        experiment: { ...experiment, kafka: broker.endpoint },
        ...{ plan, runId, dataset: 'the-same', folder: path },
      },
      toolchain: await realToolchain(),
      host,
      step: () => undefined,
      onBroker: () => Promise.resolve(),
    });
  };
  const topicsOf = async (runId: string) => {
    const names = await listTopics({ endpoint: broker.endpoint, signal: host.signal });
    return names.filter((name) => name.includes(runId));
  };

  /** A broker deletes a topic soon after it has said so. */
  const gone = (runId: string) =>
    waitUntil({
      what: `the topics of ${runId} are gone`,
      timeoutMs: 20_000,
      signal: host.signal,
      check: async () => ((await topicsOf(runId)).length === 0 ? true : undefined),
    });

  it('share no topic, and what one of them ends or clears is left of the other', async () => {
    const somebodys = { name: 'twins-of-somebody', partitions: 1 };
    await createTopic({ endpoint: broker.endpoint, signal: host.signal }, somebodys);
    const [one, other] = await Promise.all([open('aaaa1111'), open('bbbb2222')]);
    await Promise.all([one.makeOutput(trial!), other.makeOutput(trial!)]);
    const [first, second] = [one.inputOf(trial!), other.inputOf(trial!)];
    expect(first.topic).not.to.equal(second.topic);
    expect(first.outputTopic).not.to.equal(second.outputTopic);
    const before = await topicsOf('bbbb2222');
    expect(before).to.have.length(3).and.to.include(second.outputTopic);
    await one.clearOutput(trial!);
    await one[Symbol.asyncDispose]();
    await gone('aaaa1111');
    expect(await topicsOf('bbbb2222')).to.deep.equal(before);
    await other.checkRecords();
    await other.clearOutput(trial!);
    await other[Symbol.asyncDispose]();
    await gone('bbbb2222');
    const left = await listTopics({ endpoint: broker.endpoint, signal: host.signal });
    expect(left).to.include(somebodys.name);
    expect(readdirSync(join(folder, 'aaaa1111'))).to.deep.equal([]);
  });
});
