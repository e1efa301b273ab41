import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { projectPath } from '../../src/process/project-paths.js';

/** A query that never ends, and its manager; what is printed are tenths of a second. */
const program = `
import sys, threading, time
from types import ModuleType

class StreamingQuery:
    def awaitTermination(self, timeout=None):
        real_sleep(timeout)
        return False

class StreamingQueryManager:
    def awaitAnyTermination(self, timeout=None):
        return True

real_sleep = time.sleep
streaming = ModuleType("pyspark.sql.streaming")
streaming.StreamingQuery, streaming.StreamingQueryManager = StreamingQuery, StreamingQueryManager
sys.modules.update({"pyspark": ModuleType("pyspark"), "pyspark.sql": ModuleType("pyspark.sql")})
sys.modules["pyspark.sql.streaming"] = streaming

from own_time import OwnTime

own = OwnTime()
own.patch()
own.go_on()

def hold():
    real_sleep(0.1)
    own.stand_still()
    real_sleep(0.5)
    own.go_on()

def tenths(call):
    began = time.monotonic()
    threading.Thread(target=hold).start()
    result = call()
    print(round(10 * (time.monotonic() - began) - 0.4), result)

tenths(lambda: time.sleep(0.3))
tenths(lambda: StreamingQuery().awaitTermination(0.3))
tenths(lambda: StreamingQueryManager().awaitAnyTermination(5))
own.stand_still()
other = threading.Thread(target=lambda: time.sleep(0.1))
other.start()
other.join(5)
print(other.is_alive())
`;

describe('the time of a script that takes turns', () => {
  it('stands still in between for what its main thread waits for, and for nothing else', () => {
    const { stdout, stderr } = spawnSync('python3', ['-c', program], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: projectPath('spark-jobs'), PYTHONDONTWRITEBYTECODE: '1' },
    });
    expect(stderr).to.equal('');
    const lines = stdout.trim().split('\n');
    const [sleep, query] = lines.map((line) => Number(line.split(' ')[0]));
    expect([sleep, query].every((one) => one! >= 7 && one! <= 10)).to.equal(true, stdout);
    expect(lines.map((line) => line.split(' ').at(-1))).to.deep.equal([
      ...['None', 'False', 'True', 'False'],
    ]);
  });
});
