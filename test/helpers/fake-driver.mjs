// Answers as spark-jobs/session_driver.py does, without Spark. The session's time zone says what a trial is to do.
import { appendFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const figures = { heapBytes: 1e8, maxHeapBytes: 1e9, threads: 80, classes: 1e4, kafkaClients: 0 };
const socket = connect(process.env.STREAMTUNE_SESSION_SOCKET);
const answer = (line) => socket.write(`${JSON.stringify(line)}\n`);
socket.on('close', () => process.exit(0));

answer({ figures });
for await (const line of createInterface({ input: socket })) {
  const { conf, env } = JSON.parse(line);
  const wish = conf['spark.sql.session.timeZone'] ?? 'UTC';
  process.stderr.write(`trial of ${wish}\n`);
  if (wish === 'dies') process.kill(process.pid, 'SIGKILL');
  if (wish === 'hangs') continue;
  if (wish === 'refused') {
    answer({ failed: false, refused: { 'spark.sql.session.timeZone': 'static' }, figures });
    continue;
  }
  const settings = { ...conf, 'spark.sql.session.timeZone': wish === 'ignored' ? 'UTC' : wish };
  writeFileSync(env.STREAMTUNE_EFFECTIVE_CONF_FILE, JSON.stringify({ settings }));
  for (let batchId = 0; batchId < 20; batchId += 1) {
    const timestamp = new Date(1.7e12 + 100 * batchId).toISOString();
    const progress = { runId: 'r', batchId, timestamp, numInputRows: 100, sources: [] };
    const event = { at: 1.7e12, event: 'progress' };
    const done = {
      ...event,
      progress: { ...progress, durationMs: { triggerExecution: 100 }, stateOperators: [] },
    };
    appendFileSync(env.STREAMTUNE_PROGRESS_FILE, `${JSON.stringify(done)}\n`);
  }
  const unfit = wish === 'leaves' ? ['it has left a global temporary view'] : [];
  if (wish === 'fails') process.stderr.write('java.lang.IllegalArgumentException: too many\n');
  const held = wish === 'leaks' ? { ...figures, heapBytes: 9e8 } : figures;
  answer({ failed: wish === 'fails', refused: {}, unfit, figures: held });
}
