import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';
import { isGone } from '../helpers/process-state.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** A driver without a JVM: the script itself stands where the launcher would be. */
const program = `
import json, os, socket, sys, types
gateway = types.ModuleType("py4j.java_gateway")
finalizer = types.ModuleType("py4j.finalizer")
gateway.JavaObject = finalizer.ThreadSafeFinalizer = None
sys.modules.update({"py4j.java_gateway": gateway, "py4j.finalizer": finalizer})
sys.modules["py4j"] = types.ModuleType("py4j")
import script_process, scripts_under_way

class Nothing:
    def __init__(self, *_all):
        pass

    def look(self):
        pass

    def take_back(self):
        return ["it has left a table"] if os.environ.get("LEAVES") else []

    def take_back_own(self, held):
        return ["it is not the last"]

    def forget_others(self):
        pass

scripts_under_way.LeftBehind = scripts_under_way.JavaBindings = Nothing
script_process.LAUNCHER = sys.argv[1]
mine, other = socket.socketpair()
if len(sys.argv) > 2:
    other.close()
all_of_them = scripts_under_way.Scripts(None, mine)
env = {"STAGE": "test", "STREAMTUNE_SCRIPT": "given.json", "PYTHONPATH": "/elsewhere"}
command = {"job": os.path.abspath(sys.argv[1]), "args": ["--rate", "5"], "env": env}
turn = {"trial": "t", "number": 1, "until": 5, "of": 20, "seconds": 60}

def run():
    script = all_of_them.start(command)
    script.play()
    return all_of_them.end(script)

def run_in_turns():
    script, late = [all_of_them.start({**command, "turn": turn}) for _ in range(2)]
    held = [script.play(turn), script.play({**turn, "until": 10}), late.play({**turn, "until": 0})]
    told = [late.is_late, all_of_them.end(late)]
    last = all_of_them.start({**command, "turn": turn})
    held.append(last.play(turn))
    last.end()
    return [held, told, all_of_them.end(script), last.has_ended()]

def run_late():
    script = all_of_them.start({**command, "turn": turn})
    return [script.play({**turn, "seconds": -4.5}), script.is_late, all_of_them.end(script)]

ways = {"twice": lambda: [run(), run()], "turns": run_in_turns, "late": run_late}
print(json.dumps(ways[os.environ["WAY"]]()))
`;

describe("the process of a script's trial in a live driver", () => {
  const folder = temporaryFolder();

  function run(source: string, { isLeft = false, leaves = false, way = 'twice' } = {}) {
    const script = join(folder, 'job.py');
    writeFileSync(
      script,
      `import json, os, sys\ntold = json.loads(os.environ["STREAMTUNE_LIVE"])
def write(*texts):
    with open(told["unfit"], "w") as file:
        json.dump(texts, file)
${source}`,
    );
    const env = {
      ...process.env,
      PYTHONPATH: projectPath('spark-jobs'),
      PYTHONDONTWRITEBYTECODE: '1',
      LEAVES: leaves ? '1' : '',
      WAY: way,
    };
    const args = ['-c', program, script, ...(isLeft ? ['left'] : [])];
    const ended = spawnSync('python3', args, { env, encoding: 'utf8' });
    expect(ended.status, ended.stderr).to.equal(0);
    const lines = ended.stdout.trim().split('\n');
    const all = JSON.parse(lines.at(-1) ?? '') as [[boolean, string[]], ...unknown[]];
    return { one: all[0], all, said: lines.slice(0, -1), stderr: ended.stderr };
  }

  it('has its arguments, folder and environment, and those that its workers get', () => {
    const { one, said, stderr } = run(`write()
print(json.dumps([sys.argv[1:], os.getcwd(), os.environ["STAGE"], os.environ["PYTHONPATH"], told["number"], told["worker"]]))
sys.stdout.flush()`);
    const script = join(folder, 'job.py');
    const first = [[script, '--rate', '5'], folder, 'test', projectPath('spark-jobs'), 1];
    expect(
      said.map((line) => JSON.parse(line) as unknown),
      stderr,
    ).to.deep.equal([
      [...first, { STAGE: 'test' }],
      [...first.slice(0, -1), 2, { STAGE: 'test' }],
    ]);
    expect(one).to.deep.equal([false, []]);
  });

  it('fails with its script', () => {
    expect(run('write()\nsys.exit(3)').one).to.deep.equal([true, []]);
  });

  it('tells what the context could not answer, and what is left in the JVM', () => {
    const { one } = run('write("it needs memory")', { leaves: true });
    expect(one).to.deep.equal([false, ['it needs memory', 'it has left a table']]);
  });

  it('tells of a script that ends without saying anything, unless a signal ended it', () => {
    expect(run('os._exit(0)').one[1].join()).to.match(/ended its process itself, with os\._exit/);
    expect(run('os.kill(os.getpid(), 9)').one).to.deep.equal([true, []]);
  });

  const turns = `import socket
channel = socket.socket(fileno=told["turns"])
write()
for line in channel.makefile():
    turn = json.loads(line)
    print("turn until", turn["until"], flush=True)
    if turn["until"] == 10:
        sys.exit(3)
    channel.send(b"l" if turn["until"] == 0 else b"h")
    if turn["until"] == 0:
        sys.exit(0)`;

  it('goes on in its next turn, says if its time is up, and ends with its driver', () => {
    const { all, said, stderr } = run(turns, { way: 'turns' });
    expect(said, stderr).to.deep.equal(['5', '10', '0', '5'].map((until) => `turn until ${until}`));
    const late = [true, [false, ['it is not the last']]];
    expect(all).to.deep.equal([
      [true, false, false, true],
      late,
      [true, ['it is not the last']],
      true,
    ]);
  });

  it('is ended if it goes on when its time is up', () => {
    const { all } = run(`import time\ntime.sleep(600)`, { way: 'late' });
    expect(all).to.deep.equal([false, true, [true, []]]);
  });

  it('is ended when nobody waits for the trial any longer', () => {
    const { one } = run('import time\ntime.sleep(600)', { isLeft: true });
    expect(one).to.deep.equal([true, []]);
  });
});

/** A process group whose leader starts the driver, as the JVM does. */
const leader = `
import os, subprocess, sys
if os.environ.get("PART") == "leader":
    os.environ["PART"] = "driver"
    os.setpgrp()
    sys.exit(subprocess.run([sys.executable, "-c", sys.argv[1], sys.argv[1]]).returncode)
from process_group import end_all, processes_of_group
before = processes_of_group()
left = subprocess.Popen(["sleep", "600"])
print(left.pid, flush=True)
end_all(processes_of_group() - before)
left.wait()
`;

describe('what a script has started', () => {
  it('ends with its trial', async () => {
    const env = {
      ...process.env,
      PYTHONPATH: projectPath('spark-jobs'),
      PYTHONDONTWRITEBYTECODE: '1',
      PART: 'leader',
    };
    const child = spawn('python3', ['-c', leader, leader], { env });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(child, 'close');
    const pid = Number(/^(\d+)/.exec(text)?.[1]);
    expect(pid).to.be.greaterThan(0);
    expect(isGone(pid)).to.equal(true);
  });
});
