import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { projectPath } from '../../src/process/project-paths.js';

/** A query whose batches take a tenth of a second, with the lock and the condition that a real one has. */
const query = `
import threading, time
from datetime import datetime, timezone
from held_queries import HeldQueries

class Condition(threading.Condition):
    def awaits(self, ms, unit):
        return self.wait(ms / 1000)

setattr(Condition, "await", Condition.awaits)

class Lock:
    def __init__(self, condition):
        self.lock, self.unlock = condition.acquire, condition.release

class Query:
    runId = "run"

    def __init__(self, batches):
        self.isActive = True
        self.told = []
        self.condition = Condition(threading.Lock())
        self._jsq = self
        threading.Thread(target=self.run, args=(batches,), daemon=True).start()

    def run(self, batches):
        for batch in range(batches):
            began = datetime.now(timezone.utc)
            with self.condition:
                pass
            time.sleep(0.1)
            self.told.append((batch, began, datetime.now(timezone.utc)))
            with self.condition:
                self.condition.notify_all()
            time.sleep(0.01)  # who waits for the lock gets it first
        self.isActive = False
        with self.condition:
            self.condition.notify_all()

    def streamingQuery(self): return self
    def awaitProgressLock(self): return Lock(self.condition)
    def awaitProgressLockCondition(self): return self.condition
    def lastProgress(self): return self
    def batchId(self): return self.told[-1][0]

class Spark:
    def __init__(self, *queries):
        self.active = queries
        self.streams = self._jvm = self.java = self.util = self.concurrent = self
        self.TimeUnit = self
        self.MILLISECONDS = "ms"

class Listener:
    def await_batch(self, run_id, batch): print("awaits", run_id, batch)

def line(one):
    batch, began, ended = one
    return {"runId": "run", "timestamp": began.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"}
`;

describe('a query that is held', () => {
  function run(program: string): string {
    const { stdout, stderr } = spawnSync('python3', ['-c', `${query}\n${program}`], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: projectPath('spark-jobs'), PYTHONDONTWRITEBYTECODE: '1' },
    });
    expect(stderr).to.equal('');
    return stdout;
  }

  it('ends the batch that runs and begins no other, and the next tells how long it was held', () => {
    const told = run(`
query = Query(5)
held = HeldQueries(Spark(query), Listener())
print(held.hold(), held.are_held())
ended = len(query.told)
time.sleep(0.5)
print(len(query.told) == ended)
held.release()
while len(query.told) < ended + 2: time.sleep(0.01)
first, second = query.told[ended:ended + 2]
ms = held.held_ms(line(first))
print(450 <= ms <= 700, round((first[2] - first[1]).total_seconds() * 1000) - ms < 200)
print(held.held_ms(line(second)), held.are_held())
`);
    expect(told).to.equal('awaits run 0\nTrue True\nTrue\nTrue True\nNone False\n');
  });

  it('is not held if it ends meanwhile, or there is none', () => {
    const told = run(`
query = Query(1)
time.sleep(0.11)
held = HeldQueries(Spark(query), Listener())
time.sleep(0.02)
print(held.hold(), held.are_held(), query.condition.acquire(blocking=False))
print(HeldQueries(Spark(), Listener()).hold())
`);
    expect(told).to.equal('False False True\nFalse\n');
  });

  it('lets the others go if one of them cannot be held', () => {
    const told = run(`
class Other(Query):
    def awaitProgressLock(self): raise AttributeError("no such lock")

query = Query(50)
held = HeldQueries(Spark(query, Other(50)), Listener())
try:
    held.hold()
except AttributeError as error:
    print(error, held.are_held())
ended = len(query.told)
while len(query.told) < ended + 2: time.sleep(0.01)
`);
    expect(told).to.equal('no such lock False\n');
  });
});
