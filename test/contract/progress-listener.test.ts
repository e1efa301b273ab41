import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { offsetRowsOf, recordsReadOf } from '../../src/measure/completeness.js';
import { parseProgressLine } from '../../src/progress/parse-progress.js';
import { projectPath } from '../../src/process/project-paths.js';

/** The listener alone, called as Spark calls it; the real one is beside a real Spark in the end-to-end tests. */
describe('the progress listener', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-listener-'));
  before(() => {
    mkdirSync(join(folder, 'pyspark'));
    const empty = 'def ensure_callback_server_started(gateway): pass\n';
    writeFileSync(join(folder, 'pyspark', 'java_gateway.py'), empty);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const PYTHONPATH = [projectPath('spark-jobs'), folder].join(delimiter);
  const env = { ...process.env, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1' };

  it('counts the records of a batch as the measurement does, also where Spark does not say where it began', () => {
    const at = (...offsets: readonly number[]) => ({ t: Object.fromEntries(offsets.entries()) });
    const batches = [
      { numInputRows: 8, startOffset: at(5, 5), endOffset: at(9, 9) },
      { numInputRows: 9, startOffset: null, endOffset: at(5, 4) },
      { numInputRows: 500, startOffset: null, endOffset: at(1_250, 1_250) },
      { numInputRows: 18, startOffset: null, endOffset: at(5, 4) }, // of a source that is read twice
      { numInputRows: 3, startOffset: { t: { 0: 5 } }, endOffset: at(6, 2) },
      { numInputRows: 7, startOffset: null, endOffset: 3 },
    ];
    const program =
      'import json, sys\nfrom records_read import rows_of\nprint([rows_of(one) for one in json.load(sys.stdin)])';
    const input = JSON.stringify(batches);
    const { stdout, stderr } = spawnSync('python3', ['-c', program], {
      ...{ input, env, encoding: 'utf8' },
    });
    expect(stdout, stderr).to.equal('[8, 9, 500, 9, 3, 0]\n');
    const rows = batches.map((source) => {
      const timestamp = '2026-01-01T00:00:00.000Z';
      const progress = { runId: 'r', batchId: 0, timestamp, sources: [source] };
      const event = parseProgressLine(JSON.stringify({ event: 'progress', at: 1, progress }));
      return event?.kind === 'progress' ? offsetRowsOf([event.progress]) : undefined;
    });
    expect(JSON.stringify(rows)).to.equal(stdout.trim().replaceAll(' ', ''));
  });

  it('counts a topic that a query reads twice by the slower reading, as the measurement does', () => {
    const reading = (from: number, to: number, topic = 't') => ({
      ...{ numInputRows: to - from, startOffset: { [topic]: { 0: from } } },
      endOffset: { [topic]: { 0: to } },
    });
    const batches = [
      [reading(0, 6), reading(0, 4), reading(0, 3, 'u')],
      [reading(6, 10), reading(4, 7), reading(3, 3, 'u')],
    ];
    const program = `
import json, sys
from records_read import RecordsRead
read = RecordsRead()
for sources in json.load(sys.stdin):
    read.add(sources)
    print(read.total())`;
    const input = JSON.stringify(batches);
    const { stdout, stderr } = spawnSync('python3', ['-c', program], {
      ...{ input, env, encoding: 'utf8' },
    });
    expect(stdout, stderr).to.equal('7\n10\n');
    const events = batches.map((sources, batchId) => {
      const timestamp = '2026-01-01T00:00:00.000Z';
      const progress = { runId: 'r', batchId, timestamp, sources };
      const event = parseProgressLine(JSON.stringify({ event: 'progress', at: 1, progress }));
      if (event?.kind !== 'progress') throw new Error('no progress');
      return event.progress;
    });
    expect([recordsReadOf(events.slice(0, 1)), recordsReadOf(events)]).to.deep.equal([7, 10]);
  });

  it('adds up how near to their data the tasks of all stages ran, and asks only on a cluster', () => {
    const program = `
import json
from task_locality import locality_of

class Fake:
    def __init__(self, **fields):
        self.__dict__.update(fields)

def context(master, *stages):
    texts = {number: text for number, text in enumerate(stages)}
    def summary(number, attempt):
        return Fake(mkString=lambda separator: texts[number])
    all_stages = [Fake(stageId=lambda n=n: n, attemptId=lambda: 0) for n in texts]
    found = Fake(size=lambda: len(all_stages), apply=lambda index: all_stages[index])
    store = Fake(stageList=lambda *given: found, localitySummary=summary)
    java = Fake(util=Fake(ArrayList=list))
    return Fake(
        master=master,
        _jsc=Fake(sc=lambda: Fake(statusStore=lambda: store)),
        _jvm=Fake(java=java, double=float),
        _gateway=Fake(new_array=lambda kind, size: []),
    )

both = ("PROCESS_LOCAL -> 3,ANY -> 1", "", "PROCESS_LOCAL -> 2")
for one in [context("spark://a:7077", *both), context("local[2]", *both), context("yarn"), Fake(master="yarn")]:
    print(json.dumps(locality_of(one)))
`;
    const { stdout, stderr } = spawnSync('python3', ['-c', program], { env, encoding: 'utf8' });
    const told = stdout.trim().split('\n');
    expect(told, stderr).to.deep.equal([
      '{"PROCESS_LOCAL": 5, "ANY": 1}',
      ...['null', 'null', 'null'],
    ]);
    const line = `{"event":"locality","at":1,"tasks":${told[0] ?? ''}}`;
    expect(parseProgressLine(line)).to.deep.equal({
      ...{ kind: 'locality', at: 1 },
      tasks: { PROCESS_LOCAL: 5, ANY: 1 },
    });
  });

  /** Plays a query of one batch, whose callbacks append to `called`; prints what the script prints. */
  function play(file: string, script: string): { stdout: string; stderr: string } {
    const program = `
import json, sys
from progress_listener import ProgressListener

class Event:
    def __init__(self, **fields):
        self.json = lambda: json.dumps(fields)

called = []
def play(listener):
    listener.onQueryStarted(Event(id="i", runId="r", name=None))
    listener.onQueryProgress(Event(progress={"runId": "r", "batchId": 0, "name": 'pä"ss'}))
    listener.onQueryIdle(Event(id="i", runId="r"))
    assert not listener.drain(0)
    listener.onQueryTerminated(Event(id="i", runId="r", exception="it \\n broke"))
    assert listener.drain(0)

path = sys.argv[1]
${script}
`;
    const ended = spawnSync('python3', ['-c', program, file], { env, encoding: 'utf8' });
    expect(ended.status, ended.stderr).to.equal(0);
    return ended;
  }

  it('writes a line for each event, masked, and knows when the query has ended', () => {
    const file = join(folder, 'progress.ndjson');
    const { stderr } = play(
      file,
      String.raw`play(ProgressListener(path, mask=lambda text: text.replace("p\\u00e4\\\"ss", "***")))`,
    );
    expect(stderr).to.equal('');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/"at":\d{13},/, ''))).to.deep.equal([
      '{"event":"started","id":"i","runId":"r","name":null}',
      '{"event":"progress","progress":{"runId":"r","batchId":0,"name":"***"}}',
      '{"event":"idle","runId":"r"}',
      String.raw`{"event":"terminated","runId":"r","exception":"it \n broke"}`,
    ]);
  });

  it('lets no error through to Spark: neither a full disk nor one of its callbacks', () => {
    const { stdout, stderr } = play(
      '/dev/full',
      `
def fail(_started):
    called.append("started")
    raise ValueError("callback")
play(ProgressListener(path, on_started=fail, on_progress=lambda one: called.append(one["batchId"])))
print(called)
`,
    );
    expect(stdout).to.equal("['started', 0]\n");
    expect(stderr.match(/^streamtune's observer: \w+/gm)).to.have.length(4);
    expect(stderr).to.contain('No space left on device').and.not.to.contain('Traceback');
  });
});
