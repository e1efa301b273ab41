import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const settleMs = 500;

/**
 * Ends this process, within a second whatever it does. `process.exit` alone would wait for a thread that is stuck in a
 * call to the file system, such as opening a pipe that nobody writes, or a write that a busy disk does not finish. Such
 * a process runs its exit handlers and is ended by a signal: by the one that a shell reports as `code` (SIGINT as 130)
 * where there is one, otherwise by SIGKILL.
 */
export async function endProcess(code: number): Promise<never> {
  const deadline = performance.now() + settleMs;
  while (isInFileSystem() && performance.now() < deadline) await sleep(20);
  if (isInFileSystem()) {
    process.emit('exit', code);
    if (code === 128 + constants.signals.SIGINT) {
      process.removeAllListeners('SIGINT');
      process.kill(process.pid, 'SIGINT');
    }
    process.kill(process.pid, 'SIGKILL');
  }
  process.exit(code);
}

function isInFileSystem(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));
}
