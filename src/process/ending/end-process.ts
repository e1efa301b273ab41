import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const settleMs = 500;

/**
 * Ends this process with this code, in little more than a second whatever it does. `process.exit` alone would wait for a
 * thread that is stuck in a call to the file system, such as opening a pipe that nobody writes. Such a process is ended
 * from outside: by the signal that a shell reports as `code` (SIGINT as 130) where there is one, otherwise by SIGKILL.
 */
export async function endProcess(code: number): Promise<never> {
  const deadline = performance.now() + settleMs;
  while (isInFileSystem() && performance.now() < deadline) await sleep(20);
  if (isInFileSystem()) {
    process.removeAllListeners('SIGINT');
    killUnlessEnded(code === 128 + constants.signals.SIGINT ? ['SIGINT', 'SIGKILL'] : ['SIGKILL']);
  }
  process.exit(code);
}

function isInFileSystem(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));
}

/** Sends the signals from a process of its own, which ends at once when this one has. */
function killUnlessEnded(signals: readonly NodeJS.Signals[]): void {
  const program = `
    process.stdin.resume().on('end', () => process.exit());
    for (const [index, signal] of ${JSON.stringify(signals)}.entries())
      setTimeout(() => process.kill(${String(process.pid)}, signal), ${String(settleMs)} + 100 * index);
  `;
  const stdio = ['pipe', 'ignore', 'ignore'] as const;
  spawn(process.execPath, ['-e', program], { detached: true, stdio: [...stdio] }).unref();
}
