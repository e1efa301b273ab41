import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { lint } from '../../../src/knobs/lint.js';
import { markInert } from '../../../src/knobs/mark-inert.js';
import { trialsOf } from '../../../src/model/trial/plan.js';

const context = {
  sparkVersion: '4.0.0',
  stateful: true,
  memoryBytes: 8 * 2 ** 30,
  variedKeys: [] as string[],
};

function experimentOf(sections: string) {
  return parseExperiment({ text: `version: 1\nname: test\n${sections}`, file: 'test.yaml' });
}

function findings(sections: string, more: Partial<typeof context> = {}) {
  const experiment = experimentOf(sections);
  const variedKeys = experiment.factors.map(({ key }) => key);
  const { configurations } = planExperiment(experiment);
  return lint(configurations, { ...context, variedKeys, ...more });
}

const told = (sections: string, more: Partial<typeof context> = {}) =>
  findings(sections, more).map(({ severity, rule, key }) => `${severity} ${rule} ${key}`);

describe('lint', () => {
  const cases: readonly (readonly [
    title: string,
    sections: string,
    expected: string[],
    more?: object,
  ])[] = [
    [
      'finds a key of the old DStream API',
      'factors: { spark.streaming.kafka.maxRatePerPartition: [null, 5] }',
      ['warning cannot-act spark.streaming.kafka.maxRatePerPartition'],
    ],
    [
      'finds that key also as an option of the source',
      'knobs: { source.maxRatePerPartition: 5 }',
      ['warning cannot-act source.maxRatePerPartition'],
    ],
    [
      'finds executor memory in local mode',
      'knobs: { spark.master: "local[2]", spark.executor.memory: 2g }',
      ['warning cannot-act spark.executor.memory'],
    ],
    [
      'leaves executor memory alone where there are executors',
      'knobs: { spark.master: "spark://a:7077", spark.executor.memory: 2g }',
      [],
    ],
    [
      'finds cores in local mode',
      'knobs: { spark.executor.cores: 2, spark.cores.max: 2 }',
      ['warning cannot-act spark.executor.cores', 'warning cannot-act spark.cores.max'],
    ],
    [
      'finds cores alive on a standalone cluster, which does not count executors',
      'knobs: { spark.master: "spark://a:7077", spark.executor.cores: 2, spark.cores.max: 2, spark.executor.instances: 2 }',
      ['warning cannot-act spark.executor.instances'],
    ],
    [
      'finds the number of executors alive where they are counted, or are only the first',
      'knobs: { spark.executor.instances: 2 }\nfactors: { spark.master: ["yarn", "k8s://a"] }',
      [],
    ],
    [
      'leaves the first executors of dynamic allocation alone',
      'knobs: { spark.master: "spark://a:7077", spark.executor.instances: 2, spark.dynamicAllocation.enabled: true }',
      [],
    ],
    [
      'finds default.parallelism, which SQL does not read',
      'knobs: { spark.default.parallelism: 2 }',
      ['warning cannot-act spark.default.parallelism'],
    ],
    [
      'says that Kryo has little to do with DataFrames',
      'knobs: { spark.serializer: org.apache.spark.serializer.KryoSerializer }',
      ['note hardly-acts spark.serializer'],
    ],
    [
      'finds AQE on a stateful query',
      'knobs: { spark.sql.adaptive.enabled: true }',
      ['warning cannot-act spark.sql.adaptive.enabled'],
    ],
    [
      'finds AQE also on a stateless one before Spark 4.1',
      'knobs: { spark.sql.adaptive.enabled: true }',
      ['warning cannot-act spark.sql.adaptive.enabled'],
      { stateful: false },
    ],
    [
      'leaves AQE alone on a stateless query of Spark 4.1',
      'knobs: { spark.sql.adaptive.enabled: true }',
      [],
      { stateful: false, sparkVersion: '4.1.0' },
    ],
    [
      'finds an option that the asked Spark lacks',
      'knobs: { source.maxRecordsPerPartition: 5 }',
      ['warning cannot-act source.maxRecordsPerPartition'],
      { sparkVersion: '3.5.7' },
    ],
    ['knows that Spark 4.0 has it', 'knobs: { source.maxRecordsPerPartition: 5 }', []],
    [
      'finds a setting of Spark 4.2 that the asked one lacks',
      'knobs: { spark.sql.streaming.offsetLog.formatVersion: 2 }',
      [
        'warning cannot-act spark.sql.streaming.offsetLog.formatVersion',
        'note hardly-acts spark.sql.streaming.offsetLog.formatVersion',
      ],
      { sparkVersion: '4.1.1' },
    ],
    [
      'finds a setting that Spark 4.3 has done away with',
      'knobs: { spark.sql.streaming.join.stateFormatVersion: 4, spark.sql.streaming.join.stateFormatV4.enabled: true }',
      [
        'warning cannot-act spark.sql.streaming.join.stateFormatV4.enabled',
        'note hardly-acts spark.sql.streaming.join.stateFormatVersion',
      ],
      { sparkVersion: '4.3.0' },
    ],
    [
      'leaves alone what acts with the default of another knob',
      'knobs: { spark.sql.streaming.stateStore.forceSnapshotUploadOnLag: false }',
      [],
      { sparkVersion: '4.2.0' },
    ],
    [
      'finds settings of real-time mode without its trigger',
      'knobs: { spark.sql.streaming.realTimeMode.allowlistCheck: false }',
      ['warning cannot-act spark.sql.streaming.realTimeMode.allowlistCheck'],
      { sparkVersion: '4.2.0' },
    ],
    [
      'finds a misspelt key',
      'knobs: { spark.sql.shufle.partitions: 5 }',
      ['error misspelt spark.sql.shufle.partitions'],
    ],
    [
      'finds a misspelt option, which Spark would ignore',
      'knobs: { source.maxOffsetPerTrigger: 5 }',
      [
        'error misspelt source.maxOffsetPerTrigger',
        'warning cannot-act source.maxOffsetPerTrigger',
      ],
    ],
    ['takes options of the source in any case', 'knobs: { source.maxoffsetspertrigger: 5 }', []],
    [
      'says that it does not know a key',
      'knobs: { spark.hadoop.fs.something: 5 }',
      ['note unknown spark.hadoop.fs.something'],
    ],
    [
      'finds a value out of range',
      'knobs: { spark.sql.shuffle.partitions: 0 }',
      ['error value spark.sql.shuffle.partitions'],
    ],
    [
      'finds a value with a wrong unit',
      'knobs: { spark.driver.memory: 2 gigs }',
      ['error value spark.driver.memory'],
    ],
    [
      'finds more driver memory than the machine has',
      'knobs: { spark.driver.memory: 16g }',
      ['error memory spark.driver.memory'],
    ],
    [
      'says that a checkpoint keeps the shuffle partitions',
      'factors: { spark.sql.shuffle.partitions: [4, 8] }',
      ['note frozen spark.sql.shuffle.partitions'],
    ],
    [
      'finds a knob of RocksDB without RocksDB',
      'knobs: { spark.sql.streaming.stateStore.rocksdb.compactOnCommit: true }',
      ['warning cannot-act spark.sql.streaming.stateStore.rocksdb.compactOnCommit'],
    ],
    [
      'leaves it alone with RocksDB',
      'knobs: { spark.sql.streaming.stateStore.rocksdb.compactOnCommit: true, spark.sql.streaming.stateStore.providerClass: org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider }',
      [],
    ],
    [
      'finds knobs that must move together',
      'knobs: { spark.memory.offHeap.enabled: true }',
      ['warning together spark.memory.offHeap.enabled'],
    ],
    [
      'has nothing to say against both',
      'knobs: { spark.memory.offHeap.enabled: true, spark.memory.offHeap.size: 1g }',
      [],
    ],
  ];
  for (const [title, sections, expected, more] of cases) {
    it(title, () => {
      expect(told(sections, more ?? {})).to.deep.equal(expected);
    });
  }

  it('says what will happen, why, and what to use instead', () => {
    const [finding] = findings('factors: { spark.streaming.kafka.maxRatePerPartition: [null, 5] }');
    expect(finding).to.deep.include({
      what: 'It has no effect here, so all its levels are the same.',
      why: 'It belongs to the old DStream API, and Structured Streaming never reads it.',
      instead: 'source.maxOffsetsPerTrigger',
    });
  });

  it('names the default of the Spark that is asked for', () => {
    const instead = (sparkVersion: string) =>
      findings('knobs: { spark.sql.execution.pythonUDF.arrow.enabled: maybe }', { sparkVersion })[0]
        ?.instead;
    expect(['3.5.7', '4.1.1', '4.2.0', '4.10.0'].map(instead)).to.deep.equal([
      'the default: false',
      'the default: false',
      'the default: true',
      'the default: true',
    ]);
  });

  it('has no word for anything that is left unset', () => {
    expect(told('factors: { spark.executor.memory: [null] }')).to.deep.equal([]);
  });
});

describe('markInert', () => {
  const grid = `factors:
  spark.streaming.kafka.maxRatePerPartition: [null, 5]
  source.maxOffsetsPerTrigger: [100, 200]
`;
  const mark = (sections: string) => {
    const experiment = experimentOf(sections);
    return planExperiment(experiment, (all) => markInert(all, context));
  };

  it('finds the configurations that are one to Spark, and leaves them out of every block', () => {
    const plan = mark(grid);
    expect(
      plan.configurations.map(({ id, inert }) => [id, inert?.same, inert?.knobs.length]),
    ).to.deep.equal([
      ['baseline', undefined, undefined],
      ['aa', undefined, undefined],
      ['c1', undefined, undefined],
      ['c2', 'baseline', 1],
      ['c3', 'c1', 1],
    ]);
    const ran = new Set(trialsOf(plan).map(({ configuration }) => configuration.id));
    expect([...ran].sort()).to.deep.equal(['aa', 'baseline', 'c1']);
  });

  it('runs them as a placebo where the experiment asks for it', () => {
    const plan = mark(`${grid}design: { placebo: measure, blocks: 1 }\n`);
    expect(trialsOf(plan)).to.have.length(5);
    expect(plan.configurations.filter(({ inert }) => inert !== undefined)).to.have.length(2);
  });

  it('keeps two configurations apart whose inert knob acts in one of them', () => {
    const plan = mark(
      'factors: { spark.master: ["local[2]", "spark://a:1"], spark.executor.memory: [1g, 2g] }',
    );
    expect(plan.configurations.filter(({ inert }) => inert !== undefined)).to.have.length(1);
  });
});
