import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { measureTrial } from '../../../src/measure/measure-trial.js';
import { parseProgressLine } from '../../../src/progress/parse-progress.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { withStatePartitions } from '../../helpers/state-partitions.js';

interface RawLine {
  readonly progress?: {
    readonly numInputRows: number;
    readonly durationMs: Record<string, number>;
  };
}

/** What the listener wrote on the real Spark: 2,500 calls in batches of 500, aggregation `join`. */
for (const version of ['4.2.0', '4.0.0', '3.5.7']) {
  describe(`the progress of Spark ${version}`, () => {
    const lines = readFileSync(
      projectPath(`test/fixtures/progress/spark-${version}.ndjson`),
      'utf8',
    )
      .trim()
      .split('\n');
    const events = lines.map(parseProgressLine).map((event) => event!);
    const progress = events.flatMap((event) => (event.kind === 'progress' ? [event.progress] : []));

    it('is understood line by line', () => {
      // The listener that recorded 4.2.0 tells of the tasks, too; the older one did not.
      const told = events.map((event) => event.kind).filter((kind) => kind !== 'tasks');
      expect(told).to.deep.equal(['started', ...progress.map(() => 'progress'), 'terminated']);
      expect(progress).to.have.length(6);
      expect(progress.map((batch) => batch.batchId)).to.deep.equal(
        progress.map((_, index) => index),
      );
      const phases = [
        'addBatch',
        'commitOffsets',
        'getBatch',
        'latestOffset',
        'queryPlanning',
        'walCommit',
      ];
      expect(progress[1]?.durationMs).to.include.keys('triggerExecution', ...phases);
      expect(progress[1]?.stateOperators[0]).to.include({
        operatorName: 'stateStoreSave',
        numShufflePartitions: 2,
        numRowsDroppedByWatermark: 0,
      });
    });

    it('gives the same measurement as the raw numbers do', () => {
      const raw = lines
        .map((line) => (JSON.parse(line) as RawLine).progress)
        .filter((batch) => batch !== undefined)
        .filter((batch) => batch.numInputRows > 0);
      expect(raw.map((batch) => batch.numInputRows)).to.deep.equal([500, 500, 500, 500, 500]);
      const measured = measureTrial(progress, { warmupSeconds: 0 });
      const counted = raw.slice(-measured.counts.counted);
      const ms = counted.reduce(
        (sum, batch) => sum + (batch.durationMs['triggerExecution'] ?? 0),
        0,
      );
      expect(measured.counts.counted).to.be.greaterThan(0);
      expect(measured.rowsPerSecond).to.be.closeTo((1_000 * 500 * counted.length) / ms, 1e-6);
      expect(measured).to.include({
        inputRows: 2_500,
        offsetRows: 2_500,
        droppedByWatermark: 0,
        shufflePartitions: 2,
      });
      expect(measured.warnings.map((warning) => warning.kind)).to.deep.equal(['few-batches']);
    });
  });
}

describe('the metrics that Spark 4.2.0 sends for each state partition', () => {
  const recorded = readFileSync(projectPath('test/fixtures/progress/spark-4.2.0.ndjson'), 'utf8')
    .split('\n')
    .find((line) => line.includes('"batchId":2'))!;

  it('are left out of the event, so that 200 of them make it no larger', () => {
    const event = parseProgressLine(recorded);
    expect(event).to.have.nested.property('progress.stateOperators.length', 1);
    expect(JSON.stringify(event)).not.to.match(/customMetrics|SnapshotLastUploaded/);
    const many = withStatePartitions(recorded, 200);
    expect(many.match(/SnapshotLastUploaded/g)).to.have.length(200);
    expect(parseProgressLine(many)).to.deep.equal(event);
  });
});
