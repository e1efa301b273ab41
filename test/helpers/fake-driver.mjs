// Answers as spark-jobs/session_driver.py does, without Spark. The session's time zone says what a trial is to do.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const figures = { heapBytes: 1e8, maxHeapBytes: 1e9, threads: 80, classes: 1e4, kafkaClients: 0 };
const socket = connect(process.env.STREAMTUNE_SESSION_SOCKET);
const answer = (line) => socket.write(`${JSON.stringify(line)}\n`);
socket.on('close', () => process.exit(0));

if (process.argv.includes('spark.memory.fraction=7')) {
  process.stderr.write('java.lang.IllegalArgumentException: 7 is no fraction\n');
  process.exit(1);
}
/** As a driver on a standalone cluster logs it. */
const ofMaster = process.argv.some((word) => word.startsWith('spark://'));
const log = (text) => ofMaster && process.stderr.write(`11:08:41 ${text}\n`);
const registered = (id) =>
  log(
    `INFO StandaloneSchedulerBackend$StandaloneDriverEndpoint: Registered executor NettyRpcEndpointRef(spark-client://Executor) (127.0.0.1:5${id}) with ID ${id},  ResourceProfileId 0`,
  );
registered(0);
registered(1);

let turns = 0;
/** How many batches of 100 rows a trial has had, in this driver and any other. */
const batchesIn = (file) =>
  existsSync(file) ? readFileSync(file, 'utf8').split('"event":"progress"').length - 1 : 0;

answer({ figures });
for await (const line of createInterface({ input: socket })) {
  const { conf, env, turn } = JSON.parse(line);
  const wish = conf['spark.sql.session.timeZone'] ?? 'UTC';
  process.stderr.write(`trial of ${wish}\n`);
  if (wish === 'dies' || (wish === 'dies later' && turn.number === 2))
    process.kill(process.pid, 'SIGKILL');
  if (wish === 'hangs') continue;
  if (wish === 'loses one')
    log('ERROR TaskSchedulerImpl: Lost executor 0 on 127.0.0.1: worker lost: gone');
  if (wish === 'slow') await sleep(110);
  if (wish === 'crawls') await sleep(600);
  if (wish === 'refused') {
    answer({ failed: false, refused: { 'spark.sql.session.timeZone': 'static' }, figures });
    continue;
  }
  const settings = { ...conf, 'spark.sql.session.timeZone': wish === 'ignored' ? 'UTC' : wish };
  writeFileSync(env.STREAMTUNE_EFFECTIVE_CONF_FILE, JSON.stringify({ settings }));
  const file = env.STREAMTUNE_PROGRESS_FILE;
  const runId = turn === undefined ? 'r' : `r${turn.number}`;
  if (turn !== undefined) {
    turns += 1;
    const started = { at: turns, event: 'started', id: 'q', runId, turn: turn.number };
    appendFileSync(file, `${JSON.stringify(started)}\n`);
  }
  const until = Math.min(20, (turn?.until ?? Infinity) / 100);
  for (let batchId = batchesIn(file); batchId < until; batchId += 1) {
    const timestamp = new Date(1.7e12 + 100 * batchId).toISOString();
    const progress = { runId, batchId, timestamp, numInputRows: 100, sources: [] };
    const done = {
      ...{ at: 1.7e12, event: 'progress' },
      progress: { ...progress, durationMs: { triggerExecution: 100 }, stateOperators: [] },
    };
    appendFileSync(file, `${JSON.stringify(done)}\n`);
  }
  const unfit = wish === 'leaves' ? ['it has left a global temporary view'] : [];
  if (wish === 'fails') process.stderr.write('java.lang.IllegalArgumentException: too many\n');
  const inOneGo = wish === 'caches' && turn?.isOnly ? ['it keeps data cached'] : [];
  const held = wish === 'leaks' ? { ...figures, heapBytes: 9e8 } : figures;
  if (until < 20 && wish !== 'fails' && !turn.isOnly) answer({ isBetweenTurns: true });
  else answer({ failed: wish === 'fails', refused: {}, unfit, inOneGo, figures: held });
}
