import { expect } from 'chai';
import type { LoggedEvent } from '../../../../src/model/log/logged-event.js';
import { lineScanner } from '../../../../src/progress/log/line-scanner.js';
import {
  driverMessage,
  eventLine,
  prettyJson,
  recordedProgress,
} from '../../../helpers/log-text.js';

const recorded = recordedProgress();
const [first, second] = recorded as [Record<string, unknown>, Record<string, unknown>];

/** Scans a text in chunks of so many bytes. */
function scan(text: string | Buffer, chunkBytes = 1_000) {
  const events: LoggedEvent[] = [];
  const scanner = lineScanner((event) => events.push(event));
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    scanner.push(bytes.subarray(at, at + chunkBytes));
  }
  const result = scanner.end();
  const ids = events.flatMap((event) =>
    event.kind === 'progress' ? [event.progress.batchId] : [],
  );
  return { events, ids, ...result };
}

const noise = '26/11/26 04:30:00 INFO TaskSetManager: Starting task 0.0 in stage 1.0 (TID 1)';

describe('a driver log', () => {
  const layouts: Record<string, string> = {
    'the default layout': '26/11/26 04:30:00 INFO MicroBatchExecution: ',
    'the layout of Spark 2': '18/03/01 10:00:00 INFO StreamExecution: ',
    'a layout that begins with a bracket':
      '[2026-11-26T04:30:00,123][INFO ][o.a.s.Micro][stream execution thread] ',
    'nothing but the message': '',
  };
  for (const [name, before] of Object.entries(layouts)) {
    it(`has its batches found in ${name}, among other lines`, () => {
      const text = recorded
        .flatMap((progress) => [noise, driverMessage(progress, before), noise, ''])
        .join('\n');
      const found = scan(text);
      expect(found.ids).to.deep.equal([0, 1, 2, 3, 4, 5]);
      expect(found.skipped).to.deep.equal([]);
    });
  }

  it('may have the same words before each line, as log collectors put them', () => {
    const text = driverMessage(first, '26/11/26 INFO MicroBatchExecution: ')
      .split('\n')
      .map((line, at) => `2026-11-26T04:30:00.${String(100 + at)}Z stderr F ${line}`)
      .join('\n');
    expect(scan(`${text}\n`).ids).to.deep.equal([0]);
  });

  it('may have lines of other programs within a message, which are counted', () => {
    const lines = driverMessage(first, 'INFO ').split('\n');
    const other = ['[Stage 3:====>      (1 + 2) / 4]', '-----', 'Batch: 3', '|THEFT|  12|', noise];
    const text = [...lines.slice(0, 6), ...other, ...lines.slice(6), noise, ''].join('\n');
    const found = scan(text);
    expect(found.ids).to.deep.equal([0]);
    expect(found.skipped).to.have.length(1);
    expect(found.skipped[0]).to.include({ reason: 'foreign-lines', count: 5 });
  });

  it('loses a message that another cuts short, and finds the next', () => {
    const cut = driverMessage(first, 'INFO ').split('\n').slice(0, 9);
    const found = scan([...cut, driverMessage(second, 'INFO '), ''].join('\n'));
    expect(found.ids).to.deep.equal([1]);
    expect(found.skipped).to.deep.equal([{ reason: 'cut-short', count: 1, where: 'line 10' }]);
  });

  it('may end within a message', () => {
    const cut = driverMessage(first, 'INFO ').slice(0, 300);
    const found = scan(`${driverMessage(second, 'INFO ')}\n${cut}`);
    expect(found.ids).to.deep.equal([1]);
    expect(found.skipped.map(({ reason }) => reason)).to.deep.equal(['torn-end']);
  });

  it('may hold the progress on one line, and Windows line ends', () => {
    const compact = `INFO Streaming query made progress: ${JSON.stringify(first)}`;
    const windows = driverMessage(second, 'INFO ').replaceAll('\n', '\r\n');
    expect(scan(`${compact}\r\n${windows}\r\n`).ids).to.deep.equal([0, 1]);
  });

  it("may be in Spark 4's JSON layout", () => {
    const line = (progress: unknown) =>
      JSON.stringify({
        ts: '2026-11-26T04:30:00.000Z',
        level: 'INFO',
        msg: `Streaming query made progress: ${prettyJson(progress)}`,
        context: { streaming_query_progress: prettyJson(progress), batch_id: '0' },
        logger: 'MicroBatchExecution',
      });
    const found = scan(`${line(first)}\n${line(second)}\n`);
    expect(found.ids).to.deep.equal([0, 1]);
    expect(found.kind).to.equal('structured-log');
  });
});

describe('an event log', () => {
  const start = '{"Event":"SparkListenerLogStart","Spark Version":"4.2.0"}';
  const job = '{"Event":"SparkListenerJobStart","Properties":{"streaming.sql.batchId":"3"}}';

  it('has its batches, and the start and end of its queries', () => {
    const named = (event: string, more: object) =>
      JSON.stringify({
        Event: `org.apache.spark.sql.streaming.StreamingQueryListener$${event}`,
        ...more,
      });
    const text = [
      start,
      named('QueryStartedEvent', { runId: 'r', name: 'counts' }),
      ...recorded.flatMap((progress) => [job, eventLine(progress)]),
      named('QueryTerminatedEvent', { runId: 'r', exception: 'boom' }),
      '',
    ].join('\n');
    const found = scan(text, 77);
    expect(found.ids).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(found.events[0]).to.deep.equal({ kind: 'started', runId: 'r', name: 'counts' });
    expect(found.events.at(-1)).to.deep.equal({
      kind: 'terminated',
      runId: 'r',
      exception: 'boom',
    });
    expect(found).to.include({ kind: 'event-log', lines: 15, batches: 6 });
    expect(found.skipped).to.deep.equal([]);
  });

  it('may be torn at its end, damaged within, and hold NULs where a machine died', () => {
    const text = [
      start,
      eventLine(first).slice(0, 200) + job,
      '\0'.repeat(50),
      eventLine({ ...first, runId: undefined, note: '"runId"' }),
      eventLine(second),
      eventLine(first).slice(0, 300),
    ].join('\n');
    const found = scan(text);
    expect(found.ids).to.deep.equal([1]);
    expect(found.skipped).to.deep.equal([
      { reason: 'no-json', count: 1, where: 'line 2' },
      { reason: 'binary-lines', count: 1, where: 'line 3' },
      { reason: 'no-progress', count: 1, where: 'line 4' },
      { reason: 'torn-end', count: 1, where: 'line 6' },
    ]);
  });

  it('has lines of more than 16 MiB skipped, in the memory of one', () => {
    const events: LoggedEvent[] = [];
    const scanner = lineScanner((event) => events.push(event));
    const megabyte = Buffer.alloc(2 ** 20, 'x');
    for (let index = 0; index < 40; index += 1) scanner.push(megabyte);
    scanner.push(Buffer.from(`\n${eventLine(first)}\n`));
    expect(scanner.end().skipped).to.deep.equal([
      { reason: 'too-long', count: 1, where: 'line 1' },
    ]);
    expect(events).to.have.length(1);
  });
});

describe('lines of progress', () => {
  it('may be bare, in an envelope of any listener, in ours, or a list', () => {
    const text = [
      JSON.stringify(recorded[0]),
      JSON.stringify({ progress: recorded[1] }),
      JSON.stringify({ at: 1, event: 'progress', progress: recorded[2] }),
      JSON.stringify([recorded[3], recorded[4]]),
      '',
    ].join('\n');
    const found = scan(text);
    expect(found.ids).to.deep.equal([0, 1, 2, 3, 4]);
    expect(found.kind).to.equal('progress-lines');
  });

  it('count without an end of the last line, if it is whole', () => {
    expect(scan(JSON.stringify(first))).to.deep.include({ ids: [0], skipped: [] });
  });
});

describe('what holds no batch', () => {
  for (const [kind, text] of [
    ['event-log', '{"Event":"SparkListenerLogStart","Spark Version":"4.2.0"}\n'],
    ['driver-log', `${noise}\n`],
    ['json-lines', '{"a":1}\n{"a":2}\n'],
    ['text', 'to be or not to be\n'],
    ['binary', Buffer.from([1, 0, 2, 0, 10, 0, 0])],
    ['empty', ''],
  ] as const) {
    it(`is told apart: ${kind}`, () => {
      expect(scan(text)).to.deep.include({ kind, ids: [], batches: 0 });
    });
  }
});
