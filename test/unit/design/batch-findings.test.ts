import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { batchFindings } from '../../../src/design/batches/batch-findings.js';
import { courseOf } from '../../../src/design/batches/counted-batches.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { trialShape } from '../../../src/design/batches/trial-shape.js';
import { measureTrial } from '../../../src/measure/measure-trial.js';
import { progress } from '../../helpers/progress.js';

function experimentOf(sections: string) {
  return parseExperiment({ text: `version: 1\nname: x\n${sections}`, file: 'x.yaml' });
}

function found(sections: string, records?: number) {
  const experiment = experimentOf(sections);
  const { configurations } = planExperiment(experiment);
  return batchFindings(configurations, experiment, records ?? experiment.data.records ?? 0);
}

const told = (sections: string) =>
  found(sections).map(({ rule, key, levels, what }) => [rule, key, ...levels, what].join(' '));

const firstReadme = `knobs: { source.maxOffsetsPerTrigger: 5000 }
factors: { spark.sql.shuffle.partitions: [32, 8, 4] }
`;

describe('batchFindings', () => {
  it('finds a number of records that a fast machine reads within the warm-up', () => {
    const [finding] = found(firstReadme);
    expect(finding).to.include({ severity: 'warning', rule: 'batches-at-risk' });
    expect(finding?.what).to.equal('The trials may not count.');
    expect(finding?.why).to.match(
      /^On a machine 3 times as fast as the forecast assumes \(0\.14 s/,
    );
    expect(finding?.instead).to.match(/^data\.records: \d+, or a shorter measurement\.warmup$/);
    expect(found(firstReadme, 300_000)).to.deep.equal([]);
  });

  const tutorial = 'factors: { source.maxOffsetsPerTrigger: [5000, 20000] }\n';
  const cases: readonly (readonly [title: string, sections: string, expected: string[]])[] = [
    [
      'four batches, at the level that makes them',
      `data: { records: 80000 }\n${tutorial}measurement: { warmup: 2s }\n`,
      ['few-batches source.maxOffsetsPerTrigger 20000 No trial of c1 can count.'],
    ],
    ['no limit, so one batch', '', ['few-batches data.records No trial can count.']],
    [
      'one batch of trigger.once, whatever the limit says',
      'knobs: { source.maxOffsetsPerTrigger: 100, trigger.once: true }\n',
      ['few-batches source.maxOffsetsPerTrigger No trial can count.'],
    ],
    [
      'the limit also in the case that Spark would ignore',
      'knobs: { source.maxoffsetspertrigger: 20000 }\n',
      ['few-batches source.maxoffsetspertrigger No trial can count.'],
    ],
    [
      'a window that ends with the warm-up',
      'knobs: { source.maxOffsetsPerTrigger: 100 }\nmeasurement: { warmup: 30s, window: 30s }\n',
      ['few-batches source.maxOffsetsPerTrigger No trial can count.'],
    ],
    [
      'a trigger that fires too seldom',
      'knobs: { source.maxOffsetsPerTrigger: 100, trigger.processingTime: 10 seconds }\nmeasurement: { window: 1m }\n',
      ['few-batches source.maxOffsetsPerTrigger No trial can count.'],
    ],
    [
      'an offered load with too few triggers',
      'knobs: { trigger.processingTime: 10 seconds }\nmeasurement: { mode: offered, rate: 100, window: 1m }\n',
      ['few-batches data.records No trial can count.'],
    ],
    [
      'an offered load of a few rows',
      'measurement: { mode: offered, rate: 0.1, window: 1m }\n',
      ['few-batches data.records No trial can count.'],
    ],
    [
      'a start behind all records',
      'knobs: { source.maxOffsetsPerTrigger: 100, source.startingOffsets: latest }\n',
      ['few-batches source.maxOffsetsPerTrigger No trial can count.'],
    ],
    [
      'a trial that is longer than its limit',
      'data: { records: 10000000 }\nknobs: { source.maxOffsetsPerTrigger: 1000, spark.sql.shuffle.partitions: 4 }\n',
      ['time-limit source.maxOffsetsPerTrigger The trials may not count.'],
    ],
    [
      'nothing in a window in which a slow machine makes too few, as the trial goes on',
      'data: { records: 200000 }\nknobs: { source.maxOffsetsPerTrigger: 200 }\nmeasurement: { warmup: 1s, window: 120s }\n',
      [],
    ],
    [
      'a window that its time limit keeps from being longer',
      'data: { records: 200000 }\nknobs: { source.maxOffsetsPerTrigger: 200 }\nmeasurement: { warmup: 1s, window: 60s, timeLimit: 75s }\n',
      ['time-limit source.maxOffsetsPerTrigger The trials may not count.'],
    ],
    [
      'nothing in an offered load at a usual pace',
      'knobs: { trigger.processingTime: 1 second, spark.sql.shuffle.partitions: 4 }\nmeasurement: { mode: offered, rate: 100, window: 1m }\n',
      [],
    ],
  ];
  for (const [title, sections, expected] of cases) {
    it(`finds ${title}`, () => {
      expect(told(sections)).to.deep.equal(expected);
    });
  }

  it('names numbers that do', () => {
    for (const batch of [137, 5_000, 20_000, 77_777]) {
      for (const partitions of [1, 4, 32]) {
        const knobs = `knobs: { source.maxOffsetsPerTrigger: ${String(batch)}, spark.sql.shuffle.partitions: ${String(partitions)} }\nmeasurement: { timeLimit: 1h }\n`;
        const advice = /^data\.records: (\d+)/.exec(found(knobs, 2 * batch)[0]?.instead ?? '');
        expect(found(knobs, Number(advice?.[1])), advice?.[0]).to.deep.equal([]);
      }
    }
    const size = /^source\.maxOffsetsPerTrigger: (\d+)$/.exec(found('')[0]?.instead ?? '')?.[1];
    expect(told(`knobs: { source.maxOffsetsPerTrigger: ${size ?? ''} }\n`)[0]).not.to.match(/^few/);
  });
});

describe('batchFindings for a file', () => {
  it('asks for another file where this one is too short', () => {
    const file =
      'data: { kind: file, path: calls.json }\nknobs: { source.maxOffsetsPerTrigger: 1000 }\n';
    expect(found(file, 6_802)[0]?.instead).to.match(
      /^a data file of [\d,]+ records, or smaller batches$/,
    );
    expect(found('data: { kind: file, path: calls.json }\n', 5)[0]?.instead).to.equal(
      'a data file of 13 records',
    );
  });
});

describe('courseOf', () => {
  it('counts the batches that the measurement of such a trial counts', () => {
    for (const [warmup, window, records, trigger] of [
      ['1s', '', 100_000, 0],
      ['8s', '', 100_000, 0],
      ['8s', '', 303_000, 0],
      ['15s', 'window: 40s,', 1_000_000, 0],
      ['2s', 'window: 40s,', 1_000_000, 2],
    ] as const) {
      const experiment = experimentOf(
        `measurement: { warmup: ${warmup}, ${window} timeLimit: 10m }\n`,
      );
      const knobs = {
        'source.maxOffsetsPerTrigger': 5_000,
        'spark.sql.shuffle.partitions': 10,
        ...(trigger === 0 ? {} : { 'trigger.processingTime': `${String(trigger)} seconds` }),
      };
      const shape = trialShape(knobs, experiment, records);
      for (const speed of [0.5, 1, 3]) {
        const events = played(shape, speed);
        const { counts } = measureTrial(events, { warmupSeconds: shape.warmupSeconds });
        const course = courseOf(shape, speed);
        const which = JSON.stringify({ warmup, window, records, trigger, speed });
        expect(course.counted, which).to.equal(counts.counted);
      }
    }
  });
});

/** The progress events of a trial of this shape: a first batch that is 5 s longer, then one like the other. */
function played(shape: ReturnType<typeof trialShape>, speed: number) {
  const events = [];
  let startedAt = 0;
  let left = shape.records;
  for (let batchId = 0; left > 0; batchId += 1) {
    const rows = Math.min(left, shape.batchRows);
    const ms = (1_000 * (shape.batchSeconds + (batchId === 0 ? 5 : 0))) / speed;
    if (startedAt + ms > 1_000 * shape.windowSeconds) break;
    events.push(progress({ batchId, startedAt, rows, ms }, shape.records - left));
    left -= rows;
    startedAt += Math.max(ms, 1_000 * shape.triggerSeconds);
  }
  return events;
}
